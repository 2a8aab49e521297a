package import Records

/// The answer of a live cell to a call.
package enum LiveAnswer: Sendable, Equatable {
    /// What the cell showed.
    case record(CellRecord)
    /// The sentence with which it stopped, as a reader would see it.
    case stopped(String)
}
