/// A Markdown text as a tree of values, each with its place.
public struct MarkdownDocument: Sendable, Hashable {
    /// The blocks, in the order of the text.
    public var blocks: [Block]

    /// Makes a document of blocks.
    public init(blocks: [Block]) {
        self.blocks = blocks
    }
}

/// A block of a Markdown document.
public struct Block: Sendable, Hashable {
    /// What the block is; named as in CommonMark's specification.
    public indirect enum Content: Sendable, Hashable {
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
    }

    /// What the block is.
    public var content: Content
    /// Where it starts.
    public var location: SourceLocation

    /// Makes a block.
    public init(_ content: Content, at location: SourceLocation) {
        self.content = content
        self.location = location
    }
}

/// A stretch of running text.
public struct Inline: Sendable, Hashable {
    /// What the stretch is; named as in CommonMark's specification.
    public indirect enum Content: Sendable, Hashable {
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
    }

    /// What the stretch is.
    public var content: Content
    /// Where it starts.
    public var location: SourceLocation

    /// Makes an inline.
    public init(_ content: Content, at location: SourceLocation) {
        self.content = content
        self.location = location
    }
}
