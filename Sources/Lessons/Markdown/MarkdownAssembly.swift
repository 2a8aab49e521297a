/// The last step of parsing: formulas, tables and footnotes replace their stand-ins, and the quotes and paragraphs
/// that are written as such become callouts and definitions.
struct MarkdownAssembly: TreeRewriter {
    private let source: SourceText
    private let inserts: [PreparedMarkdown.Insert]
    private let parsed: SeparatedBlocks
    private var diagnostics: [Diagnostic] = []
    /// The footnotes that the text refers to, by their indices in `parsed`, in the order of the references.
    private var referred: [Int] = []

    private init(_ blocks: [Block], _ prepared: PreparedMarkdown) {
        source = prepared.text.source
        inserts = prepared.inserts
        parsed = SeparatedBlocks.separate(blocks, inserts: inserts)
    }

    /// Assembles the document of the blocks that CommonMark made of a prepared text.
    ///
    /// - Returns: The document, and what is wrong in it.
    static func assemble(
        _ blocks: [Block],
        of prepared: PreparedMarkdown
    ) -> (document: MarkdownDocument, diagnostics: [Diagnostic]) {
        var assembly = MarkdownAssembly(blocks, prepared)
        let text = assembly.visit(assembly.parsed.text)
        let document = MarkdownDocument(blocks: text, footnotes: assembly.assembleFootnotes())
        assembly.warnOfUnusedFootnotes()
        return (document, assembly.diagnostics)
    }

    private mutating func report(_ location: SourceLocation, _ message: String, hint: String? = nil) {
        diagnostics.append(source.diagnostic(.markdown, at: location, message, hint: hint))
    }
}

// MARK: - Blocks

extension MarkdownAssembly {
    mutating func visit(_ blocks: [Block]) -> [Block] {
        var result: [Block] = []
        for block in blocks {
            for made in assemble(block) {
                if case .definitions(let more) = made.content,
                    case .definitions(let some)? = result.last?.content
                {
                    result[result.count - 1].content = .definitions(some + more)
                } else {
                    result.append(made)
                }
            }
        }
        return result
    }

    private mutating func assemble(_ block: Block) -> [Block] {
        switch block.content {
        case .paragraph(let inlines): return paragraph(inlines, at: block.location)
        case .quote(let blocks): return [callout(blocks, at: block.location) ?? descend(block)]
        default: return [descend(block)]
        }
    }

    /// The blocks of a paragraph, cut where displayed formulas and tables stand in it.
    private mutating func paragraph(_ inlines: [Inline], at location: SourceLocation) -> [Block] {
        guard inlines.contains(where: \.mayHoldStandIn) else {
            return text(inlines.map { visit($0) }, at: location)
        }
        var blocks: [Block] = []
        var pending: [Inline] = []
        for part in inlines.flatMap({ parts(of: $0) }) {
            switch part {
            case .inline(let inline): pending.append(visit(inline))
            case .insert(let index):
                if let block = displayed(index) {
                    blocks += text(pending, at: blocks.isEmpty ? location : nil)
                    blocks.append(block)
                    pending = []
                } else {
                    pending.append(inline(index))
                }
            }
        }
        return blocks + text(pending, at: blocks.isEmpty ? location : nil)
    }

    /// The block that an insert stands for, if it stands for one.
    private mutating func displayed(_ index: Int) -> Block? {
        switch inserts[index] {
        case .formula(let formula, isDisplayed: true, _, let location):
            return Block(.math(formula), at: location)
        case .table(let alignments, let rows, let location):
            let contents = parsed.cells[index] ?? [:]
            let all = (0..<rows).map { row in alignments.indices.map { visit(contents[[row, $0]] ?? []) } }
            let table = PipeTable(alignments: alignments, header: all[0], rows: Array(all.dropFirst()))
            return Block(.table(table), at: location)
        default:
            return nil
        }
    }

    /// Text between what is displayed, as a paragraph or as definitions.
    private mutating func text(_ inlines: [Inline], at location: SourceLocation?) -> [Block] {
        let inlines = inlines.trimmingBreaks()
        guard let first = inlines.first else { return [] }
        return [definitions(inlines) ?? Block(.paragraph(inlines), at: location ?? first.location)]
    }

    /// A term and the lines below it that start with `: `, or `nil` when no line does.
    private mutating func definitions(_ inlines: [Inline]) -> Block? {
        guard let lines = DefinitionLines(inlines) else { return nil }
        guard !lines.isTermLong else {
            let message = "a definition follows a term of one line"
            report(lines.location, message, hint: "leave a blank line above the term")
            return nil
        }
        let definition = lines.definition
        return Block(.definitions([definition]), at: definition.location)
    }

