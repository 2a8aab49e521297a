/// The blocks of a parsed text, with what was moved to its end before parsing apart from the text itself.
struct SeparatedBlocks {
    /// The blocks of the text itself.
    private(set) var text: [Block] = []
    /// The contents of the tables' cells, by the index of the table's insert, then by row and column.
    private(set) var cells: [Int: [[Int]: [Inline]]] = [:]
    /// The footnotes, in the order in which they are written.
    private(set) var footnotes: [Footnote] = []

    /// Separates the blocks of a text with these inserts.
    static func separate(_ blocks: [Block], inserts: [PreparedMarkdown.Insert]) -> SeparatedBlocks {
        var separated = SeparatedBlocks()
        guard !inserts.isEmpty else {
            separated.text = blocks
            return separated
        }
        for block in blocks {
            guard case .paragraph(var inlines) = block.content,
                case .text(let text)? = inlines.first?.content,
                case .insert(let index)? = StandIn.split(text).first, inserts.indices.contains(index)
            else {
                separated.add(block)
                continue
            }
            switch inserts[index] {
            case .footnote(let label, let location):
                separated.footnotes.append(Footnote(label: label, blocks: [], location: location))
            case .cell(let table, let row, let column, _):
                let rest = String(text.dropFirst(StandIn.text(index).count).drop { $0 == " " })
                inlines[0].content = .text(rest)
                separated.cells[table, default: [:]][[row, column]] =
                    rest.isEmpty ? Array(inlines.dropFirst()) : inlines
            default:
                separated.add(block)
            }
        }
        return separated
    }

    /// Adds a block to the last footnote, or to the text while no footnote has begun.
    private mutating func add(_ block: Block) {
        if footnotes.isEmpty {
            text.append(block)
        } else {
            footnotes[footnotes.count - 1].blocks.append(block)
        }
    }
}
