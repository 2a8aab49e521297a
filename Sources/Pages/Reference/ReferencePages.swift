internal import Lessons
internal import OutputHTML

/// Renders the pages of a reference.
struct ReferencePages: Sendable {
    private let reference: Reference
    private let site: SiteContext
    private let highlight: @Sendable (String) -> [SyntaxToken]

    /// Makes the renderer of a reference.
    ///
    /// - Parameter highlight: Finds the tokens of a piece of Swift.
    init(
        _ reference: Reference,
        in site: SiteContext,
        highlight: @escaping @Sendable (String) -> [SyntaxToken]
    ) {
        self.reference = reference
        self.site = site
        self.highlight = highlight
    }

    /// Renders all pages, first the one that lists all; none for an empty reference.
    func render() -> [SiteFile] {
        reference.isEmpty ? [] : [renderList()] + reference.entries.concurrentMap { render($0) }
    }

    private func renderList() -> SiteFile {
        let wording = site.wording
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
        var fields = site.fields(
            path: Reference.path,
            title: wording.marked(wording.reference),
            summary: wording.marked(wording.referenceSummary)
        )
        fields["body"] = html.string
        return SiteFile(Reference.path, site.theme.render("reference", with: fields))
    }

    /// Writes the functions of a module, overloads once.
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

    /// An address in the reference, relative to the folder of its pages.
    private func beside(_ address: String) -> String {
        String(address.dropFirst(Reference.folder.utf8.count + 1))
    }

    private func render(_ entry: Reference.Entry) -> SiteFile {
        let wording = site.wording
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
        var fields = site.fields(
            path: entry.path,
            title: RenderedText(
                words: entry.symbol == nil ? "\(entry.title): \(wording.functions)" : entry.title
            ),
            summary: entry.symbol.map { RenderedText(words: $0.summary) }
        )
        fields["isEntry"] = true
        fields["kicker"] = entry.module
        fields["body"] = html.string
        fields["contents"] = contents(of: entry)
        fields["hasContents"] = !entry.groups.isEmpty
        return SiteFile(entry.path, site.theme.render("reference", with: fields))
    }

    /// The fields of the page's contents, overloads once.
    private func contents(of entry: Reference.Entry) -> [[String: String]] {
        entry.groups.flatMap { group in
            var seen: Set<String> = []
            let members = group.members.filter { seen.insert($0.symbol.contentsTitle).inserted }.map {
                member in
                ["id": member.id, "title": member.symbol.contentsTitle, "level": "3"]
            }
            return [["id": group.id, "title": site.wording.members(group.kind), "level": "2"]] + members
        }
    }

    /// Writes a name that may break after each label.
    private func heading(_ name: String, into html: inout HTMLBuffer) {
        for (index, part) in name.split(separator: ":", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { html.markup(":<wbr>") }
            html.text(String(part))
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
            html.text(site.wording.conformsTo)
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

    /// Writes a documentation comment, which is Markdown; links to symbols stay text.
    private func documentation(_ comment: String, into html: inout HTMLBuffer) {
        guard !comment.isEmpty else { return }
        let text = DocumentationComment(comment).markdown
        let source = SourceText(Array(text.utf8), file: "documentation.md")
        var context = ProseContext()
        context.wording = site.wording
        // Code of documentation without a language is Swift.
        context.code = { _, text, html in
            box(into: &html) { AnnotatedCode(text, tokens: highlight(text)).write(into: &$0) }
        }
        var prose = ProseRenderer(in: context)
        prose.blocks(Markdown.parse(source).document.blocks)
        html.append(prose.html)
    }
}

extension SymbolGraph.Symbol {
    /// The name in the contents: initializers, which share one, with their labels.
    fileprivate var contentsTitle: String {
        shortKind == "init" || !names.title.contains { $0.isLetter } ? title : plainName
    }
}
