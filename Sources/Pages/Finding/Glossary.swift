internal import Lessons
internal import Records

/// The terms that the lessons define, for one page that lists them and for links from anywhere.
struct Glossary: Sendable {
    /// A term.
    struct Term: Sendable {
        /// Its id, in the lesson's page and in the glossary, such as `term-hidden-state`.
        var id: String
        /// The term.
        var title: String
        /// What it means, without markup.
        var meaning: String
        /// The page that defines it.
        var lesson: Lesson
    }

    /// The path of the page.
    static let path = "glossary.html"
    /// The terms in alphabetical order; of two lessons that define one term, the first counts.
    let terms: [Term]
    private let byID: [String: Int]

    /// Gathers the terms of all lessons.
    init(_ lessons: [Lesson]) {
        var found: [String: Term] = [:]
        for lesson in lessons {
            for definition in Self.definitions(in: lesson.document.blocks) {
                let title = Inline.plainText(definition.term)
                let id = "term-" + Anchors.slug(title)
                guard found[id] == nil else { continue }
                found[id] = Term(
                    id: id,
                    title: title,
                    meaning: PlainText.text(of: definition.blocks),
                    lesson: lesson
                )
            }
        }
        terms = found.values.sorted { ($0.title.lowercased(), $0.id) < ($1.title.lowercased(), $1.id) }
        byID = Dictionary(uniqueKeysWithValues: terms.enumerated().map { ($1.id, $0) })
    }

    /// The term of an id.
    subscript(id: String) -> Term? {
        byID[id].map { terms[$0] }
    }

    /// A digest of all that pages take from it.
    var digest: Digest {
        let texts = terms.flatMap { [$0.id, $0.title, $0.meaning, $0.lesson.slug] }
        return Digest(of: texts.joined(separator: "\u{0}"))
    }

    /// The page that lists the terms; `nil` if there are none.
    func page(in furniture: PageFurniture) -> Page? {
        guard !terms.isEmpty else { return nil }
        var values = furniture.common(
            path: Self.path,
            title: furniture.wording.glossary,
            summary: furniture.wording.glossarySummary
        )
        values["terms"] = terms.map { term in
            [
                "id": term.id, "title": term.title, "meaning": term.meaning,
                "href": "\(term.lesson.path)#\(term.id)", "lesson": term.lesson.frontMatter.title,
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
