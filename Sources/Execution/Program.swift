internal import Lessons

/// A lesson's cells as one Swift file.
public struct Program: Sendable, Hashable {
    /// The Swift source.
    public var text: String
}
