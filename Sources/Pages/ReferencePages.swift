internal import Lessons

/// Turns a reference into pages.
struct ReferencePages {
    private let reference: Reference
    private let furniture: PageFurniture

    /// Makes the pages of a reference in a site's furniture.
    init(_ reference: Reference, in furniture: PageFurniture) {
        self.reference = reference
        self.furniture = furniture
    }

    /// All pages: the one that lists all first; none for an empty reference.
    var pages: [Page] {
        reference.isEmpty ? [] : [list] + reference.entries.map(page)
    }

    private var list: Page {
        let wording = furniture.wording
        var html = HTMLBuffer()
        var module: String?
        for entry in reference.entries {
            if entry.module != module {
                if module != nil { html.markup("</dl>\n") }
                module = entry.module
                html.element("h2", entry.module)
                html.markup("\n<dl class=\"symbols\">\n")
            }
            html.markup("<dt><a href=\"")
            html.address(entry.path)
            html.markup("\"><code>")
            html.text(entry.symbol == nil && entry.title == entry.module ? wording.functions : entry.title)
            html.markup("</code></a></dt>\n<dd>")
            html.text(entry.symbol?.summary ?? "")
            html.markup("</dd>\n")
        }
        html.markup("</dl>\n")
        var values = furniture.common(
            path: Reference.path,
            title: wording.reference,
            summary: wording.referenceSummary
        )
        values["body"] = html.string
        return Page(path: Reference.path, html: furniture.theme.page("reference", values))
    }

    private func page(_ entry: Reference.Entry) -> Page {
        let wording = furniture.wording
        var html = HTMLBuffer()
        if let symbol = entry.symbol { describe(symbol, into: &html) }
        for (kind, members) in entry.groups {
            html.element("h2", wording.members(kind))
            html.markup("\n")
            for member in members {
                html.markup("<section class=\"symbol\" id=\"")
                html.text(member.id)
                html.markup("\">\n<h3><code>")
                html.text(
                    member.symbol.pathComponents.dropFirst(entry.symbol == nil ? 0 : 1).joined(separator: ".")
                )
                html.markup("</code></h3>\n")
                describe(member.symbol, into: &html)
                html.markup("</section>\n")
            }
        }
        var values = furniture.common(
            path: entry.path,
            title: entry.title,
            summary: entry.symbol?.summary ?? ""
        )
        values["summary"] = nil
        values["kicker"] = entry.module
        values["body"] = html.string
        return Page(path: entry.path, html: furniture.theme.page("reference", values))
    }

    private func describe(_ symbol: SymbolGraph.Symbol, into html: inout HTMLBuffer) {
        html.markup("<div class=\"code\"><pre tabindex=\"0\"><code class=\"language-swift\">")
        for fragment in symbol.declarationFragments ?? [] { write(fragment, into: &html) }
        html.markup("</code></pre></div>\n")
        documentation(symbol.documentation, into: &html)
    }

    private func write(_ fragment: SymbolGraph.Symbol.Fragment, into html: inout HTMLBuffer) {
        let style: String? =
            switch fragment.kind {
            case "keyword": "k"
            case "typeIdentifier", "genericParameter": "t"
            case "number": "n"
            case "string": "s"
            case "attribute": "a"
            default: nil
            }
        let address = fragment.preciseIdentifier.flatMap { reference.addresses[$0] }
        if let address {
            html.markup("<a href=\"")
            html.address(address)
            html.markup("\"")
        } else if style != nil {
            html.markup("<span")
        } else {
            return html.text(fragment.spelling)
        }
        html.markup(style.map { " class=\"\($0)\">" } ?? ">")
        html.text(fragment.spelling)
        html.markup(address == nil ? "</span>" : "</a>")
    }

    /// Writes a documentation comment, which is Markdown of the plain kind; links of its own are left to their text.
    private func documentation(_ markdown: String, into html: inout HTMLBuffer) {
        guard !markdown.isEmpty else { return }
        let read = Lesson.read("---\ntitle: Documentation\n---\n" + markdown + "\n", file: "documentation.md")
        guard let lesson = read.lesson else {
            html.element("p", markdown)
            return html.markup("\n")
        }
        var prose = ProseRenderer()
        prose.blocks(lesson.document.blocks)
        html.markup(prose.html.string)
    }
}
