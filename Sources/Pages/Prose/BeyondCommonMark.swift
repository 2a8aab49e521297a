internal import Lessons
internal import OutputHTML

/// Markdown beyond CommonMark: tables, callouts, definitions, footnotes.
extension ProseRenderer {
    /// Writes a table.
    mutating func table(_ table: PipeTable) {
        html.freshLine()
        html.markup("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        html.text(table.header.map(context.plainText.words).filter { !$0.isEmpty }.joined(separator: ", "))
        html.markup("\"><table>\n<thead>\n")
        row(table.header, of: "th", table.alignments)
        html.markup("</thead>\n")
        if !table.rows.isEmpty {
            html.markup("<tbody>\n")
            for cells in table.rows { row(cells, of: "td", table.alignments) }
            html.markup("</tbody>\n")
        }
        html.markup("</table></div>\n")
    }

    private mutating func row(_ cells: [[Inline]], of element: String, _ alignments: [PipeTable.Alignment?]) {
        html.markup("<tr>\n")
        for (cell, alignment) in zip(cells, alignments) {
            let element = cell.isEmpty ? "td" : element  // a heading that says nothing heads nothing
            html.markup(alignment.map { "<\(element) class=\"\($0.rawValue)\">" } ?? "<\(element)>")
            inlines(cell)
            html.markup("</\(element)>\n")
        }
        html.markup("</tr>\n")
    }

    /// Writes a callout: a note, an exercise, or a solution, which is folded.
    mutating func callout(_ callout: Callout, title: [Inline], _ content: [Block]) {
        html.freshLine()
        let (box, heading) = callout == .solution ? ("details", "summary") : ("aside", "p")
        html.markup("<\(box) class=\"callout \(callout.rawValue)\">\n<\(heading) class=\"callout-title\">")
        html.append(context.wording.marked(context.wording.callout(callout)).content)
        if !title.isEmpty {
            html.markup(" <span>")
            inlines(title)
            html.markup("</span>")
        }
        html.markup("</\(heading)>\n")
        blocks(content)
        html.freshLine()
        html.markup("</\(box)>\n")
    }

    /// Writes terms with their definitions.
    mutating func definitions(_ definitions: [Definition]) {
        html.freshLine()
        html.markup("<dl>\n")
        for definition in definitions {
            html.markup("<dt")
            if let id = context.outline?.ids[definition.location] {
                html.markup(" id=\"")
                html.text(id)
                html.markup("\"")
            }
            html.markup("><dfn>")
            inlines(definition.term)
            html.markup("</dfn></dt>\n<dd>\n")
            blocks(definition.blocks)
            html.freshLine()
            html.markup("</dd>\n")
        }
        html.markup("</dl>\n")
    }

    /// Writes the number of a footnote, linked to it.
    mutating func footnoteReference(_ index: Int) {
        let number = index + 1
        html.markup("<sup class=\"mark\"><a href=\"#footnote-\(number)\" role=\"doc-noteref\" aria-label=\"")
        html.text(context.wording.footnote(number))
        html.markup("\"\(context.wording.attributes)>\(number)</a></sup>")
    }

    /// The footnotes that a paragraph is the first to refer to.
    func marginNotes(of content: [Inline]) -> [Int] {
        var notes: [Int] = []
        func collect(_ inlines: [Inline]) {
            for inline in inlines {
                switch inline.content {
                case .footnote(let index) where context.footnotes.indices.contains(index):
                    if !placedFootnotes.contains(index), !notes.contains(index) { notes.append(index) }
                case .emphasis(let inner), .strong(let inner), .link(_, _, let inner): collect(inner)
                default: break
                }
            }
        }
        collect(content)
        return notes
    }

    /// Writes a footnote as a note beside its paragraph.
    mutating func marginNote(_ index: Int) {
        placedFootnotes.insert(index)
        html.markup("<aside class=\"note\" role=\"note\" id=\"footnote-\(index + 1)\">\n")
        html.markup("<span class=\"mark\" aria-hidden=\"true\">\(index + 1)</span>\n")
        blocks(context.footnotes[index].blocks)
        html.freshLine()
        html.markup("</aside>\n")
    }

    /// Writes the footnotes that no paragraph has beside it, such as those of lists and tables.
    package mutating func remainingFootnotes() {
        let rest = context.footnotes.indices.filter { !placedFootnotes.contains($0) }
        guard !rest.isEmpty else { return }
        html.freshLine()
        html.markup("<section class=\"footnotes\" id=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n")
        for index in rest {
            html.markup("<li id=\"footnote-\(index + 1)\" value=\"\(index + 1)\">\n")
            blocks(context.footnotes[index].blocks)
            html.freshLine()
            html.markup("</li>\n")
        }
        html.markup("</ol>\n</section>\n")
    }
}
