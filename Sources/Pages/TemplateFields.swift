internal import Foundation

/// What a field of a template holds.
indirect enum TemplateField: Sendable {
    /// Text, which two braces make HTML.
    case text
    /// HTML, which stands between three braces.
    case html
    /// Whether something is so.
    case condition
    /// Several pieces of HTML.
    case pieces
    /// Fields of its own, if there is such a thing.
    case fields([String: TemplateField])
    /// Things with fields of their own.
    case list([String: TemplateField])
}

/// The fields that each page gives to its template.
enum TemplateFields {
    /// The pages, by their templates.
    static let ofPages: [String: [String: TemplateField]] = [
        "lesson": common.merging(ofLesson) { $1 },
        // The front page is a lesson's, if there is one: index.md.
        "index": common.merging(ofLesson) { $1 }.merging(ofList) { $1 },
        "glossary": common.merging([
            "terms": .list(
                texts("id", "title", "href").merging(pieces("heading", "meaning", "lesson")) { $1 }
            )
        ]) {
            $1
        },
        "reference": common.merging([
            "body": .html, "kicker": .text, "isEntry": .condition,
            "contents": .list(texts("id", "title", "level")),
            "hasContents": .condition,
        ]) { $1 },
        "notfound": common,
    ]

    /// The fields that some page gives.
    static let ofAll = ofPages.sorted { $0.key < $1.key }.reduce(into: [:]) { all, page in
        all.merge(page.value) { first, _ in first }
    }

    /// What a page must show, or else it has lost what it is there for.
    static let ofContents = [
        "lesson": ["body"], "index": ["body", "entries"], "glossary": ["terms"], "reference": ["body"],
        "notfound": [],
    ]

    private static let common: [String: TemplateField] = [
        "site": .fields(
            texts("title", "language", "address").merging(pieces("attributes", "footer")) { $1 }
                .merging(["isRightToLeft": .condition]) { $1 }
        ),
        "title": .text, "heading": .html, "summary": .text, "lead": .html, "canonical": .text, "feed": .text,
        "root": .text, "style": .html,
        "say": .fields(
            Wording(language: "en").fields.mapValues { _ in .text }.merging(pieces("language")) { $1 }
        ),
        "hasGlossary": .condition, "hasReference": .condition,
    ]

    private static let ofLesson: [String: TemplateField] = [
        "body": .html, "kicker": .text, "readingTime": .text, "freshness": .text, "notes": .text,
        "contents": .list(texts("id", "title", "level").merging(pieces("heading")) { $1 }), "goals": .pieces,
        "references": .list(texts("address").merging(pieces("text")) { $1 }),
        "downloads": .list(texts("label", "href")),
        "previous": .fields(texts("href", "title").merging(pieces("heading")) { $1 }),
        "next": .fields(texts("href", "title").merging(pieces("heading")) { $1 }), "hasContents": .condition,
        "hasGoals": .condition,
        "hasReferences": .condition, "hasDownloads": .condition, "hasShapes": .condition,
    ]

    private static let ofList: [String: TemplateField] = [
        "isIndex": .condition,
        "entries": .list(
            texts("href", "title", "summary", "number").merging(pieces("heading", "lead")) { $1 }
        ),
    ]

    private static func texts(_ names: String...) -> [String: TemplateField] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, .text) })
    }

    private static func pieces(_ names: String...) -> [String: TemplateField] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, .html) })
    }

    /// The values of a page with all fields of the things in it: of one that is missing there, Mustache would look
    /// outside, and take the site's summary for a lesson's.
    static func completed(_ values: [String: Any], of template: String) -> [String: Any] {
        var values = values
        for (name, field) in ofPages[template] ?? [:] {
            switch (field, values[name]) {
            case (.fields(let fields), let value as [String: Any]):
                values[name] = completed(value, with: fields)
            case (.list(let fields), let list as [[String: Any]]):
                values[name] = list.map { completed($0, with: fields) }
            default: break
            }
        }
        return values
    }

    private static func completed(_ values: [String: Any], with fields: [String: TemplateField]) -> [String:
        Any]
    {
        values.merging(fields.mapValues { _ in NSNull() as Any }) { given, _ in given }
    }
}
