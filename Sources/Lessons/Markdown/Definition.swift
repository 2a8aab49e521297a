/// A term and what it means.
///
///     Hidden state
///     : The vector that a network carries from one time step to the next.
public struct Definition: Sendable, Hashable {
    /// The term as it is shown.
    public var term: [Inline]
    /// What it means.
    public var blocks: [Block]
    /// Where the term stands.
    public var location: SourceLocation

    /// Makes a definition.
    public init(term: [Inline], blocks: [Block], at location: SourceLocation) {
        self.term = term
        self.blocks = blocks
        self.location = location
    }
}
