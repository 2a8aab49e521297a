package import Lessons
package import Records

/// Writes what a cell showed, in the order in which it did.
package struct OutputRenderer {
    private let cell: Cell
    private let outputs: [Output]
    /// The drawings of its figures, by output, as far as they are nothing else.
    private let drawings: [Int: Result<CheckedDrawing, CheckedDrawing.Offense>]
    private let numbering: [Outline.Numbering]
    private let data: [Int: String]
    private let captions: [Phrase?]
    private let additions: ProseRenderer.Additions

    /// Makes a renderer for the outputs of a cell.
    ///
    /// - Parameters:
    ///   - cell: The cell.
    ///   - outputs: What it showed.
    ///   - numbering: The numbers of its figures and tables, one an output.
    ///   - data: The addresses of the data behind figures and tables, by output.
    ///   - additions: What the page knows, for the captions.
    package init(
        _ cell: Cell,
        _ outputs: [Output],
        numbering: [Outline.Numbering],
        data: [Int: String],
        additions: ProseRenderer.Additions
    ) {
        self.cell = cell
        self.outputs = outputs
        var drawings: [Int: Result<CheckedDrawing, CheckedDrawing.Offense>] = [:]
        for case (let index, .figure(let figure)) in outputs.enumerated() {
            drawings[index] = CheckedDrawing.check(figure.svg)
        }
        self.drawings = drawings
        self.numbering = numbering
        self.data = data
        self.additions = additions
        captions = Caption.all(of: cell, outputs)
    }

    /// An error for each figure that holds more than a drawing may.
    package var diagnostics: [Diagnostic] {
        outputs.indices.compactMap { index in
            guard case .failure(let offense) = drawings[index] else { return nil }
            return Diagnostic(
                .error,
                .limit,
                at: cell.fence,
                "the figure of cell '\(cell.name)' holds \(offense.name), which no drawing may",
                hint: "draw with Chart or Diagram"
            )
        }
    }

    /// Writes the outputs.
    package func write(into html: inout HTMLBuffer) {
        guard !outputs.isEmpty else { return }
        html.markup(
            cell.options.expectedFailure == nil
                ? "<div class=\"output\">\n" : "<div class=\"output failure\">\n"
        )
        for (index, output) in outputs.enumerated() {
            switch output {
            case .text(let text): printed(text, style: "printed", into: &html)
            case .value(let text): printed(text, style: "value", into: &html)
            case .table(let table): framed(table, index, into: &html)
            case .figure(let figure): self.figure(figure, index, into: &html)
            }
        }
        html.markup("</div>\n")
    }

    private func printed(_ text: String, style: String, into html: inout HTMLBuffer) {
        let shown = text.hasSuffix("\n") ? String(text.dropLast()) : text
        html.markup("<pre class=\"\(style)\"")
        // The stylesheet gives tall outputs a box that scrolls, which keyboards must be able to reach.
        let isTall = shown.utf8.count { $0 == UInt8(ascii: "\n") } > 12
        html.markup(shown.hasLongLine || isTall ? " tabindex=\"0\">" : ">")
        html.markup("<samp>")
        html.text(shown)
        html.markup("</samp></pre>\n")
    }

    private func framed(_ table: Table, _ index: Int, into html: inout HTMLBuffer) {
        html.markup("<figure class=\"tabular\">\n")
        caption(index, into: &html)
        let label =
            captions[index].map { additions.plainText.words(of: $0.inlines) }
            ?? table.columns.filter { !$0.isEmpty }.joined(separator: ", ")
        TableRenderer(table, label: label).write(into: &html)
        html.markup("</figure>\n")
    }

    private func figure(_ figure: Figure, _ index: Int, into html: inout HTMLBuffer) {
        html.markup("<figure class=\"drawing\">\n")
        if let alternative = cell.options.alternative {
            html.markup("<div role=\"img\" aria-label=\"")
            html.text(additions.plainText.words(of: alternative.inlines))
            html.markup("\">")
        }
        switch drawings[index] {
        case .success(let drawing): html.drawing(drawing)
        // Seen in previews alone: a site with it is not written.
        case .failure(let offense):
            html.element("samp", "This figure holds \(offense.name), which no drawing may.")
        case nil: break
        }
        if cell.options.alternative != nil { html.markup("</div>") }
        html.freshLine()
        caption(index, into: &html)
        html.markup("</figure>\n")
        guard let table = figure.data else { return }
        html.markup("<details class=\"data\"><summary\(additions.wording.attributes)>")
        html.text(additions.wording.showData)
        html.markup("</summary>\n")
        TableRenderer(table, label: figure.title, caption: table.caption).write(into: &html)
        if let address = data[index] {
            html.markup("<p><a download href=\"")
            html.address(address)
            html.markup("\">CSV</a></p>\n")
        }
        html.markup("</details>\n")
    }

    private func caption(_ index: Int, into html: inout HTMLBuffer) {
        let name = numbering.indices.contains(index) ? additions.wording.name(of: numbering[index]) : nil
        guard name != nil || captions[index] != nil else { return }
        html.markup("<figcaption>")
        if let name {
            html.markup("<b>\(additions.wording.name(name).content)</b>")
            if captions[index] != nil { html.markup(" ") }
        }
        if let caption = captions[index] {
            var prose = ProseRenderer(additions: additions)
            prose.inlines(caption.inlines)
            html.append(prose.html)
        }
        html.markup("</figcaption>\n")
    }
}

