/// The lines of a Markdown text that are running text, and those that are taken as they are.
struct Outline {
    /// A paragraph or heading.
    struct TextBlock {
        /// Whether it is a paragraph.
        var isParagraph: Bool
        /// Its lines, from 1.
        var lines: ClosedRange<Int>
        /// The column at which its first line starts, in bytes from 1.
        var column: Int
        /// The number of quotes in which it stands.
        var quotes: Int
    }

    /// The paragraphs and headings, in the order of the text.
    private(set) var blocks: [TextBlock] = []
    /// The lines of code and raw HTML.
    private(set) var verbatim: Set<Int> = []

    /// Parses a text for its blocks alone.
    static func parse(_ text: MarkdownText) -> Outline {
        var outline = Outline()
        outline.collect(CommonMarkNode.parse(text.lines.map(\.bytes)), quotes: 0, in: text)
        return outline
    }

    private mutating func collect(_ node: CommonMarkNode, quotes: Int, in text: MarkdownText) {
        switch node.kind {
        case .paragraph, .heading:
            let lines = Outline.lines(of: node, quotes: quotes, in: text)
            let isParagraph = node.kind == .paragraph
            blocks.append(
                TextBlock(isParagraph: isParagraph, lines: lines, column: node.start.column, quotes: quotes)
            )
        case .code, .html:
            verbatim.formUnion(node.start.line...max(node.start.line, node.end.line))
        default:
            let inner = node.kind == .quote ? quotes + 1 : quotes
            for child in node.children { collect(child, quotes: inner, in: text) }
        }
    }

    /// The lines of a paragraph or heading. libcmark ends a heading that is underlined where the next block starts.
    static func lines(of node: CommonMarkNode, quotes: Int, in text: MarkdownText) -> ClosedRange<Int> {
        let first = node.start.line
        var last = min(max(first, node.end.line), text.lines.count)
        if case .heading = node.kind, last > first {
            let underline = (first + 1...last).first { line in
                let content = text.lines[line - 1].bytes.dropFirst(
                    text.indentation(ofLine: line, quotes: quotes)
                )
                let mark = content.first
                return (mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"))
                    && content.drop { $0 == mark }.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            }
            last = (underline ?? last + 1) - 1
        }
        return first...max(first, last)
    }
}
