/// A search of a finished text for what cannot be meant: links and images without words, figures that a cell does not
/// show, terms that are defined twice.
struct Inspection: TreeRewriter {
    private let source: SourceText
    private let cells: [Cell]
    private var terms: [String: SourceLocation] = [:]
    private var diagnostics: [Diagnostic] = []

    private init(cells: [Cell], in source: SourceText) {
        self.source = source
        self.cells = cells
    }

    /// Inspects a lesson's text.
    ///
    /// - Returns: The mistakes, in the order of the text.
    static func inspect(_ document: MarkdownDocument, cells: [Cell], in source: SourceText) -> [Diagnostic] {
        var inspection = Inspection(cells: cells, in: source)
        _ = inspection.visit(document)
        return inspection.diagnostics
    }

    mutating func visit(_ block: Block) -> Block {
        if case .definitions(let definitions) = block.content { definitions.forEach { inspect($0) } }
        return descend(block)
    }

    mutating func visit(_ inline: Inline) -> Inline {
        switch inline.content {
        case .link(let destination, _, let inlines) where inlines.showNothing:
            inspectReference(destination, at: inline.location)
        case .link(_, _, let inlines):
            for note in inlines.footnotes {
                let message = "a footnote is a link itself, and cannot stand in one"
                report(note.location, message, hint: "put it behind the link")
            }
        case .image(let image, _, let inlines) where inlines.showNothing:
            let message = "the image has no text for those who cannot see it"
            report(inline.location, message, hint: "write ![text](\(image))")
        default: break
        }
        return descend(inline)
    }

    private mutating func report(_ location: SourceLocation, _ message: String, hint: String) {
        diagnostics.append(source.diagnostic(.markdown, at: location, message, hint: hint))
    }

    /// `[](#train)`: the figure of a cell of this lesson.
    private mutating func inspectReference(_ destination: String, at location: SourceLocation) {
        guard destination.hasPrefix("#") else {
            guard !destination.contains("#") else { return }
            return report(location, "the link has no text", hint: "write [text](\(destination))")
        }
        let name = String(destination.dropFirst())
        // That there is such a name is checked with the links of the whole site.
        guard let cell = cells.first(where: { $0.name == name }) else { return }
        if cell.options.isHidden || cell.options.isQuiet || cell.options.expectedFailure != nil {
            let line = cell.fence.line ?? 1
            let message = "the cell '\(name)' on line \(line) shows no figure"
            report(location, message, hint: "refer to one that does")
        }
    }

    private mutating func inspect(_ definition: Definition) {
        let term = definition.term.plainText.lowercased()
        if let first = terms[term] {
            let other = "it stands on line \(first.line ?? 1) already"
            let message = "the term '\(definition.term.plainText)' is defined twice; \(other)"
            report(definition.location, message, hint: "keep one of the two")
        } else {
            terms[term] = definition.location
        }
    }
}

extension [Inline] {
    /// Whether nothing of the text can be seen, whatever the values of its expressions are.
    fileprivate var showNothing: Bool {
        allSatisfy { inline in
            switch inline.content {
            case .text(let text), .code(let text):
                text.unicodeScalars.allSatisfy {
                    $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
                }
            case .softBreak, .lineBreak: true
            case .emphasis(let inner), .strong(let inner), .link(_, _, let inner), .image(_, _, let inner):
                inner.showNothing
            case .math, .html, .expression, .footnote: false
            }
        }
    }

    /// The references to footnotes in the text.
    fileprivate var footnotes: [Inline] {
        flatMap { inline -> [Inline] in
            switch inline.content {
            case .footnote: [inline]
            case .emphasis(let inner), .strong(let inner): inner.footnotes
            default: []
            }
        }
    }

    /// The words of running text, without marks.
    var plainText: String {
        map { inline in
            switch inline.content {
            case .text(let text), .code(let text): text
            case .math(let formula): formula.source
            case .emphasis(let inner), .strong(let inner), .link(_, _, let inner), .image(_, _, let inner):
                inner.plainText
            case .softBreak, .lineBreak: " "
            case .html, .expression, .footnote: ""
            }
        }.joined()
    }
}
