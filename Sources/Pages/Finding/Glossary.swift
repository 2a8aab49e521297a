internal import Lessons
internal import Records

/// The terms that the lessons define, for one page that lists them and for links from anywhere.
package struct Glossary: Sendable {
    /// A term.
    struct Term: Sendable, Hashable {
        /// Its id in the glossary, such as `term-hidden-state`.
        var id: String
        /// The term.
        var title: Name
        /// What it means.
        var meaning: Name
        /// Where it is defined, such as `01-a.html#term-hidden-state`.
        var address: String
    }

    /// The path of the page.
    static let path = "glossary.html"
    /// The terms in alphabetical order; of two lessons that define one term, the first counts.
    let terms: [Term]
    private let byID: [String: Int]

    /// Gathers the terms of all lessons, in their order.
    init(_ lessons: [[Term]] = []) {
        var found: [String: Term] = [:]
        for term in lessons.joined() where found[term.id] == nil { found[term.id] = term }
        terms = found.values.sorted {
            ($0.title.words.lowercased(), $0.id) < ($1.title.words.lowercased(), $1.id)
        }
        byID = Dictionary(uniqueKeysWithValues: terms.enumerated().map { ($1.id, $0) })
    }

    /// The term of an id.
    subscript(id: String) -> Term? {
        byID[id].map { terms[$0] }
    }

    /// The terms that lessons define, by lesson.
    static func terms(of lessons: [FinishedLesson], _ outlines: [Outline], _ names: Names) -> [[Term]] {
        Array(zip(lessons, outlines)).concurrentMap { terms(of: $0, $1, names) }
    }

    private static func terms(of finished: FinishedLesson, _ outline: Outline, _ names: Names) -> [Term] {
        let lesson = finished.lesson
        return definitions(in: lesson.document.blocks).map { definition in
            let name = { (inlines: [Inline]) in
                Name(inlines, values: finished.record.expressions, on: lesson.path, names)
            }
            let id = "term-" + Anchors.slug(Inline.textOfID(definition.term))
            return Term(
                id: id,
                title: name(definition.term),
                meaning: name(definition.blocks.runningText),
                address: "\(lesson.path)#\(outline.ids[definition.location] ?? id)"
            )
        }
    }

    /// The page that lists the terms; `nil` if there are none.
    func page(in furniture: PageFurniture) -> Page? {
        guard !terms.isEmpty else { return nil }
        let wording = furniture.wording
        var values = furniture.common(
            path: Self.path,
            title: wording.name(wording.glossary),
            summary: wording.name(wording.glossarySummary)
        )
        let lessons = Dictionary(furniture.lessons.map { ($0.path, furniture.names.title(of: $0)) }) { $1 }
        values["terms"] = terms.map { term in
            [
                "id": term.id, "title": term.title.words, "heading": term.title.html,
                "meaning": term.meaning.html,
                "href": term.address,
                "lesson": lessons[String(term.address.prefix { $0 != "#" })]?.html ?? "",
            ]
        }
        return Page(path: Self.path, html: furniture.theme.page("glossary", values))
    }

    private static func definitions(in blocks: [Block]) -> [Definition] {
        blocks.flatMap { block -> [Definition] in
            switch block.content {
            case .definitions(let definitions): definitions
            case .quote(let inner), .callout(_, _, let inner): Self.definitions(in: inner)
            case .list(_, _, let items): items.flatMap { Self.definitions(in: $0) }
            default: []
            }
        }
    }
}

extension [Block] {
    /// The text of blocks in one piece, as a list of terms has room for.
    fileprivate var runningText: [Inline] {
        var texts: [[Inline]] = []
        for block in self {
            switch block.content {
            case .paragraph(let inlines), .heading(_, let inlines): texts.append(inlines)
            case .code(_, let code): texts.append([Inline(.code(code), at: block.location)])
            case .math(let tex): texts.append([Inline(.math(tex), at: block.location)])
            case .quote(let inner): texts.append(inner.runningText)
            case .callout(_, let title, let inner): texts += [title, inner.runningText]
            case .list(_, _, let items): texts += items.map(\.runningText)
            case .table(let table): texts += ([table.header] + table.rows).joined()
            case .definitions(let definitions):
                for definition in definitions { texts += [definition.term, definition.blocks.runningText] }
            case .cell, .thematicBreak, .html: break
            }
        }
        return texts.filter { !$0.isEmpty }.enumerated().flatMap { index, text in
            index == 0 ? text : [Inline(.softBreak, at: text[0].location)] + text
        }
    }
}
