/// A fenced block of Swift that is run.
public struct Cell: Sendable, Equatable {
    /// The cell's name: its `name=` option, or `cell-N`.
    public var name: String
    /// The options in the fence's info string.
    public var options: CellOptions
    /// The code, as it stands in the fence.
    public var code: String
    /// The location of the opening fence.
    public var fence: SourceLocation
    /// The line of the file on which the code starts.
    public var firstLine: Int
    /// The indentation of the code in the file, in bytes, where the fence stands in a list or is indented.
    public var indentation: Int

    /// Makes a cell.
    public init(
        name: String,
        options: CellOptions = CellOptions(),
        code: String,
        fence: SourceLocation,
        firstLine: Int,
        indentation: Int = 0
    ) {
        self.name = name
        self.options = options
        self.code = code
        self.fence = fence
        self.firstLine = firstLine
        self.indentation = indentation
    }
}
