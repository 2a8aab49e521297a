internal import Foundation
internal import Golden
internal import Lessons
internal import Testing

/// What lessons may hold beyond CommonMark: each text of `Fixtures/markdown`, as the tree that is made of it.
@Suite struct Extensions {
    @Test(arguments: [
        "alerts", "definitions", "east-asian", "footnotes", "formulas", "money", "nested-tables", "tables",
        "together",
    ])
    func tree(_ name: String) throws {
        let markdown = fixture("markdown/\(name).md")
        let parsed = Markdown.parse(SourceText(Array(markdown.utf8), file: name))
        var outline = TreeOutline()
        outline.document(parsed.document)
        let diagnostics = parsed.diagnostics.map { "\($0)\n" }.joined()
        try expectGolden("markdown/\(name).txt", outline.text + diagnostics)
    }
}

/// A tree as indented lines, each with its place.
struct TreeOutline {
    private(set) var text = ""
    private var depth = 0

    mutating func document(_ document: MarkdownDocument) {
        blocks(document.blocks)
        for (index, footnote) in document.footnotes.enumerated() {
            line("footnote \(index) [^\(footnote.label)]", footnote.location) { $0.blocks(footnote.blocks) }
        }
    }

    private mutating func line(
        _ words: String,
        _ place: Lessons.SourceLocation?,
        _ inside: (inout TreeOutline) -> Void = { _ in }
    ) {
        let position = place.map { " @\($0.line ?? 0)" + ($0.column.map { ":\($0)" } ?? "") } ?? ""
        text += String(repeating: "  ", count: depth) + words + position + "\n"
        depth += 1
        inside(&self)
        depth -= 1
    }

    private mutating func blocks(_ blocks: [Block]) {
        for block in blocks { self.block(block) }
    }

    private mutating func block(_ block: Block) {
        let place = block.location
        switch block.content {
        case .paragraph(let inlines): line("paragraph", place) { $0.inlines(inlines) }
        case .heading(let level, let inlines): line("heading \(level)", place) { $0.inlines(inlines) }
        case .code(let info, let text): line("code \(info) \(text.debugDescription)", place)
        case .cell(let index): line("cell \(index)", place)
        case .quote(let blocks): line("quote", place) { $0.blocks(blocks) }
        case .list(_, let tight, let items):
            line(tight ? "tight list" : "loose list", place) { outline in
                for item in items { outline.line("item", nil) { $0.blocks(item) } }
            }
        case .thematicBreak: line("thematic break", place)
        case .html(let html): line("html \(html.debugDescription)", place)
        case .table(let table):
            let alignments = table.alignments.map { $0?.rawValue ?? "none" }.joined(separator: " ")
            line("table \(alignments)", place) { outline in
                for row in [table.header] + table.rows {
                    outline.line("row", nil) { $0.cells(row) }
                }
            }
        case .math(let formula): line("math \(shown(formula))", place)
        case .callout(let callout, let title, let blocks):
            line("callout \(callout.rawValue)", place) { outline in
                if !title.isEmpty { outline.line("title", nil) { $0.inlines(title) } }
                outline.blocks(blocks)
            }
        case .definitions(let definitions):
            line("definitions", place) { outline in
                for definition in definitions {
                    outline.line("term", definition.location) { $0.inlines(definition.term) }
                    outline.line("meaning", nil) { $0.blocks(definition.blocks) }
                }
            }
        }
    }

    private mutating func cells(_ cells: [[Inline]]) {
        for cell in cells { line("cell", nil) { $0.inlines(cell) } }
    }

    private mutating func inlines(_ inlines: [Inline]) {
        for inline in inlines { self.inline(inline) }
    }

    private mutating func inline(_ inline: Inline) {
        let place = inline.location
        switch inline.content {
        case .text(let text): line("text \(text.debugDescription)", place)
        case .softBreak: line("soft break", nil)
        case .lineBreak: line("line break", nil)
        case .code(let code): line("code \(code.debugDescription)", place)
        case .html(let html): line("html \(html.debugDescription)", place)
        case .emphasis(let inner): line("emphasis", place) { $0.inlines(inner) }
        case .strong(let inner): line("strong", place) { $0.inlines(inner) }
        case .link(let destination, let title, let inner):
            line("link \(destination) \(title.debugDescription)", place) { $0.inlines(inner) }
        case .image(let source, let title, let inner):
            line("image \(source) \(title.debugDescription)", place) { $0.inlines(inner) }
        case .math(let formula): line("math \(shown(formula))", place)
        case .expression(let index): line("expression \(index)", place)
        case .footnote(let index): line("footnote \(index)", place)
        }
    }

    private func shown(_ formula: TeX) -> String {
        let places = formula.lines.map { "\($0.line ?? 0):\($0.column ?? 0)" }
        return "\(formula.source.debugDescription) lines \(places.joined(separator: " "))"
    }
}
