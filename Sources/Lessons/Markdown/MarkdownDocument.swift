/// A Markdown text as a tree of values, each with its location.
public struct MarkdownDocument: Sendable, Equatable {
    /// The blocks, in the order of the text.
    public var blocks: [Block]
    /// The footnotes, in the order in which the text first refers to them.
    public var footnotes: [Footnote]

    /// Makes a document of blocks.
    public init(blocks: [Block], footnotes: [Footnote] = []) {
        self.blocks = blocks
        self.footnotes = footnotes
    }
}

/// A block of a Markdown document.
public struct Block: Sendable, Equatable {
    /// The kinds of blocks; named as in CommonMark's specification.
    public indirect enum Content: Sendable, Equatable {
        /// Running text.
        case paragraph([Inline])
        /// A heading of level 1 to 6.
        case heading(level: Int, [Inline])
        /// A fenced or indented block of code; `info` is the fence's info string, empty for none.
        case code(info: String, text: String)
        /// A cell of the lesson: its index in `Lesson.cells`.
        case cell(Int)
        /// Quoted blocks.
        case quote([Block])
        /// A bullet list, or an ordered one when `start` is given.
        case list(start: Int?, tight: Bool, items: [[Block]])
        /// A line across.
        case thematicBreak
        /// Raw HTML.
        case html(String)
        /// A table written with pipes.
        case table(PipeTable)
        /// A formula that stands alone, between `$$` and `$$`.
        case math(TeX)
        /// A quote that starts with `[!NOTE]`, `[!EXERCISE]` and the like; the title follows on that line.
        case callout(Callout, title: [Inline], [Block])
        /// Terms, each followed by lines that start with `: ` and say what it means.
        case definitions([Definition])
    }

    /// The kind of block, with its contents.
    public var content: Content
    /// The location of its first byte.
    public var location: SourceLocation

    /// Makes a block.
    public init(_ content: Content, at location: SourceLocation) {
        self.content = content
        self.location = location
    }
}

/// A stretch of running text.
public struct Inline: Sendable, Equatable {
    /// The kinds of inlines; named as in CommonMark's specification.
    public indirect enum Content: Sendable, Equatable {
        /// Plain text.
        case text(String)
        /// A line ending in the source that means a space.
        case softBreak
        /// A line ending that the author wants to see.
        case lineBreak
        /// Code.
        case code(String)
        /// Raw HTML.
        case html(String)
        /// Emphasis.
        case emphasis([Inline])
        /// Strong emphasis.
        case strong([Inline])
        /// A link.
        case link(destination: String, title: String, [Inline])
        /// An image; its inlines are the alternative text.
        case image(source: String, title: String, [Inline])
        /// A formula in the text, between `$` and `$`.
        case math(TeX)
        /// A Swift expression whose value stands here: its index in `Lesson.expressions`.
        case expression(Int)
        /// A reference to a footnote: its index in `MarkdownDocument.footnotes`.
        case footnote(Int)
    }

    /// The kind of inline, with its contents.
    public var content: Content
    /// The location of its first byte.
    public var location: SourceLocation

    /// Makes an inline.
    public init(_ content: Content, at location: SourceLocation) {
        self.content = content
        self.location = location
    }
}

extension [Inline] {
    /// The text without line breaks and blanks at its ends.
    func trimmingBreaks() -> [Inline] {
        var inlines = self[...]
        while let first = inlines.first, first.isBlank { inlines.removeFirst() }
        while let last = inlines.last, last.isBlank { inlines.removeLast() }
        return Array(inlines)
    }
}

extension Inline {
    fileprivate var isBlank: Bool {
        switch content {
        case .softBreak, .lineBreak: true
        case .text(let text): text.allSatisfy { $0 == " " }
        default: false
        }
    }
}
