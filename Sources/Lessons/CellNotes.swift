/// What is known of a cell's code beyond the code itself, for readers who ask.
public struct CellNotes: Sendable, Hashable {
    /// What the names in the code stand for.
    public var names: [NameNote]
    /// The shapes of the tensors that its lines define, as they were when the cell ran.
    public var shapes: [ShapeNote]

    /// Joins what is known.
    public init(names: [NameNote] = [], shapes: [ShapeNote] = []) {
        self.names = names
        self.shapes = shapes
    }
}

/// What a name in a cell stands for.
public struct NameNote: Sendable, Hashable {
    /// The bytes of the cell's code, in UTF-8, at which the name stands.
    public var range: Range<Int>
    /// Its declaration, such as `let head: Linear`.
    public var declaration: String
    /// The first lines of its documentation; empty without one.
    public var summary: String
    /// The symbol's unified identifier (USR), for a link into the reference.
    public var symbol: String?

    /// Makes a note.
    public init(_ range: Range<Int>, declaration: String, summary: String = "", symbol: String? = nil) {
        self.range = range
        self.declaration = declaration
        self.summary = summary
        self.symbol = symbol
    }
}

/// The shape of what a line of a cell defines.
public struct ShapeNote: Sendable, Hashable {
    /// The line of the cell's code, from 1.
    public var line: Int
    /// The shape as it is shown, such as `[1000, 49, 1]`.
    public var text: String

    /// Makes a note.
    public init(line: Int, text: String) {
        self.line = line
        self.text = text
    }
}
