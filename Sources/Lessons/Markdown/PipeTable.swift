/// A table written with pipes, as on GitHub.
public struct PipeTable: Sendable, Hashable {
    /// Where the cells of a column stand.
    public enum Alignment: String, Sendable, Hashable {
        /// `:---`
        case left
        /// `:---:`
        case center
        /// `---:`
        case right
    }

    /// The alignment of each column; `nil` where the author said none.
    public var alignments: [Alignment?]
    /// The cells of the first row.
    public var header: [[Inline]]
    /// The rows below it, each with as many cells as the header.
    public var rows: [[[Inline]]]

    /// Makes a table.
    public init(alignments: [Alignment?], header: [[Inline]], rows: [[[Inline]]]) {
        self.alignments = alignments
        self.header = header
        self.rows = rows
    }
}
