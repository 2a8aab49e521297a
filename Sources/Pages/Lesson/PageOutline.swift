package import Lessons
package import Records

/// The link targets of a lesson's page: headings, cells, figures, terms, each with its id and its title.
///
/// It is known before the first byte of the page is written, so that a reference may stand before its target.
package struct PageOutline: Sendable {
    /// A heading of a page.
    struct Heading: Sendable, Equatable {
        /// The level, from 1 to 6.
        var level: Int
        /// The id in the page.
        var id: String
    }

    /// The number of a figure or table, counted from 1 through the lesson; `none` for other outputs.
    package enum Numbering: Sendable, Equatable {
        case figure(Int)
        case table(Int)
        case none
    }

    /// The headings in the order of the text, those in quotes and lists too.
    private(set) var headings: [Heading] = []
    /// The titles of headings and the terms, by id.
    private(set) var titles: [String: [Inline]] = [:]
    /// The names of figures and tables, such as `Figure 2`, by the names of their cells.
    private(set) var labels: [String: RenderedText] = [:]
    /// The numbers of a cell's figures and tables, by the cell's name, in the order of its outputs.
    private(set) var numbers: [String: [Numbering]] = [:]
    /// The ids of headings and of defined terms, by their locations.
    private(set) var ids: [SourceLocation: String] = [:]

    private var slugger: Slugger
    private let footnoteIDs: [String]

    /// The ids that templates use.
    static let reserved = ["text", "references", "footnotes"]

    /// Returns the outline of a lesson's page.
    package static func collect(_ lesson: Lesson, _ record: RunRecord, wording: Wording)
        -> PageOutline
    {
        var outline = PageOutline(of: lesson)
        outline.number(lesson.cells, record, wording)
        outline.collect(lesson.document.blocks)
        for footnote in lesson.document.footnotes { outline.collect(footnote.blocks) }
        return outline
    }

    private init(of lesson: Lesson) {
        footnoteIDs = lesson.document.footnotes.indices.map { "footnote-\($0 + 1)" }
        slugger = Slugger(reserved: CellName.reserved + footnoteIDs + lesson.cells.map(\.name))
    }

    /// Everything that may follow `#` in an address of the page.
    var targets: Set<String> {
        Set(ids.values).union(numbers.keys).union(Self.reserved).union(footnoteIDs)
    }

    private mutating func number(_ cells: [Cell], _ record: RunRecord, _ wording: Wording) {
        let records = Dictionary(record.cells.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var figures = 0
        var tables = 0
        for cell in cells where !cell.options.isHidden {
            numbers[cell.name] = []
            guard !cell.options.isQuiet, let outputs = records[cell.name]?.outputs else { continue }
            let numbering: [Numbering] = outputs.map { output in
                switch output {
                case .figure:
                    figures += 1
                    return .figure(figures)
                case .table(let table) where table.caption != nil || cell.options.caption != nil:
                    tables += 1
                    return .table(tables)
                default:
                    return .none
                }
            }
            numbers[cell.name] = numbering
            labels[cell.name] = numbering.lazy.compactMap { wording.label(of: $0) }.first
        }
    }

    private mutating func collect(_ blocks: [Block]) {
        for block in blocks {
            switch block.content {
            case .heading(let level, let inlines):
                let id = slugger.id(for: Inline.textOfID(inlines))
                headings.append(Heading(level: level, id: id))
                titles[id] = inlines
                ids[block.location] = id
            case .quote(let quoted): collect(quoted)
            case .list(_, _, let items): items.forEach { collect($0) }
            case .callout(_, _, let content): collect(content)
            case .definitions(let definitions):
                for definition in definitions {
                    let id = slugger.id(for: "term-" + Inline.textOfID(definition.term))
                    titles[id] = definition.term
                    ids[definition.location] = id
                    collect(definition.blocks)
                }
            default: break
            }
        }
    }
}

extension Wording {
    /// The name of a figure or a table in the text and in its caption.
    func label(of numbering: PageOutline.Numbering) -> RenderedText? {
        switch numbering {
        case .figure(let number): marked(figure(number))
        case .table(let number): marked(table(number))
        case .none: nil
        }
    }
}
