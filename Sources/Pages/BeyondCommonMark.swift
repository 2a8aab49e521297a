package import Lessons

/// What lessons may hold beyond CommonMark: tables, callouts, definitions, footnotes.
extension ProseRenderer {
    /// Writes a table.
    mutating func table(_ table: PipeTable) {
        html.freshLine()
        html.markup("<table>\n<thead>\n")
        row(table.header, of: "th", table.alignments)
        html.markup("</thead>\n")
        if !table.rows.isEmpty {
            html.markup("<tbody>\n")
            for cells in table.rows { row(cells, of: "td", table.alignments) }
            html.markup("</tbody>\n")
        }
        html.markup("</table>\n")
    }

    private mutating func row(_ cells: [[Inline]], of element: String, _ alignments: [PipeTable.Alignment?]) {
        html.markup("<tr>\n")
        for (cell, alignment) in zip(cells, alignments) {
            html.markup(alignment.map { "<\(element) class=\"\($0.rawValue)\">" } ?? "<\(element)>")
            inlines(cell)
            html.markup("</\(element)>\n")
        }
        html.markup("</tr>\n")
    }

    /// Writes a note, an exercise or a solution.
    mutating func callout(_ callout: Callout, title: [Inline], _ content: [Block]) {
        html.freshLine()
        html.markup("<aside class=\"callout \(callout.rawValue)\">\n<p class=\"callout-title\">")
        if title.isEmpty {
            html.text(callout.rawValue.prefix(1).uppercased() + callout.rawValue.dropFirst())
        } else {
            inlines(title)
        }
        html.markup("</p>\n")
        blocks(content)
        html.freshLine()
        html.markup("</aside>\n")
    }

    /// Writes terms and what they mean.
    mutating func definitions(_ definitions: [Definition]) {
        html.freshLine()
        html.markup("<dl>\n")
        for definition in definitions {
            html.markup("<dt id=\"term-")
            html.text(Anchors.slug(Inline.plainText(definition.term)))
            html.markup("\">")
            inlines(definition.term)
            html.markup("</dt>\n<dd>\n")
            blocks(definition.blocks)
            html.freshLine()
            html.markup("</dd>\n")
        }
        html.markup("</dl>\n")
    }

    /// Writes the number of a footnote, linked to it.
    mutating func footnoteReference(_ index: Int) {
        let number = index + 1
        html.markup("<sup><a href=\"#footnote-\(number)\" role=\"doc-noteref\">\(number)</a></sup>")
    }

    /// Writes the footnotes of a lesson.
    package mutating func footnotes(_ footnotes: [Footnote]) {
        guard !footnotes.isEmpty else { return }
        html.freshLine()
        html.markup("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n")
        for (index, footnote) in footnotes.enumerated() {
            html.markup("<li id=\"footnote-\(index + 1)\">\n")
            blocks(footnote.blocks)
            html.freshLine()
            html.markup("</li>\n")
        }
        html.markup("</ol>\n</section>\n")
    }
}