    /// A quote whose first line is `[!WORD]`, or `[!WORD] Title`.
    private mutating func callout(_ blocks: [Block], at location: SourceLocation) -> Block? {
        guard case .paragraph(let inlines)? = blocks.first?.content, let lines = CalloutLines(inlines)
        else { return nil }
        guard let callout = Callout(rawValue: lines.word.lowercased()) else {
            let known = Callout.allCases.map { $0.rawValue.uppercased() }
            let hint = Spelling.hint(for: lines.word, among: known, shownAs: "legal are")
            report(lines.location, "unknown callout '[!\(lines.word)]'", hint: hint)
            return nil
        }
        let body = lines.body.first.map { [Block(.paragraph(lines.body), at: $0.location)] } ?? []
        let title = visit(lines.title)
        return Block(.callout(callout, title: title, visit(body + blocks.dropFirst())), at: location)
    }
}

// MARK: - Inlines

extension MarkdownAssembly {
    /// An inline, or a stand-in in one.
    private enum Part {
        case inline(Inline)
        case insert(Int)
    }

    private func parts(of inline: Inline) -> [Part] {
        guard case .text(let text) = inline.content else { return [.inline(inline)] }
        var location = inline.location
        return StandIn.split(text).map { part in
            if case .insert(let index) = part, inserts.indices.contains(index) {
                // What follows starts somewhere in this line.
                location = SourceLocation(file: location.file, line: inserts[index].location.line)
                return .insert(index)
            }
            let text = if case .text(let text) = part { text } else { "" }
            return .inline(Inline(.text(text), at: location))
        }
    }

    mutating func visit(_ inlines: [Inline]) -> [Inline] {
        guard inlines.contains(where: \.mayHoldStandIn) else { return inlines.map { visit($0) } }
        return inlines.flatMap { parts(of: $0) }.map { part in
            switch part {
            case .inline(let inline):
                return visit(inline)
            case .insert(let index):
                if let block = displayed(index) {
                    let message = "a displayed formula cannot stand in a heading, a table or marked text"
                    report(block.location, message, hint: "write $…$ for a formula in the text")
                }
                return inline(index)
            }
        }
    }

    mutating func visit(_ inline: Inline) -> Inline {
        var inline = inline
        switch inline.content {
        case .code(let code): inline.content = .code(written(code))
        case .html(let html): inline.content = .html(written(html))
        case .link(let destination, let title, let inlines):
            inline.content = .link(destination: written(destination), title: written(title), visit(inlines))
        case .image(let source, let title, let inlines):
            inline.content = .image(source: written(source), title: written(title), visit(inlines))
        default: return descend(inline)
        }
        return inline
    }

    /// The inline that a stand-in in running text becomes.
    private mutating func inline(_ index: Int) -> Inline {
        switch inserts[index] {
        case .formula(let formula, _, _, let location):
            return Inline(.math(formula), at: location)
        case .reference(let label, let location):
            return Inline(reference(to: label, at: location), at: location)
        case .table, .footnote, .cell:
            return Inline(.text(""), at: inserts[index].location)
        }
    }

    /// A text that is no prose, with what its author wrote in place of stand-ins.
    private func written(_ text: String) -> String {
        guard StandIn.mayStand(in: text) else { return text }
        return StandIn.split(text).map { part in
            switch part {
            case .text(let text): text
            case .insert(let index): inserts.indices.contains(index) ? inserts[index].written : ""
            }
        }.joined()
    }
}

// MARK: - Footnotes

extension MarkdownAssembly {
    private mutating func reference(to label: String, at location: SourceLocation) -> Inline.Content {
        let labels = parsed.footnotes.map(\.label)
        guard let note = labels.firstIndex(of: label.lowercased()) else {
            let nearest = Spelling.nearest(to: label, among: labels)
            let hint = nearest.map { "did you mean '[^\($0)]'?" } ?? "write it below: [^\(label)]: …"
            report(location, "there is no footnote '\(label)'", hint: hint)
            return .text("[^\(label)]")
        }
        if let number = referred.firstIndex(of: note) { return .footnote(number) }
        referred.append(note)
        return .footnote(referred.count - 1)
    }

    private mutating func assembleFootnotes() -> [Footnote] {
        var footnotes: [Footnote] = []
        // Footnotes may refer to further ones.
        while footnotes.count < referred.count {
            var footnote = parsed.footnotes[referred[footnotes.count]]
            footnote.blocks = visit(footnote.blocks)
            footnotes.append(footnote)
        }
        return footnotes
    }

    private mutating func warnOfUnusedFootnotes() {
        let labels = parsed.footnotes.map(\.label)
        for (index, note) in parsed.footnotes.enumerated() where !referred.contains(index) {
            // One that is written twice was reported as such.
            guard labels.firstIndex(of: note.label) == index else { continue }
            report(note.location, "nothing refers to the footnote '\(note.label)'")
            diagnostics[diagnostics.count - 1].severity = .warning
        }
    }
}

extension Inline {
    fileprivate var mayHoldStandIn: Bool {
        guard case .text(let text) = content else { return false }
        return StandIn.mayStand(in: text)
    }
}
