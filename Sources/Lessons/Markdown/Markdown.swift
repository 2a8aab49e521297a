/// A Markdown text as it was parsed: CommonMark, and what lessons may hold beyond it.
package struct Markdown: Sendable {
    /// The text as a tree.
    package let document: MarkdownDocument
    /// The mistakes in the text.
    package let diagnostics: [Diagnostic]
    /// The fenced blocks of code, in the order of the text.
    let fences: [Fence]

    /// The version of the library that reads CommonMark.
    package static var libraryVersion: String { CommonMarkNode.libraryVersion }

    /// Parses the lines of a file from a line on, counted from 1.
    package static func parse(_ source: SourceText, from line: Int = 1) -> Markdown {
        let prepared = PreparedMarkdown.prepare(MarkdownText(source, from: line))
        let commonMark = CommonMark.parse(prepared.text)
        let assembled = MarkdownAssembly.assemble(commonMark.blocks, of: prepared)
        return Markdown(
            document: LineJoining.join(assembled.document, of: prepared.text),
            diagnostics: prepared.diagnostics + commonMark.diagnostics + assembled.diagnostics,
            fences: commonMark.fences
        )
    }
}
