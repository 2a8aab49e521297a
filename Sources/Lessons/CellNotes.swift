/// Notes on a cell's code: the meaning of its names, and its tensors.
public struct CellNotes: Sendable, Equatable {
    /// The notes on the names in the code.
    public var names: [NameNote]
    /// The definitions of tensors, whose shapes the cell's record holds.
    public var tensors: [TensorDefinition]

    /// Makes notes.
    public init(names: [NameNote] = [], tensors: [TensorDefinition] = []) {
        self.names = names
        self.tensors = tensors
    }
}

/// A note on a name in a cell: its declaration and documentation.
public struct NameNote: Sendable, Equatable, Codable {
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

/// A variable of a cell that holds a tensor.
public struct TensorDefinition: Sendable, Equatable, Codable {
    /// The name.
    public var name: String
    /// The bytes of the cell's code, in UTF-8, that declare it, to the end of its value.
    public var range: Range<Int>

    /// Names a variable.
    public init(_ name: String, _ range: Range<Int>) {
        self.name = name
        self.range = range
    }
}
