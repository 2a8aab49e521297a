package import Lessons

/// Turns the Markdown tree into HTML, byte for byte as libcmark's own renderer does in its safe mode.
///
/// Where a page needs more (ids of headings, colored code, cells) it is said in ``Additions``; without them
/// the output is libcmark's.
package struct ProseRenderer {
    /// What a page adds to plain CommonMark.
    package struct Additions {
        /// The ids of headings, which also get a link to themselves; `nil` for bare headings.
        package var anchors: Anchors?
        /// Writes a fenced block of code; `nil` for libcmark's own form.
        package var code: ((_ info: String, _ text: String, inout HTMLBuffer) -> Void)?
        /// Writes the cell of the given index; without it cells are left out.
        package var cell: ((Int, inout HTMLBuffer) -> Void)?
        /// Writes the value of the expression of the given index; without it expressions are left out.
        package var expression: ((Int, inout HTMLBuffer) -> Void)?
        /// Whether raw HTML is passed through.
        package var allowsRawHTML = false

        /// Nothing is added.
        package init() {}
    }

    /// What was written so far.
    package var html = HTMLBuffer()
    /// The headings met so far, for the table of contents.
    package private(set) var headings: [Heading] = []
    private var additions: Additions

    /// Makes a renderer.
    package init(additions: Additions = Additions()) {
        self.additions = additions
    }

    /// Writes blocks one after the other.
    package mutating func blocks(_ blocks: [Block], inTightList tight: Bool = false) {
        for block in blocks { self.block(block, inTightList: tight) }
    }

    private mutating func block(_ block: Block, inTightList tight: Bool) {
        switch block.content {
        case .paragraph(let inlines):
            paragraph(inlines, tight: tight)
        case .heading(let level, let inlines):
            heading(level: level, inlines)
        case .code(let info, let text):
            html.freshLine()
            if let write = additions.code { write(info, text, &html) } else { code(info: info, text) }
        case .cell(let index):
            html.freshLine()
            additions.cell?(index, &html)
        case .quote(let quoted):
            html.freshLine()
            html.markup("<blockquote>\n")
            blocks(quoted)
            html.freshLine()
            html.markup("</blockquote>\n")
        case .list(let start, let tight, let items):
            list(start: start, tight: tight, items)
        case .thematicBreak:
            html.freshLine()
            html.markup("<hr />\n")
        case .html(let raw):
            html.freshLine()
            html.markup(additions.allowsRawHTML ? raw : "<!-- raw HTML omitted -->")
            html.freshLine()
        case .table(let table):
            self.table(table)
        case .math(let tex):
            html.freshLine()
            html.element("p", class: "math", tex.source)
            html.freshLine()
        case .callout(let callout, let title, let content):
            self.callout(callout, title: title, content)
        case .definitions(let definitions):
            self.definitions(definitions)
        }
    }

    private mutating func paragraph(_ content: [Inline], tight: Bool) {
        guard !tight else { return inlines(content) }
        html.freshLine()
        html.markup("<p>")
        inlines(content)
        html.markup("</p>\n")
    }

    private mutating func heading(level: Int, _ content: [Inline]) {
        html.freshLine()
        guard additions.anchors != nil else {
            html.markup("<h\(level)>")
            inlines(content)
            html.markup("</h\(level)>\n")
            return
        }
        let title = Inline.plainText(content)
        let id = additions.anchors!.claim(for: title)
        headings.append(Heading(level: level, id: id, title: title))
        html.markup("<h\(level) id=\"")
        html.text(id)
        html.markup("\">")
        inlines(content)
        html.markup("<a class=\"anchor\" href=\"#")
        html.address(id)
        html.markup("\" aria-label=\"")
        html.text(title)
        html.markup("\"></a></h\(level)>\n")
    }

    private mutating func code(info: String, _ text: String) {
        html.markup("<pre><code")
        if let language = info.split(whereSeparator: \.isWhitespace).first {
            html.markup(" class=\"language-")
            html.text(language)
            html.markup("\"")
        }
        html.markup(">")
        html.text(text)
        html.markup("</code></pre>\n")
    }

    private mutating func list(start: Int?, tight: Bool, _ items: [[Block]]) {
        html.freshLine()
        switch start {
        case nil: html.markup("<ul>\n")
        case 1: html.markup("<ol>\n")
        case let start?: html.markup("<ol start=\"\(start)\">\n")
        }
        for item in items {
            html.freshLine()
            html.markup("<li>")
            blocks(item, inTightList: tight)
            html.markup("</li>\n")
        }
        html.freshLine()
        html.markup(start == nil ? "</ul>\n" : "</ol>\n")
    }
}

/// A heading of a page.
package struct Heading: Sendable, Hashable {
    /// 1 to 6.
    package var level: Int
    /// Its id in the page.
    package var id: String
    /// Its text without markup.
    package var title: String
}

extension ProseRenderer {
    /// Writes running text.
    package mutating func inlines(_ inlines: [Inline]) {
        for inline in inlines { self.inline(inline) }
    }

    private mutating func inline(_ inline: Inline) {
        switch inline.content {
        case .text(let text):
            html.text(text)
        case .softBreak:
            html.markup("\n")
        case .lineBreak:
            html.markup("<br />\n")
        case .code(let code):
            html.element("code", code)
        case .html(let raw):
            html.markup(additions.allowsRawHTML ? raw : "<!-- raw HTML omitted -->")
        case .emphasis(let content):
            html.markup("<em>")
            inlines(content)
            html.markup("</em>")
        case .strong(let content):
            html.markup("<strong>")
            inlines(content)
            html.markup("</strong>")
        case .link(let destination, let title, let content):
            html.markup("<a href=\"")
            html.address(LinkTarget(destination).isDangerous ? "" : destination)
            titleAttribute(title)
            html.markup("\">")
            inlines(content)
            html.markup("</a>")
        case .image(let source, let title, let alternative):
            html.markup("<img src=\"")
            html.address(LinkTarget(source).isDangerous ? "" : source)
            html.markup("\" alt=\"")
            html.text(Inline.plainText(alternative))
            titleAttribute(title)
            html.markup("\" />")
        case .math(let tex):
            html.element("code", class: "math", tex.source)
        case .expression(let index):
            additions.expression?(index, &html)
        case .footnote(let index):
            footnoteReference(index)
        }
    }

    private mutating func titleAttribute(_ title: String) {
        guard !title.isEmpty else { return }
        html.markup("\" title=\"")
        html.text(title)
    }
}

extension Inline {
    /// The words of running text, as an image's alternative text or a heading's id needs them.
    package static func plainText(_ inlines: [Inline]) -> String {
        inlines.map { inline in
            switch inline.content {
            case .text(let text), .code(let text), .html(let text): text
            case .softBreak, .lineBreak: " "
            case .math(let tex): tex.source
            case .expression, .footnote: ""
            case .emphasis(let content), .strong(let content): plainText(content)
            case .link(_, _, let content), .image(_, _, let content): plainText(content)
            }
        }.joined()
    }
}
