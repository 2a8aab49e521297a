package import Lessons
package import Records

/// Writes the cells of one lesson: code first, then what it showed.
package struct CellRenderer {
    private let lesson: Lesson
    private let records: [String: CellRecord]
    private let highlight: (String) -> [SyntaxToken]
    private let wording: Wording

    /// Makes a renderer for the cells of a lesson and what they showed.
    package init(
        _ lesson: Lesson,
        _ record: RunRecord,
        wording: Wording,
        highlight: @escaping (String) -> [SyntaxToken]
    ) {
        self.lesson = lesson
        self.wording = wording
        self.highlight = highlight
        records = Dictionary(record.cells.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Writes the cell of an index, unless it is hidden.
    package func cell(_ index: Int, into html: inout HTMLBuffer) {
        let cell = lesson.cells[index]
        guard !cell.options.isHidden else { return }
        html.markup("<div class=\"cell\" id=\"")
        html.text(cell.name)
        html.markup("\">\n")
        if cell.options.isFolded {
            html.markup("<details class=\"fold\"><summary>")
            html.text(wording.showCode)
            html.markup("</summary>\n")
            code(cell.code, language: "swift", into: &html)
            html.markup("</details>\n")
        } else {
            code(cell.code, language: "swift", into: &html)
        }
        if !cell.options.isQuiet, let outputs = records[cell.name]?.outputs, !outputs.isEmpty {
            OutputRenderer(wording: wording).outputs(outputs, into: &html)
        }
        html.markup("</div>\n")
    }

    /// Writes a block of code; Swift is colored.
    package func code(_ text: String, language: String?, into html: inout HTMLBuffer) {
        html.markup("<pre class=\"code\"")
        html.markup(text.mayOverflow ? " tabindex=\"0\"><code" : "><code")
        if let language {
            html.markup(" class=\"language-")
            html.text(language)
            html.markup("\"")
        }
        html.markup(">")
        html.code(text, tokens: language == "swift" ? highlight(text) : [])
        html.markup("</code></pre>\n")
    }
}

extension String {
    /// Whether a line is so long that a narrow screen has to scroll it, for which keyboards need a focus.
    var mayOverflow: Bool {
        var length = 0
        for byte in utf8 {
            length = byte == UInt8(ascii: "\n") ? 0 : length + 1
            if length > 36 { return true }
        }
        return false
    }
}
