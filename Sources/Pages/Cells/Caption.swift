internal import Lessons
internal import Records

/// What stands under figures and above tables.
enum Caption {
    /// The captions of a cell's outputs, in their order; `nil` for what has none.
    ///
    /// A figure or table says what it is itself; else its cell says it, of the first that says nothing.
    static func all(of cell: Cell, _ outputs: [Output]) -> [Phrase?] {
        var rest = cell.options.caption
        return outputs.map { output in
            let own: String?
            switch output {
            case .figure(let figure): own = figure.caption
            case .table(let table): own = table.caption
            case .text, .value: return nil
            }
            if let own { return Phrase(unchecked: own) }
            defer { rest = nil }
            return rest
        }
    }

    /// The captions that the page of a lesson shows.
    static func shown(in finished: FinishedLesson) -> [Phrase] {
        let records = Dictionary(finished.record.cells.map { ($0.name, $0.outputs) }) { first, _ in first }
        return finished.lesson.cells.flatMap { cell in
            cell.options.isHidden || cell.options.isQuiet
                ? [] : all(of: cell, records[cell.name] ?? []).compactMap(\.self)
        }
    }
}

extension Phrase {
    /// A phrase that was not read with a lesson, such as the caption that a program made. It may be anything: what is no
    /// good Markdown is shown as it is.
    init(unchecked text: String) {
        let phrase = Phrase(text)
        self = phrase.inlines.contains(where: \.isMistaken) ? Phrase(plain: text) : phrase
    }
}

extension Inline {
    /// Whether a formula that cannot be read stands in it.
    fileprivate var isMistaken: Bool {
        switch content {
        case .math(let tex): !TeXParser.parse(tex.source).problems.isEmpty
        case .emphasis(let inner), .strong(let inner), .link(_, _, let inner):
            inner.contains(where: \.isMistaken)
        default: false
        }
    }
}
