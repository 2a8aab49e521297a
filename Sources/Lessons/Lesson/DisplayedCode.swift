extension Lesson {
    /// The pieces of Swift in it: cells, expressions in prose, and blocks of code that are shown and not run.
    package var swift: [String] {
        cells.map(\.code) + expressions.map(\.code)
            + document.blocks.displayedSwift + document.footnotes.flatMap(\.blocks.displayedSwift)
    }
}

extension [Block] {
    fileprivate var displayedSwift: [String] {
        flatMap { block -> [String] in
            switch block.content {
            case .code(let info, let text):
                info.split(whereSeparator: \.isWhitespace).first == "swift" ? [text] : []
            case .quote(let blocks), .callout(_, _, let blocks): blocks.displayedSwift
            case .list(_, _, let items): items.flatMap(\.displayedSwift)
            case .definitions(let definitions): definitions.flatMap(\.blocks.displayedSwift)
            case .paragraph, .heading, .cell, .thematicBreak, .html, .table, .math: []
            }
        }
    }
}
