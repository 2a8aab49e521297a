/// A Swift expression in prose, `` `{swift} losses.last!` ``, which a page replaces by its value.
public struct InlineExpression: Sendable, Hashable {
    /// The expression.
    public var code: String
    /// Where the expression itself starts.
    public var location: SourceLocation
    /// How many cells stand before it: it sees what they declare, and is computed after the last of them.
    public var precedingCells: Int

    /// Makes an expression.
    public init(code: String, location: SourceLocation, precedingCells: Int) {
        self.code = code
        self.location = location
        self.precedingCells = precedingCells
    }
}
