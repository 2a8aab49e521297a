internal import Lessons
internal import Records

/// The terms that the lessons define, for one page that lists them and for links from anywhere.
package struct Glossary: Sendable {
    /// A term.
    struct Term: Sendable, Equatable {
        /// The id in the glossary, such as `term-hidden-state`.
        var id: String
        /// The term.
        var title: RenderedText
        /// The definition.
        var meaning: RenderedText
        /// The address of the definition, such as `01-a.html#term-hidden-state`.
        var address: String
    }

    /// The path of the page.
    static let path = "glossary.html"
    /// The terms in alphabetical order; of two lessons that define one term, the first counts.
    let terms: [Term]
    private let byID: [String: Int]

    /// Merges the terms of all lessons, in their order.
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

    /// Returns the terms that lessons define, by lesson.
    static func terms(of lessons: [FinishedLesson], _ outlines: [PageOutline], _ references: CrossReferences)
        -> [[Term]]
    {
        zip(lessons, outlines).map { lesson, outline in
            definitions(in: lesson.lesson.document.blocks).map { definition in
                let id = "term-" + Slugger.slug(Inline.textOfID(definition.term))
                return Term(
                    id: id,
                    title: lesson.render(definition.term, references),
                    meaning: lesson.render(definition.blocks.runningText, references),
                    address: "\(lesson.lesson.path)#\(outline.ids[definition.location] ?? id)"
                )
            }
        }
    }

    /// Renders the page that lists the terms; `nil` if there are none.
    func render(in site: SiteContext) -> SiteFile? {
        guard !terms.isEmpty else { return nil }
        let wording = site.wording
        var fields = site.fields(
            path: Self.path,
            title: wording.marked(wording.glossary),
            summary: wording.marked(wording.glossarySummary)
        )
        let lessons = Dictionary(site.lessons.map { ($0.path, site.references.title(of: $0)) }) { $1 }
        fields["terms"] = terms.map { term in
            [
                "id": term.id, "title": term.title.words, "heading": term.title.html,
                "meaning": term.meaning.html,
                "href": term.address,
                "lesson": lessons[String(term.address.prefix { $0 != "#" })]?.html ?? "",
            ]
        }
        return SiteFile(Self.path, site.theme.render("glossary", with: fields))
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
    /// The text of blocks as one paragraph, for a list of terms.
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
