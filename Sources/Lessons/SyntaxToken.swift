/// A stretch of Swift source with its role, for coloring.
public struct SyntaxToken: Sendable, Hashable, Codable {
    /// The role, as SourceKit's syntax map gives it, in the few kinds that a page colors apart.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// `let`, `for`, `func`.
        case keyword
        /// The name of a type.
        case type
        /// Any other name.
        case identifier
        /// A number.
        case number
        /// A string, or a part of one.
        case string
        /// A comment.
        case comment
        /// `@main`, `#if`.
        case attribute
        /// An operator.
        case `operator`
    }

    /// The bytes of the source, in UTF-8.
    public var range: Range<Int>
    /// The role.
    public var kind: Kind

    /// Makes a token.
    public init(_ kind: Kind, _ range: Range<Int>) {
        self.range = range
        self.kind = kind
    }
}
