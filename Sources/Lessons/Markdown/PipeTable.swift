/// A table written with pipes, as on GitHub.
public struct PipeTable: Sendable, Equatable {
    /// The alignment of a column's cells.
    public enum Alignment: String, Sendable, Hashable {
        /// `:---`
        case left
        /// `:---:`
        case center
        /// `---:`
        case right
    }

    /// The alignment of each column; `nil` where the author gave none.
    public var alignments: [Alignment?]
    /// The cells of the first row.
    public var header: [[Inline]]
    /// The rows below it, each with as many cells as the header.
    public var rows: [[[Inline]]]
}
