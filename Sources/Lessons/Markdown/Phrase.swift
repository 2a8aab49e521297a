/// Running text that stands outside of a lesson's prose: a title, a summary, a goal, a caption. It is Markdown without
/// blocks: `*`, backticks, links and `$…$` mean what they mean in a paragraph, and what looks like HTML is text.
public struct Phrase: Sendable {
    /// What its author wrote.
    public let source: String
    /// What that says.
    public let inlines: [Inline]

    /// Reads a phrase that stands in no file; one with a mistake in it is taken as it is written.
    public init(_ source: String) {
        let read = Phrase.read(source, at: SourceLocation(file: ""), in: SourceText([], file: ""))
        self = read.diagnostics.isEmpty ? read.phrase : Phrase(plain: source)
    }

    /// A phrase that is shown as it is.
    package init(plain text: String) {
        self.init(source: text, inlines: [Inline(.text(text), at: SourceLocation(file: ""))])
    }

    private init(source: String, inlines: [Inline]) {
        self.source = source
        self.inlines = inlines
    }

    /// Reads a phrase of a file.
    ///
    /// - Parameters:
    ///   - text: What its author wrote, freed of the quotes and escapes that YAML or an info string ask for.
    ///   - place: Where it starts, with the quote.
    ///   - source: The file.
    /// - Returns: The phrase, and what is wrong with it.
    static func read(_ text: String, at place: SourceLocation, in source: SourceText) -> (
        phrase: Phrase, diagnostics: [Diagnostic]
    ) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let start = exactStart(of: line, at: place, in: source)
        // No block starts with this blank, which leaves the marks of inlines what they are at the start of a line.
        var markdown = MarkdownText(source, from: source.lines.count + 1)
        let bytes = Array((margin + line).utf8)
        let piece = MarkdownText.Piece(
            start: margin.utf8.count,
            line: place.line ?? 1,
            column: start ?? place.column ?? 1
        )
        markdown.lines = [MarkdownText.Line(bytes: bytes, pieces: [piece])]
        let preparation = MarkdownPreparation(markdown)
        let converter = CommonMarkConverter(preparation.text)
        let assembly = MarkdownAssembly(converter.blocks, preparation)
        var settling = Settling(place: start == nil ? place : nil)
        var inlines: [Inline] = []
        for block in assembly.document.blocks {
            switch block.content {
            case .paragraph(let text): inlines += settling.visit(text)
            case .math(let formula):
                inlines.append(settling.visit(Inline(.math(formula), at: block.location)))
            default: break
            }
        }
        if case .text(let first)? = inlines.first?.content, first.hasPrefix(margin) {
            let rest = String(first.dropFirst(margin.count))
            inlines[0].content = .text(rest)
            if rest.isEmpty { inlines.removeFirst() }
        }
        let notes = preparation.inserts.compactMap { insert in
            if case .reference(_, let place) = insert { place } else { nil }
        }
        var diagnostics = preparation.diagnostics + converter.diagnostics
        if notes.isEmpty { diagnostics += assembly.diagnostics }
        for (what, places) in [("an expression", settling.expressions), ("a footnote", notes)] {
            diagnostics += places.map { place in
                source.diagnostic(
                    .markdown,
                    line: place.line ?? 1,
                    column: place.column,
                    "\(what) cannot stand in a title, a summary, a goal or a caption",
                    hint: "put it into the text"
                )
            }
        }
        if start == nil {
            for index in diagnostics.indices { diagnostics[index].location = place }
        }
        return (Phrase(source: text, inlines: inlines), diagnostics)
    }

    private static let margin = "\u{A0}"

    /// The column at which a text stands in its line as it is, after a quote or without one; `nil` for one that was
    /// written with escapes or over several lines.
    private static func exactStart(of text: String, at place: SourceLocation, in source: SourceText) -> Int? {
        guard let line = place.line, let column = place.column, source.lines.indices.contains(line - 1) else {
            return nil
        }
        let rest = source.lines[line - 1].utf8.dropFirst(column - 1)
        if rest.starts(with: text.utf8) { return column }
        return rest.dropFirst().starts(with: text.utf8) ? column + 1 : nil
    }

    /// Makes text of what looks like HTML, and finds what cannot stand in a phrase.
    private struct Settling: TreeRewriter {
        /// Where all of it is said to be, if it cannot be told more exactly.
        let place: SourceLocation?
        /// Where values are asked for, which are not known here.
        private(set) var expressions: [SourceLocation] = []

        init(place: SourceLocation?) { self.place = place }

        mutating func visit(_ inline: Inline) -> Inline {
            var inline = inline
            if let place { inline.location = place }
            switch inline.content {
            case .html(let html): inline.content = .text(html)
            case .math(var formula) where place != nil:
                formula.lines = formula.lines.map { _ in place! }
                inline.content = .math(formula)
            case .code(let code) where code.drop { $0 == " " }.hasPrefix("{swift}"):
                expressions.append(inline.location)
            default: return descend(inline)
            }
            return inline
        }
    }
}

extension Phrase: Hashable {
    /// Whether two phrases are written alike, wherever they stand.
    public static func == (a: Phrase, b: Phrase) -> Bool { a.source == b.source }

    /// Hashes what is written.
    public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

extension Phrase: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Reads a phrase that stands in no file.
    public init(stringLiteral source: String) { self.init(source) }

    /// What its author wrote.
    public var description: String { source }
}
