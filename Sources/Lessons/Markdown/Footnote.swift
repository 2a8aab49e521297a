/// A note that stands apart from the text.
///
///     Elman's network[^elman] remembers.
///
///     [^elman]: Finding structure in time, 1990.
public struct Footnote: Sendable, Equatable {
    /// The name that its author gave it.
    public var label: String
    /// The text.
    public var blocks: [Block]
    /// The location at which it is written.
    public var location: SourceLocation
}
