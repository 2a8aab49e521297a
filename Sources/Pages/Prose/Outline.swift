package import Lessons
package import Records

/// What can be pointed at in a lesson's page: headings, cells, figures, terms, each with its id and its title.
///
/// It is known before the first byte of the page is written, so that a reference may stand before its target.
package struct Outline: Sendable {
    /// The headings in the order of the text, those in quotes and lists too.
    package private(set) var headings: [Heading] = []
    /// The titles of headings and the terms, by id.
    package private(set) var titles: [String: [Inline]] = [:]
    /// What figures and tables are called, such as `Figure 2`, by the names of their cells.
    package private(set) var labels: [String: Name] = [:]
    /// The numbers of a cell's figures and tables, by the cell's name, in the order of its outputs.
    package private(set) var numbers: [String: [Numbering]] = [:]
    /// The ids of headings and of defined terms, by where they stand.
    package private(set) var ids: [SourceLocation: String] = [:]

    private var anchors: Anchors
    /// The ids of the footnotes.
    private let notes: [String]
    /// Ids that templates use.
    package static let reserved = ["text", "references", "footnotes"]

    /// A figure's or a table's number, counted from 1 through the lesson; `nil` for what has none.
    package enum Numbering: Sendable, Hashable {
        case figure(Int)
        case table(Int)
        case none
    }

    /// Finds what can be pointed at.
    package init(of lesson: Lesson, _ record: RunRecord, wording: Wording) {
        notes = lesson.document.footnotes.indices.map { "footnote-\($0 + 1)" }
        anchors = Anchors(reserved: CellName.reserved + notes + lesson.cells.map(\.name))
        number(lesson.cells, record, wording)
        collect(lesson.document.blocks)
        for footnote in lesson.document.footnotes { collect(footnote.blocks) }
    }

    /// The outlines of lessons, in their order.
    static func all(of lessons: [FinishedLesson], _ settings: SiteSettings) -> [Outline] {
        let wording = Wording(language: settings.language)
        return lessons.concurrentMap { Outline(of: $0.lesson, $0.record, wording: wording) }
    }

    /// Everything that `#` may be followed by in an address.
    package var targets: Set<String> {
        Set(ids.values).union(numbers.keys).union(Self.reserved).union(notes)
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
            labels[cell.name] = numbering.lazy.compactMap { wording.name(of: $0) }.first.map(wording.name)
        }
    }

    private mutating func collect(_ blocks: [Block]) {
        for block in blocks {
            switch block.content {
            case .heading(let level, let inlines):
                let id = anchors.claim(for: Inline.textOfID(inlines))
                headings.append(Heading(level: level, id: id))
                titles[id] = inlines
                ids[block.location] = id
            case .quote(let quoted): collect(quoted)
            case .list(_, _, let items): items.forEach { collect($0) }
            case .callout(_, _, let content): collect(content)
            case .definitions(let definitions):
                for definition in definitions {
                    let id = anchors.claim(for: "term-" + Inline.textOfID(definition.term))
                    titles[id] = definition.term
                    ids[definition.location] = id
                    collect(definition.blocks)
                }
            default: break
            }
        }
    }
}

/// A heading of a page.
package struct Heading: Sendable, Hashable {
    /// 1 to 6.
    package var level: Int
    /// Its id in the page.
    package var id: String
}

extension Wording {
    /// What a figure or a table is called in the text and in its caption.
    package func name(of numbering: Outline.Numbering) -> String? {
        switch numbering {
        case .figure(let number): figure(number)
        case .table(let number): table(number)
        case .none: nil
        }
    }
}
