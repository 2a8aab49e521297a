/// The locations in the file of one block's inlines.
///
/// libcmark joins a paragraph's lines without what stands before each in its quotes and lists, and counts its
/// columns in that. It is off by some lines after reference definitions (which it cuts away first) and after
/// a link that spans lines. So each location is checked against the text; one that cannot be right loses its column.
struct InlineLocations {
    private let text: MarkdownText
    private let lines: ClosedRange<Int>
    private let column: Int
    private let quotes: Int
    /// The number of lines by which libcmark is behind.
    private var lag: Int

    /// The locations of a block's inlines.
    init(_ block: CommonMarkNode, lines: ClosedRange<Int>, quotes: Int, in text: MarkdownText) {
        self.text = text
        self.lines = lines
        self.quotes = quotes
        column = block.start.column
        let last = Self.lastLine(in: block)
        let missing = last == 0 ? 0 : max(0, lines.upperBound - last)
        let first = text.lines[lines.lowerBound - 1].bytes.dropFirst(column - 1).first
        lag = first == UInt8(ascii: "[") ? missing : 0
    }

    /// The line on which libcmark believes the last inline of a block to end.
    private static func lastLine(in block: CommonMarkNode) -> Int {
        block.children.map { max($0.end.line, lastLine(in: $0)) }.max() ?? 0
    }

    /// The location of an inline of the block. They are asked for in the order of the text.
    mutating func location(of node: CommonMarkNode) -> SourceLocation {
        var line = node.start.line + lag
        repeat {
            if lines.contains(line),
                let start = Self.start(
                    of: node,
                    at: indentation(of: line) + node.start.column - column,
                    in: text.lines[line - 1].bytes
                )
            {
                lag = line - node.start.line
                return text.location(line: line, column: start + 1)
            }
            line += 1
        } while line <= lines.upperBound
        return text.location(line: min(node.start.line + lag, lines.upperBound), column: nil)
    }

    /// The number of bytes at the start of a line that are not the block's own.
    private func indentation(of line: Int) -> Int {
        line == lines.lowerBound ? column - 1 : text.indentation(ofLine: line, quotes: quotes)
    }

    /// The offset at which an inline starts, if the bytes there can be its start.
    private static func start(of node: CommonMarkNode, at offset: Int, in bytes: [UInt8]) -> Int? {
        guard bytes.indices.contains(offset) else { return nil }
        let rest = bytes[offset...]
        switch node.kind {
        case .text:
            // An escape or an entity stands for another text.
            let isOther = bytes[offset] == UInt8(ascii: "\\") || bytes[offset] == UInt8(ascii: "&")
            return isOther || rest.starts(with: node.literal.utf8.prefix(8)) ? offset : nil
        case .codeSpan:
            let ticks = bytes[..<offset].reversed().prefix { $0 == UInt8(ascii: "`") }.count
            return ticks > 0 ? offset - ticks : nil
        case .emphasis, .strong: return "*_".utf8.contains(bytes[offset]) ? offset : nil
        case .image: return rest.starts(with: "![".utf8) ? offset : nil
        case .link: return "[<".utf8.contains(bytes[offset]) ? offset : nil
        default: return bytes[offset] == UInt8(ascii: "<") ? offset : nil
        }
    }
}
