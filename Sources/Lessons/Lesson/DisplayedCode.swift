extension Lesson {
    /// The Swift code that the lesson's page shows in color: cells and other blocks.
    package var displayedSwift: [String] {
        cells.filter { !$0.options.isHidden }.map(\.code)
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
