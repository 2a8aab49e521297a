/// Running text that stands outside of a lesson's prose: a title, a summary, a goal, a caption. It is Markdown without
/// blocks: `*`, backticks, links and `$…$` mean what they mean in a paragraph, and what looks like HTML is text.
public struct Phrase: Sendable {
    /// The text as its author wrote it.
    public let source: String
    /// The text as parsed.
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
}

extension Phrase {
    /// Reads a phrase of a file.
    ///
    /// - Parameters:
    ///   - text: The text as its author wrote it, freed of the quotes and escapes that YAML or an info string ask for.
    ///   - location: Its start, with the quote.
    ///   - source: The file.
    /// - Returns: The phrase, and what is wrong with it.
    package static func read(_ text: String, at location: SourceLocation, in source: SourceText) -> (
        phrase: Phrase, diagnostics: [Diagnostic]
    ) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let start = exactStart(of: line, at: location, in: source)
        let prepared = PreparedMarkdown.prepare(markdown(of: line, at: start ?? location, in: source))
        let commonMark = CommonMark.parse(prepared.text)
        let assembled = MarkdownAssembly.assemble(commonMark.blocks, of: prepared)
        var settling = Settling(location: start == nil ? location : nil)
        let inlines = settling.inlines(of: assembled.document.blocks)

        var diagnostics = prepared.diagnostics + commonMark.diagnostics
        let notes = prepared.inserts.compactMap { insert in
            if case .reference(_, let location) = insert { location } else { nil }
        }
        if notes.isEmpty { diagnostics += assembled.diagnostics }
        for (what, locations) in [("an expression", settling.expressions), ("a footnote", notes)] {
            let message = "\(what) cannot stand in a title, a summary, a goal or a caption"
            diagnostics += locations.map {
                source.diagnostic(.markdown, at: $0, message, hint: "put it into the text")
            }
        }
        if start == nil {
            for index in diagnostics.indices { diagnostics[index].location = location }
        }
        return (Phrase(source: text, inlines: inlines), diagnostics)
    }

    /// A blank with which no block starts, and which leaves the marks of inlines what they are at the start of a line.
    private static let margin = "\u{A0}"

    /// A line of Markdown that is a paragraph, whatever it starts with.
    private static func markdown(
        of line: String,
        at start: SourceLocation,
        in source: SourceText
    ) -> MarkdownText {
        var markdown = MarkdownText(source, from: source.lines.count + 1)
        let (row, column) = (start.line ?? 1, start.column ?? 1)
        let piece = MarkdownText.Piece(start: margin.utf8.count, line: row, column: column)
        markdown.lines = [MarkdownText.Line(bytes: Array((margin + line).utf8), pieces: [piece])]
        return markdown
    }

    /// The start of a text that stands in its line as it is, after a quote or without one; `nil` for one that was
    /// written with escapes or over several lines.
    private static func exactStart(
        of text: String,
        at location: SourceLocation,
        in source: SourceText
    ) -> SourceLocation? {
        guard let line = location.line, let column = location.column, source.lines.indices.contains(line - 1)
        else { return nil }
        let rest = source.lines[line - 1].utf8.dropFirst(column - 1)
        if rest.starts(with: text.utf8) { return location }
        guard rest.dropFirst().starts(with: text.utf8) else { return nil }
        return SourceLocation(file: location.file, line: line, column: column + 1)
    }

    /// A walk through a phrase that makes text of what looks like HTML, and finds what cannot stand in it.
    private struct Settling: TreeRewriter {
        /// The location of all of the phrase, where no part has one of its own.
        let location: SourceLocation?
        /// The locations of expressions, whose values are not known here.
        private(set) var expressions: [SourceLocation] = []

        init(location: SourceLocation?) { self.location = location }

        /// The running text of a phrase's blocks, without the margin.
        mutating func inlines(of blocks: [Block]) -> [Inline] {
            var inlines: [Inline] = []
            for block in blocks {
                switch block.content {
                case .paragraph(let text): inlines += visit(text)
                case .math(let formula): inlines.append(visit(Inline(.math(formula), at: block.location)))
                default: break
                }
            }
            guard case .text(let first)? = inlines.first?.content, first.hasPrefix(margin) else {
                return inlines
            }
            let rest = String(first.dropFirst(margin.count))
            inlines[0].content = .text(rest)
            return rest.isEmpty ? Array(inlines.dropFirst()) : inlines
        }

        mutating func visit(_ inline: Inline) -> Inline {
            var inline = inline
            if let location { inline.location = location }
            switch inline.content {
            case .html(let html): inline.content = .text(html)
            case .math(var formula):
                if let location { formula.lines = formula.lines.map { _ in location } }
                inline.content = .math(formula)
            case .code(let code) where code.drop { $0 == " " }.hasPrefix("{swift}"):
                expressions.append(inline.location)
            default: return descend(inline)
            }
            return inline
        }
    }
}

extension Phrase: Equatable {
    /// Whether two phrases are written alike, wherever they stand.
    public static func == (a: Phrase, b: Phrase) -> Bool { a.source == b.source }
}

extension Phrase: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Reads a phrase that stands in no file.
    public init(stringLiteral source: String) { self.init(source) }

    /// The text as its author wrote it.
    public var description: String { source }
}
