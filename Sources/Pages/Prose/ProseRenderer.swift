package import Lessons
package import OutputHTML

/// Turns the Markdown tree into HTML, byte for byte as libcmark's own renderer does in its safe mode.
///
/// Where a page needs more (ids of headings, colored code, cells) it is said in ``Additions``; without them
/// the output is libcmark's.
package struct ProseRenderer {
    /// What a page adds to plain CommonMark.
    package struct Additions {
        /// The ids of headings and terms; `nil` for bare headings.
        package var outline: Outline?
        /// The path of the page.
        package var page = ""
        /// What links without text lead to.
        package var names = Names()
        /// The values of the lesson's expressions.
        package var values: [String] = []
        /// Whether the text stands for something that is elsewhere: it has no links, pictures and notes then.
        package var isName = false
        /// The words for what a page says on its own.
        package var wording = Wording(language: "en")
        /// The footnotes; those of a paragraph stand in the margin beside it.
        package var footnotes: [Footnote] = []
        /// The terms that any lesson may refer to.
        package var glossary = Glossary()
        /// Writes a fenced block of code; `nil` for libcmark's own form.
        package var code: ((_ info: String, _ text: String, inout HTMLBuffer) -> Void)?
        /// Writes the cell of the given index; without it cells are left out.
        package var cell: ((Int, inout HTMLBuffer) -> Void)?
        /// Whether raw HTML is passed through.
        package var allowsRawHTML = false

        /// Nothing is added.
        package init() {}

        /// What makes plain words of the same prose.
        var plainText: PlainText {
            var plainText = PlainText()
            plainText.values = values
            plainText.name = { [names, page] in names[$0, on: page]?.words }
            return plainText
        }
    }

    /// What was written so far.
    package var html = HTMLBuffer()
    /// The links and images met so far.
    package internal(set) var links: [LinkUse] = []
    /// Where raw HTML was met.
    package private(set) var rawHTML: [SourceLocation] = []
    /// What is wrong with the formulas met so far.
    package private(set) var formulaTroubles: [Diagnostic] = []
    /// The footnotes that stand in the margin already.
    var placedFootnotes: Set<Int> = []

    let additions: Additions
    private var depth = 0

    /// Makes a renderer.
    package init(additions: Additions = Additions()) {
        self.additions = additions
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
        if additions.allowsRawHTML { html.authored(text) } else { html.markup("<!-- raw HTML omitted -->") }
    }

    private mutating func formula(_ tex: TeX, isDisplayed: Bool) {
        let formula = MathML.render(tex, isDisplayed: isDisplayed)
        html.append(formula.html)
        formulaTroubles += formula.diagnostics
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
        guard let id = additions.outline?.ids[location] else {
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
        html.text(additions.wording.linkTo(additions.plainText.words(of: content)))
        html.markup("\"\(additions.wording.attributes)></a></h\(level)>\n")
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

extension ProseRenderer {
    /// Writes running text.
    package mutating func inlines(_ inlines: [Inline]) {
        for inline in inlines { self.inline(inline) }
    }

    /// Running text that stands outside of the prose, as HTML.
    mutating func phrase(_ phrase: Phrase) -> String {
        let before = html
        html = HTMLBuffer()
        inlines(phrase.inlines)
        defer { html = before }
        return html.string
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
            if additions.isName { return }
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
        case .image(_, _, let alternative) where additions.isName:
            html.text(additions.plainText.words(of: alternative))
        case .image(let source, let title, let alternative):
            links.append(LinkUse(target: source, kind: .image, location: inline.location))
            html.markup("<img src=\"")
            html.address(LinkTarget(source).isDangerous ? "" : source)
            html.markup("\" alt=\"")
            html.text(additions.plainText.words(of: alternative))
            titleAttribute(title)
            html.markup("\" />")
        case .math(let tex):
            formula(tex, isDisplayed: false)
        case .expression(let index):
            guard additions.values.indices.contains(index) else { return }
            html.element("span", class: "computed", additions.values[index])
        case .footnote(let index):
            if !additions.isName { footnoteReference(index) }
        }
    }

    private mutating func link(
        to destination: String,
        title: String,
        _ content: [Inline],
        at location: SourceLocation
    ) {
        let name =
            additions.plainText.isBare(content) ? additions.names[destination, on: additions.page] : nil
        if additions.isName {
            return if let name { html.append(name.content) } else { inlines(content) }
        }
        let isBare = name == nil && additions.plainText.isBare(content) && !holdsHTML(content)
        links.append(LinkUse(target: destination, kind: .link, location: location, isBare: isBare))
        let term = term(of: destination)
        html.markup("<a href=\"")
        html.address(term.map { "\(Glossary.path)#\($0.id)" } ?? address(destination))
        titleAttribute(title)
        if let term {
            html.markup("\" data-meaning=\"")
            html.text(term.meaning.words)
        }
        html.markup("\">")
        if let name { html.append(name.content) } else { inlines(content) }
        // A build with such a link is refused; what is shown until then can be followed, too.
        if isBare, additions.outline != nil { html.text(LinkTarget(destination).fragment ?? destination) }
        html.markup("</a>")
    }

    /// Whether raw HTML that is passed through stands in running text, of which nobody knows what it shows.
    private func holdsHTML(_ content: [Inline]) -> Bool {
        additions.allowsRawHTML
            && content.contains { inline in
                switch inline.content {
                case .html: true
                case .emphasis(let inner), .strong(let inner): holdsHTML(inner)
                default: false
                }
            }
    }

    /// The target of a link as it stands in the page: lessons are linked by their files, and found by their pages.
    private func address(_ destination: String) -> String {
        let target = LinkTarget(destination)
        if target.isDangerous { return "" }
        return additions.outline == nil ? destination : target.addressInSite
    }

    /// The term that `#term-…` refers to, when another lesson defines it.
    private func term(of destination: String) -> Glossary.Term? {
        guard destination.hasPrefix("#term-"), let id = LinkTarget(destination).fragment,
            additions.outline?.targets.contains(id) == false
        else { return nil }
        return additions.glossary[id]
    }

    private mutating func titleAttribute(_ title: String) {
        guard !title.isEmpty else { return }
        html.markup("\" title=\"")
        html.text(title)
    }
}
