/// The Markdown of a lesson as it is given to the parser, with the way back to the file.
struct MarkdownText {
    /// The file.
    let source: SourceText
    /// The lines of Markdown.
    let lines: [String]
    /// How many lines of the file stand before the first of them.
    let offset: Int

    /// The lines of a file from a line on, counted from 1.
    init(_ source: SourceText, from line: Int = 1) {
        self.source = source
        offset = line - 1
        lines = Array(source.lines.dropFirst(offset))
    }

    /// The place in the file of a place in the Markdown.
    func location(line: Int, column: Int?) -> SourceLocation {
        SourceLocation(file: source.file, line: line + offset, column: column)
    }
}