/// Writes a table in a box of its own, which scrolls when the screen is narrow.
struct TableRenderer {
    private let table: Table
    private let label: String
    private let caption: String?
    private let isNumeric: [Bool]

    /// Makes a renderer; `label` is what a screen reader calls the box, and `caption` stands above the columns.
    init(_ table: Table, label: String, caption: String? = nil) {
        self.table = table
        self.label = label
        self.caption = caption
        isNumeric = table.columns.indices.map { column in
            !table.rows.isEmpty && table.rows.allSatisfy { column < $0.count && $0[column].readsAsNumber }
        }
    }

    func write(into html: inout HTMLBuffer) {
        html.markup("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        html.text(label)
        html.markup("\">\n<table>\n")
        if let caption { html.element("caption", caption) }
        html.markup("<thead><tr>")
        for (column, title) in table.columns.enumerated() {
            guard !title.isEmpty else {
                html.markup("<td></td>")  // a heading that says nothing heads nothing
                continue
            }
            html.markup(isNumeric[column] ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
            html.text(title)
            html.markup("</th>")
        }
        html.markup("</tr></thead>\n<tbody>\n")
        for row in table.rows {
            html.markup("<tr>")
            for (column, text) in row.enumerated() {
                html.markup(column < isNumeric.count && isNumeric[column] ? "<td class=\"number\">" : "<td>")
                html.text(text)
                html.markup("</td>")
            }
            html.markup("</tr>\n")
        }
        html.markup("</tbody>\n</table>\n</div>\n")
    }
}

extension String {
    /// Whether the text is a number or a stroke that stands for none, so that its column is set flush right.
    fileprivate var readsAsNumber: Bool {
        ["", "–", "—"].contains(self) || Double(hasPrefix("−") ? "-\(dropFirst())" : self) != nil
    }
}

extension OutputRenderer {
    /// Returns what a cell showed as its page will have it, before the page is made; `nil` if the page does not show it.
    ///
    /// - Parameters:
    ///   - cell: What the cell showed.
    ///   - lesson: Its lesson.
    ///   - record: What the lesson has shown so far.
    ///   - language: The language of the page.
    package static func html(
        of cell: CellRecord,
        in lesson: Lesson,
        showing record: RunRecord,
        language: String
    ) -> String? {
        guard let written = lesson.cells.first(where: { $0.name == cell.name }), !written.options.isHidden,
            !written.options.isQuiet
        else { return nil }
        let wording = Wording(language: language)
        let outline = Outline(of: lesson, record, wording: wording)
        var names = Names()
        names.add([FinishedLesson(lesson, record)], [outline])
        var additions = ProseRenderer.Additions()
        (additions.outline, additions.names, additions.page) = (outline, names, lesson.path)
        additions.wording = wording
        var html = HTMLBuffer()
        OutputRenderer(
            written,
            cell.outputs,
            numbering: outline.numbers[cell.name] ?? [],
            data: [:],
            additions: additions
        ).write(into: &html)
        return html.string
    }
}
