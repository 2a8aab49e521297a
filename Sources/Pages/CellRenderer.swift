internal import Lessons
internal import Records

/// Writes the cells of one lesson: code first, then what it showed.
struct CellRenderer {
    private let lesson: Lesson
    private let records: [String: CellRecord]
    private let outline: Outline
    private let downloads: Downloads
    private let highlight: (String) -> [SyntaxToken]
    private let wording: Wording

    /// Makes a renderer for the cells of a lesson and what they showed.
    init(
        _ finished: FinishedLesson,
        outline: Outline,
        downloads: Downloads,
        wording: Wording,
        highlight: @escaping (String) -> [SyntaxToken]
    ) {
        lesson = finished.lesson
        self.outline = outline
        self.downloads = downloads
        self.wording = wording
        self.highlight = highlight
        records = Dictionary(
            finished.record.cells.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Writes the cell of an index, unless it is hidden.
    func cell(_ index: Int, into html: inout HTMLBuffer) {
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
        if !cell.options.isQuiet { outputs(of: cell, into: &html) }
        html.markup("</div>\n")
    }

    private func outputs(of cell: Cell, into html: inout HTMLBuffer) {
        let outputs = records[cell.name]?.outputs ?? []
        let data = outputs.indices.compactMap { index in
            downloads.data[Downloads.DataKey(cell: cell.name, output: index)].map { (index, $0.path) }
        }
        OutputRenderer(
            cell,
            outputs,
            numbering: outline.numbers[cell.name] ?? [],
            data: Dictionary(uniqueKeysWithValues: data),
            wording: wording
        ).write(into: &html)
    }

    /// Writes a block of code; Swift is colored.
    func code(_ text: String, language: String?, into html: inout HTMLBuffer) {
        html.markup("<div class=\"code\"><pre")
        html.markup(text.mayOverflow ? " tabindex=\"0\"><code" : "><code")
        if let language {
            html.markup(" class=\"language-")
            html.text(language)
            html.markup("\"")
        }
        html.markup(">")
        html.code(text, tokens: language == "swift" ? highlight(text) : [])
        html.markup("</code></pre></div>\n")
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
