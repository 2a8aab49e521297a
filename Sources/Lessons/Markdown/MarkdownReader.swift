/// Reads Markdown: CommonMark, and what lessons may hold beyond it.
package struct MarkdownReader {
    /// The text.
    package let document: MarkdownDocument
    /// What is wrong.
    package let diagnostics: [Diagnostic]
    /// The fenced blocks of code, in the order of the text.
    let fences: [Fence]

    /// Reads the lines of a file from a line on, counted from 1.
    package init(_ source: SourceText, from line: Int = 1) {
        let preparation = MarkdownPreparation(MarkdownText(source, from: line))
        let converter = CommonMarkConverter(preparation.text)
        let assembly = MarkdownAssembly(converter.blocks, preparation)
        document = LineJoining.joined(assembly.document, of: preparation.text)
        diagnostics = preparation.diagnostics + converter.diagnostics + assembly.diagnostics
        fences = converter.fences
    }
}
