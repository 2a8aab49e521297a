internal import Lessons
internal import OutputHTML

/// Turns a reference into pages.
struct ReferencePages {
    private let reference: Reference
    private let furniture: PageFurniture
    private let highlight: (String) -> [SyntaxToken]

    /// Makes the pages of a reference in a site's furniture.
    ///
    /// - Parameter highlight: Finds the tokens of a piece of Swift.
    init(
        _ reference: Reference,
        in furniture: PageFurniture,
        highlight: @escaping (String) -> [SyntaxToken]
    ) {
        self.reference = reference
        self.furniture = furniture
        self.highlight = highlight
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
            if let symbol = entry.symbol {
                line(entry.title, at: entry.path, symbol.summary, into: &html)
            } else {
                functions(of: entry, into: &html)
            }
        }
        html.markup("</dl>\n")
        var values = furniture.common(
            path: Reference.path,
            title: wording.name(wording.reference),
            summary: wording.name(wording.referenceSummary)
        )
        values["body"] = html.string
        return Page(path: Reference.path, html: furniture.theme.page("reference", values))
    }

    /// Writes the functions of a module, those of one name once.
    private func functions(of entry: Reference.Entry, into html: inout HTMLBuffer) {
        var seen: Set<String> = []
        for member in entry.groups.flatMap(\.members) {
            let name = member.symbol.plainName
            guard seen.insert(name).inserted else { continue }
            let isFunction = Reference.MemberKind(member.symbol.shortKind) == .functions
            line(
                isFunction ? name + "(…)" : name,
                at: "\(entry.path)#\(member.id)",
                member.symbol.summary,
                into: &html
            )
        }
    }

    private func line(
        _ name: String,
        at address: String,
        _ summary: String,
        into html: inout HTMLBuffer
    ) {
        html.markup("<dt><a href=\"")
        html.address(beside(address))
        html.markup("\"><code>")
        html.text(name)
        html.markup("</code></a></dt>\n<dd>")
        html.text(summary)
        html.markup("</dd>\n")
    }

    /// An address in the reference as its pages, which stand in one folder, say it.
    private func beside(_ address: String) -> Substring {
        address.dropFirst(Reference.folder.utf8.count + 1)
    }

    private func page(_ entry: Reference.Entry) -> Page {
        let wording = furniture.wording
        var html = HTMLBuffer()
        if let symbol = entry.symbol {
            describe(symbol, conformingTo: entry.protocols, into: &html)
        }
        for group in entry.groups {
            html.markup("<h2 id=\"\(group.id)\">")
            html.text(wording.members(group.kind))
            html.markup("</h2>\n")
            for member in group.members {
                html.markup("<section class=\"symbol\" id=\"")
                html.text(member.id)
                html.markup("\">\n<h3><code>")
                heading(member.symbol.title, into: &html)
                html.markup("</code></h3>\n")
                describe(member.symbol, into: &html)
                html.markup("</section>\n")
            }
        }
        var values = furniture.common(
            path: entry.path,
            title: Name(words: entry.symbol == nil ? "\(entry.title): \(wording.functions)" : entry.title),
            summary: entry.symbol.map { Name(words: $0.summary) }
        )
        values["isEntry"] = true
        values["kicker"] = entry.module
        values["body"] = html.string
        values["contents"] = contents(of: entry)
        values["hasContents"] = !entry.groups.isEmpty
        return Page(path: entry.path, html: furniture.theme.page("reference", values))
    }

    /// The members for the side of the page: those of one name once.
    private func contents(of entry: Reference.Entry) -> [[String: String]] {
        entry.groups.flatMap { group in
            var seen: Set<String> = []
            let members = group.members.filter { seen.insert($0.symbol.contentsTitle).inserted }.map {
                member in
                ["id": member.id, "title": member.symbol.contentsTitle, "level": "3"]
            }
            return [["id": group.id, "title": furniture.wording.members(group.kind), "level": "2"]] + members
        }
    }

    /// Writes a name so that it may go on in the next line after each label.
    private func heading(_ name: String, into html: inout HTMLBuffer) {
        for (index, part) in name.split(separator: ":", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { html.markup(":<wbr>") }
            html.text(part)
        }
    }

    private func describe(
        _ symbol: SymbolGraph.Symbol,
        conformingTo protocols: [String] = [],
        into html: inout HTMLBuffer
    ) {
        box(into: &html) { html in
            for fragment in symbol.declaration { write(fragment, into: &html) }
        }
        if !protocols.isEmpty {
            html.markup("<p>")
            html.text(furniture.wording.conformsTo)
            for (index, identifier) in protocols.enumerated() {
                html.markup(index == 0 ? " <a href=\"" : ", <a href=\"")
                html.address(beside(reference.addresses[identifier] ?? ""))
                html.markup("\"><code>")
                html.text(reference.names[identifier] ?? "")
                html.markup("</code></a>")
            }
            html.markup("</p>\n")
        }
        documentation(symbol.documentation, into: &html)
    }

    private func box(into html: inout HTMLBuffer, _ code: (inout HTMLBuffer) -> Void) {
        html.markup("<div class=\"code\"><pre><code class=\"language-swift\">")
        code(&html)
        html.markup("</code></pre></div>\n")
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
            html.address(beside(address))
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
    private func documentation(_ comment: String, into html: inout HTMLBuffer) {
        guard !comment.isEmpty else { return }
        let text = DocumentationComment(comment).markdown
        let source = SourceText(Array(text.utf8), file: "documentation.md")
        var additions = ProseRenderer.Additions()
        additions.wording = furniture.wording
        // What documentation shows without saying in which language is Swift.
        additions.code = { _, text, html in
            box(into: &html) { AnnotatedCode(text, tokens: highlight(text)).write(into: &$0) }
        }
        var prose = ProseRenderer(additions: additions)
        prose.blocks(MarkdownReader(source).document.blocks)
        html.append(prose.html)
    }
}

extension SymbolGraph.Symbol {
    /// The name as a list of members shows it: initializers are all called the same, and have their labels.
    fileprivate var contentsTitle: String {
        shortKind == "init" || !names.title.contains { $0.isLetter } ? title : plainName
    }
}
