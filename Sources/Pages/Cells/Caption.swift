package import Lessons
internal import Records

/// The captions of figures and tables.
enum Caption {
    /// The captions of a cell's outputs, in their order; `nil` for what has none.
    ///
    /// The caption of a cell is that of its first figure or table that has none of its own.
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
}

extension Phrase {
    /// Reads a phrase that may be no good Markdown, such as the caption that a program made; that is shown as it is.
    package init(unchecked text: String) {
        let phrase = Phrase(text)
        self = phrase.inlines.contains(where: \.isMistaken) ? Phrase(plain: text) : phrase
    }
}

extension Inline {
    /// Whether it holds a formula that cannot be read.
    fileprivate var isMistaken: Bool {
        switch content {
        case .math(let tex): !TeXParser.parse(tex.source).problems.isEmpty
        case .emphasis(let inner), .strong(let inner), .link(_, _, let inner):
            inner.contains(where: \.isMistaken)
        default: false
        }
    }
}
