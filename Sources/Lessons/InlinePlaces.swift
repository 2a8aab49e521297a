/// Finds where the inlines of one block stand in the file.
///
/// libcmark joins a paragraph's lines without what stands before each in its quotes and lists, and counts its
/// columns in that. It is off by some lines after reference definitions (which it cuts away first) and after
/// a link that spans lines. So each place is checked against the text; one that cannot be right loses its column.
struct InlinePlaces {
    /// What must stand where an inline starts.
    enum Signature {
        /// This text, or an escape or entity that means it.
        case text([UInt8])
        /// The end of a run of backticks.
        case codeSpan
        /// One of these bytes.
        case oneOf([UInt8])
    }

    private let text: MarkdownText
    private let lines: ClosedRange<Int>
    private let column: Int
    private let quotes: Int
    /// How many lines libcmark is behind.
    private var lag: Int

    /// - Parameters:
    ///   - text: The text that was parsed.
    ///   - lines: The lines of the block.
    ///   - column: The column at which its first line starts.
    ///   - quotes: In how many quotes it stands.
    ///   - lastLine: The line on which libcmark believes the last inline to end.
    init(text: MarkdownText, lines: ClosedRange<Int>, column: Int, quotes: Int, lastLine: Int) {
        self.text = text
        self.lines = lines
        self.column = column
        self.quotes = quotes
        let missing = max(0, lines.upperBound - lastLine)
        let first = text.lines[lines.lowerBound - 1].utf8.dropFirst(column - 1).first
        lag = first == UInt8(ascii: "[") && lastLine > 0 ? missing : 0
    }

    /// The place of an inline.
    mutating func location(line: Int, column: Int, startingWith signature: Signature) -> SourceLocation {
        for later in [lag] + Array(0...max(0, lines.upperBound - line)).filter({ $0 > lag }) {
            let candidate = line + later
            guard lines.contains(candidate) else { continue }
            let bytes = text.lines[candidate - 1].utf8
            let offset = indentation(of: candidate) + column - self.column
            if let start = start(of: signature, at: offset, in: bytes) {
                lag = later
                return text.location(line: candidate, column: start + 1)
            }
        }
        return text.location(line: min(line + lag, lines.upperBound), column: nil)
    }

    /// How many bytes of a line are not the block's own.
    private func indentation(of line: Int) -> Int {
        if line == lines.lowerBound { return column - 1 }
        var rest = text.lines[line - 1].utf8[...]
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let count = rest.count
        rest = rest.drop(while: isSpace)
        for _ in 0..<quotes where rest.first == UInt8(ascii: ">") {
            rest = rest.dropFirst().drop(while: isSpace)
        }
        return count - rest.count
    }

    private func start(of signature: Signature, at offset: Int, in bytes: String.UTF8View) -> Int? {
        guard offset >= 0, offset < bytes.count else { return nil }
        let place = bytes.index(bytes.startIndex, offsetBy: offset)
        switch signature {
        case .text(let expected):
            let isWritten = bytes[place...].starts(with: expected)
            return isWritten || [UInt8(ascii: "\\"), UInt8(ascii: "&")].contains(bytes[place]) ? offset : nil
        case .oneOf(let marks):
            return marks.contains(bytes[place]) ? offset : nil
        case .codeSpan:
            let ticks = bytes[..<place].reversed().prefix { $0 == UInt8(ascii: "`") }.count
            return ticks > 0 ? offset - ticks : nil
        }
    }
}
