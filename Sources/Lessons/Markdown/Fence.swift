/// A fenced block of code, as it stands in the file.
struct Fence {
    /// The location of the opening fence.
    let location: SourceLocation
    /// The opening fence itself, such as three backticks.
    let marks: String
    /// The rest of its line, as it is written.
    let info: String
    /// The code.
    let code: String
    /// The lines of the Markdown from the opening fence to the closing one.
    let lines: ClosedRange<Int>
    /// Whether the block was closed by a fence of its own.
    var isClosed = false

    /// The fence of a block of code, or `nil` for an indented one.
    init?(_ node: CommonMarkNode, in text: MarkdownText) {
        let bytes = text.lines[node.start.line - 1].bytes
        let opening = bytes.dropFirst(node.start.column - 1)
        guard let mark = opening.first, "`~".utf8.contains(mark) else { return nil }
        let length = opening.prefix { $0 == mark }.count
        guard length >= 3 else { return nil }
        // An indented block may show a fence; then its own first line is what stands there.
        let margin = bytes.prefix(node.start.column - 1).reversed().prefix { $0 == 0x20 || $0 == 0x09 }
        let firstLine = node.literal.utf8.prefix { $0 != 0x0A }
        if margin.count >= 4, firstLine.elementsEqual(opening) { return nil }

        location = text.location(line: node.start.line, column: node.start.column)
        marks = String(decoding: opening.prefix(length), as: UTF8.self)
        info = String(decoding: opening.dropFirst(length), as: UTF8.self)
        code = node.literal
        lines = node.start.line...max(node.start.line, node.end.line)
    }

    /// Whether a line, with whatever quotes and indentation before it, closes this fence.
    func isClosing(_ line: [UInt8]) -> Bool {
        let rest = line.drop { [0x20, 0x09, UInt8(ascii: ">")].contains($0) }
        let run = rest.prefix { $0 == marks.utf8.first }
        return run.count >= marks.utf8.count
            && rest.dropFirst(run.count).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}
