package import Records

/// Writes what a cell showed, in the order in which it did.
package struct OutputRenderer {
    private let wording: Wording

    /// Makes a renderer that speaks the page's language.
    package init(wording: Wording) {
        self.wording = wording
    }

    /// Writes the outputs of one cell.
    package func outputs(_ outputs: [Output], into html: inout HTMLBuffer) {
        html.markup("<div class=\"output\">\n")
        for output in outputs {
            switch output {
            case .text(let text): printed(text, style: "printed", into: &html)
            case .value(let text): printed(text, style: "value", into: &html)
            case .table(let table): framed(table, into: &html)
            case .figure(let figure): self.figure(figure, into: &html)
            }
        }
        html.markup("</div>\n")
    }

    private func printed(_ text: String, style: String, into html: inout HTMLBuffer) {
        let shown = text.hasSuffix("\n") ? String(text.dropLast()) : text
        html.markup("<pre class=\"\(style)\"")
        html.markup(shown.mayOverflow ? " tabindex=\"0\">" : ">")
        // HTML drops a line ending right after the tag.
        html.markup(shown.hasPrefix("\n") ? "\n<samp>" : "<samp>")
        html.text(shown)
        html.markup("</samp></pre>\n")
    }

    private func framed(_ table: Table, into html: inout HTMLBuffer) {
        html.markup("<figure class=\"tabular\">\n")
        caption(table.caption, into: &html)
        self.table(table, label: table.caption ?? table.columns.joined(separator: ", "), into: &html)
        html.markup("</figure>\n")
    }

    private func figure(_ figure: Figure, into html: inout HTMLBuffer) {
        html.markup("<figure class=\"drawing\">\n")
        html.markup(figure.svg)
        html.freshLine()
        caption(figure.caption, into: &html)
        html.markup("</figure>\n")
        if let data = figure.data {
            html.markup("<details class=\"data\"><summary>")
            html.text(wording.showData)
            html.markup("</summary>\n")
            table(data, label: figure.title, into: &html)
            html.markup("</details>\n")
        }
    }

    private func caption(_ caption: String?, into html: inout HTMLBuffer) {
        guard let caption else { return }
        html.element("figcaption", caption)
        html.markup("\n")
    }

    /// Writes a table in a box of its own that scrolls when the screen is narrow.
    private func table(_ table: Table, label: String, into html: inout HTMLBuffer) {
        let isNumeric = table.columns.indices.map { column in
            !table.rows.isEmpty && table.rows.allSatisfy { column < $0.count && $0[column].readsAsNumber }
        }
        html.markup("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        html.text(label)
        html.markup("\">\n<table>\n<thead><tr>")
        for (column, title) in table.columns.enumerated() {
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
    /// Whether the text is a number or one of the words that stand for none, so that its column is set flush right.
    var readsAsNumber: Bool {
        Double(self) != nil || ["", "–", "—"].contains(self)
    }
}
