/// The running text of a block: its lines joined, without the marks of quotes and lists before them.
struct TextRun {
    /// The text; lines end in LF but for the last.
    private(set) var bytes: [UInt8] = []
    private var starts: [(index: Int, position: MarkdownText.Position)] = []
    private let text: MarkdownText
    private let quotes: Int

    /// The text of a block.
    init(_ block: Outline.TextBlock, in text: MarkdownText) {
        self.text = text
        quotes = block.quotes
        append(line: block.lines.lowerBound, from: block.column - 1)
        for line in block.lines.dropFirst() { append(line: line) }
    }

    /// The last line of the run.
    var lastLine: Int { starts.last?.position.line ?? 0 }

    /// Adds the lines that follow the block, up to a blank one.
    mutating func extend() {
        while lastLine < text.lines.count, !text.isBlank(lastLine + 1, quotes: quotes) {
            append(line: lastLine + 1)
        }
    }

    /// The position in the Markdown of a byte of the run.
    func position(of index: Int) -> MarkdownText.Position {
        guard let start = starts.last(where: { $0.index <= index }) else { return .init(line: 1, offset: 0) }
        return MarkdownText.Position(
            line: start.position.line,
            offset: start.position.offset + index - start.index
        )
    }

    /// A part of the run as text.
    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// A part of the run as a formula.
    func formula(_ range: Range<Int>) -> TeX {
        let inner = starts.map(\.index).filter { range.contains($0) && $0 > range.lowerBound }
        let locations = ([range.lowerBound] + inner).map { text.location(position(of: $0)) }
        return TeX(string(range), lines: locations)
    }

    private mutating func append(line: Int, from offset: Int? = nil) {
        let offset = offset ?? text.indentation(ofLine: line, quotes: quotes)
        if !starts.isEmpty { bytes.append(0x0A) }
        starts.append((bytes.count, MarkdownText.Position(line: line, offset: offset)))
        bytes += text.lines[line - 1].bytes.dropFirst(offset)
    }
}
