package import Lessons
package import OutputHTML

/// Writes the Markdown tree as HTML, byte for byte as libcmark's own renderer does in its safe mode.
///
/// Additions of a page, such as ids of headings, colored code and cells, are in its ``ProseContext``.
package struct ProseRenderer {
    /// The HTML written so far.
    package var html = HTMLBuffer()
    /// The links and images met so far.
    package internal(set) var links: [LinkUse] = []
    /// The locations of raw HTML.
    package private(set) var rawHTML: [SourceLocation] = []
    /// The mistakes in the formulas met so far.
    package private(set) var formulaDiagnostics: [Diagnostic] = []
    /// The footnotes that stand in the margin already.
    var placedFootnotes: Set<Int> = []

    let context: ProseContext
    private var depth = 0

    /// Makes a renderer.
    package init(in context: ProseContext = ProseContext()) {
        self.context = context
    }

    /// Writes blocks one after the other.
    package mutating func blocks(_ blocks: [Block], inTightList tight: Bool = false) {
        depth += 1
        for block in blocks { self.block(block, inTightList: tight) }
        depth -= 1
    }

    private mutating func block(_ block: Block, inTightList tight: Bool) {
        switch block.content {
        case .paragraph(let inlines):
            paragraph(inlines, tight: tight)
        case .heading(let level, let inlines):
            heading(level: level, inlines, at: block.location)
        case .code(let info, let text):
            html.freshLine()
            if let write = context.code { write(info, text, &html) } else { code(info: info, text) }
        case .cell(let index):
            html.freshLine()
            context.cell?(index, &html)
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
            rawHTML.append(block.location)
            html.freshLine()
            self.raw(raw)
            html.freshLine()
        case .table(let table):
            self.table(table)
        case .math(let tex):
            html.freshLine()
            html.markup("<div class=\"math\" tabindex=\"0\">")
            formula(tex, isDisplayed: true)
            html.markup("</div>\n")
        case .callout(let callout, let title, let content):
            self.callout(callout, title: title, content)
        case .definitions(let definitions):
            self.definitions(definitions)
        }
    }

    private mutating func raw(_ text: String) {
        if context.allowsRawHTML {
            html.authored(text)
        } else {
            html.markup("<!-- raw HTML omitted -->")
        }
    }

    private mutating func formula(_ tex: TeX, isDisplayed: Bool) {
        let formula = MathML.render(tex, isDisplayed: isDisplayed)
        html.append(formula.html)
        formulaDiagnostics += formula.diagnostics
    }

    private mutating func paragraph(_ content: [Inline], tight: Bool) {
        guard !tight else { return inlines(content) }
        let notes = depth == 1 ? marginNotes(of: content) : []
        html.freshLine()
        if !notes.isEmpty { html.markup("<div class=\"annotated\">\n") }
        html.markup("<p>")
        inlines(content)
        html.markup("</p>\n")
        if !notes.isEmpty {
            for note in notes { marginNote(note) }
            html.markup("</div>\n")
        }
    }

    private mutating func heading(level: Int, _ content: [Inline], at location: SourceLocation) {
        html.freshLine()
        guard let id = context.outline?.ids[location] else {
            html.markup("<h\(level)>")
            inlines(content)
            html.markup("</h\(level)>\n")
            return
        }
        html.markup("<h\(level) id=\"")
        html.text(id)
        html.markup("\">")
        inlines(content)
        html.markup("<a class=\"anchor\" href=\"#")
        html.address(id)
        html.markup("\" aria-label=\"")
        html.text(context.wording.linkTo(context.plainText.words(of: content)))
        html.markup("\"\(context.wording.attributes)></a></h\(level)>\n")
    }

    private mutating func code(info: String, _ text: String) {
        html.markup("<pre><code")
        if let language = info.split(whereSeparator: \.isWhitespace).first {
            html.markup(" class=\"language-")
            html.text(String(language))
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

extension ProseRenderer {
    /// Writes running text.
    package mutating func inlines(_ inlines: [Inline]) {
        for inline in inlines { self.inline(inline) }
    }

    /// Returns a phrase that stands outside of the prose as HTML; its links are noted here.
    mutating func phrase(_ phrase: Phrase) -> HTMLBuffer {
        let before = html
        html = HTMLBuffer()
        inlines(phrase.inlines)
        defer { html = before }
        return html
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
            if context.isReference { return }
            rawHTML.append(inline.location)
            self.raw(raw)
        case .emphasis(let content):
            html.markup("<em>")
            inlines(content)
            html.markup("</em>")
        case .strong(let content):
            html.markup("<strong>")
            inlines(content)
            html.markup("</strong>")
        case .link(let destination, let title, let content):
            link(to: destination, title: title, content, at: inline.location)
        case .image(_, _, let alternative) where context.isReference || context.top != nil:
            html.text(context.plainText.words(of: alternative))
        case .image(let source, let title, let alternative):
            links.append(LinkUse(target: source, kind: .image, location: inline.location))
            image(source, title: title, alternative)
        case .math(let tex):
            formula(tex, isDisplayed: false)
        case .expression(let index):
            guard context.values.indices.contains(index) else { return }
            html.element("span", class: "computed", context.values[index])
        case .footnote(let index):
            if !context.isReference { footnoteReference(index) }
        }
    }

    private mutating func image(_ source: String, title: String, _ alternative: [Inline]) {
        html.markup("<img src=\"")
        html.address(LinkTarget(source).isDangerous ? "" : source)
        html.markup("\" alt=\"")
        html.text(context.plainText.words(of: alternative))
        titleAttribute(title)
        html.markup("\" />")
    }

    private mutating func link(
        to destination: String,
        title: String,
        _ content: [Inline],
        at location: SourceLocation
    ) {
        let isEmpty = context.plainText.isBare(content)
        let reference = isEmpty ? context.references[destination, on: context.page] : nil
        if context.isReference {
            return if let reference { html.append(reference.content) } else { inlines(content) }
        }
        let isBare = isEmpty && reference == nil && !holdsHTML(content)
        links.append(LinkUse(target: destination, kind: .link, location: location, isBare: isBare))
        let term = term(of: destination)
        html.markup("<a href=\"")
        html.address(
            term.map { RelativePath.written("\(Glossary.path)#\($0.id)", from: context.page) }
                ?? address(destination)
        )
        titleAttribute(title)
        if let term {
            html.markup("\" data-meaning=\"")
            html.text(term.meaning.words)
        }
        html.markup("\">")
        if let reference { html.append(reference.content) } else { inlines(content) }
        // Shown in previews alone: a build with such a link is refused.
        if isBare, context.outline != nil { html.text(LinkTarget(destination).fragment ?? destination) }
        html.markup("</a>")
    }

    /// Whether running text holds raw HTML that is passed through, and so may show anything.
    private func holdsHTML(_ content: [Inline]) -> Bool {
        context.allowsRawHTML
            && content.contains { inline in
                switch inline.content {
                case .html: true
                case .emphasis(let inner), .strong(let inner): holdsHTML(inner)
                default: false
                }
            }
    }

    /// The target of a link as the page has it: lessons are linked by their files, and found at their pages.
    private func address(_ destination: String) -> String {
        let target = LinkTarget(destination)
        if target.isDangerous { return "" }
        if let top = context.top { return (target.scheme == nil ? top : "") + target.addressInSite }
        return context.outline == nil ? destination : target.addressInSite
    }

    /// The term of a target `#term-…` that another lesson defines.
    private func term(of destination: String) -> Glossary.Term? {
        guard destination.hasPrefix("#term-"), let id = LinkTarget(destination).fragment,
            context.outline?.targets.contains(id) == false
        else { return nil }
        return context.glossary[id]
    }

    private mutating func titleAttribute(_ title: String) {
        guard !title.isEmpty else { return }
        html.markup("\" title=\"")
        html.text(title)
    }
}
