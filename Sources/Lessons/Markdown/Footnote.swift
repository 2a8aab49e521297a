/// A note that stands apart from the text.
///
///     Elman's network[^elman] remembers.
///
///     [^elman]: Finding structure in time, 1990.
public struct Footnote: Sendable, Hashable {
    /// What its author calls it.
    public var label: String
    /// What it says.
    public var blocks: [Block]
    /// Where it is written.
    public var location: SourceLocation

    /// Makes a footnote.
    public init(label: String, blocks: [Block], at location: SourceLocation) {
        self.label = label
        self.blocks = blocks
        self.location = location
    }
}
