internal import Foundation

/// The type of a template's field.
package indirect enum TemplateField: Sendable {
    /// Text, which two braces escape.
    case text
    /// HTML, for three braces.
    case html
    /// A Boolean, for sections.
    case condition
    /// A list of HTML.
    case pieces
    /// An object with fields of its own, which may be missing.
    case fields([String: TemplateField])
    /// A list of objects.
    case list([String: TemplateField])
}

/// The fields of each page's template.
package enum TemplateFields {
    /// The fields, by template.
    package static let ofPages: [String: [String: TemplateField]] = [
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

    /// The fields of any page.
    static let ofAll = ofPages.sorted { $0.key < $1.key }.reduce(into: [:]) { all, page in
        all.merge(page.value) { first, _ in first }
    }

    /// The fields that a template must show, without which its pages are empty.
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
        "authors": .list(texts("name")), "date": .text,
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
        "byline": .text, "day": .text, "hasByline": .condition,
        "isDraft": .condition, "isPart": .condition, "hasParts": .condition,
        "part": .fields(texts("href", "title").merging(pieces("heading")) { $1 }),
        "course": .list(link.merging(["hasLessons": .condition, "lessons": .list(link)]) { $1 }),
    ]

    /// The fields of a link in the list of a course's lessons.
    private static let link = texts("href", "title").merging(pieces("heading")) { $1 }
        .merging(["isHere": .condition]) { $1 }

    private static let ofList: [String: TemplateField] = [
        "isIndex": .condition,
        "entries": .list(entry.merging(["hasLessons": .condition, "lessons": .list(entry)]) { $1 }),
    ]

    /// The fields of a lesson in a list.
    private static let entry = texts("href", "title", "summary", "number")
        .merging(pieces("heading", "lead")) { $1 }.merging(["isDraft": .condition]) { $1 }

    private static func texts(_ names: String...) -> [String: TemplateField] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, .text) })
    }

    private static func pieces(_ names: String...) -> [String: TemplateField] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, .html) })
    }

    /// Adds null for each missing field of the objects among a page's values: Mustache would look for it outside of the
    /// object, and take the site's summary for a lesson's.
    static func completed(_ values: [String: Any], of template: String) -> [String: Any] {
        completed(values, inner: ofPages[template] ?? [:])
    }

    private static func completed(_ values: [String: Any], inner fields: [String: TemplateField]) -> [String:
        Any]
    {
        var values = values
        for (name, field) in fields {
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

    private static func completed(
        _ values: [String: Any],
        with fields: [String: TemplateField]
    ) -> [String: Any] {
        completed(values, inner: fields).merging(fields.mapValues { _ in NSNull() as Any }) { given, _ in
            given
        }
    }
}
