internal import Lessons

/// The bare expression that a piece of code ends with, whose value a reader expects to see.
///
/// An assignment, a declaration, a statement (`for`, `if`, `throw` …) and an expression of type `Void` or `Never`
/// are none. Comments, blank lines and semicolons after the expression do not matter.
enum LastExpression {
    /// The types whose values tell a reader nothing, and the type checker's word for none.
    private static let silentTypes: Set = ["()", "()?", "Void", "Void?", "Never", "_"]

    /// Returns the bytes of the expression; `nil` if the piece ends with none.
    ///
    /// - Parameters:
    ///   - piece: The piece.
    ///   - expressions: Its expressions, with types; their ranges count from its start.
    static func range(in piece: ParsedCode, expressions: [TypedExpression]) -> Range<Int>? {
        let bytes = piece.withoutComments
        return range(
            in: bytes[...],
            of: piece.syntax.tokens,
            expressions: expressions,
            constructs: piece.syntax.constructs
        )
    }

    /// Returns the bytes of the expression that a part of a piece ends with, such as the body of a closure.
    ///
    /// - Parameters:
    ///   - bytes: The part, without comments.
    ///   - tokens: The tokens of the piece.
    ///   - expressions: The expressions of the piece, with types.
    ///   - constructs: The outermost declarations and statements in the part.
    static func range(
        in bytes: ArraySlice<UInt8>,
        of tokens: [SyntaxToken],
        expressions: [TypedExpression],
        constructs: [Range<Int>]
    ) -> Range<Int>? {
        guard let last = bytes.lastIndex(where: { !isBlank($0) && $0 != UInt8(ascii: ";") }) else {
            return nil
        }
        let candidates = expressions.filter { expression in
            let range = expression.range
            return range.upperBound == last + 1 && range.lowerBound >= bytes.startIndex
                && beginsStatement(range.lowerBound, in: bytes)
                && !constructs.contains { $0.lowerBound <= range.lowerBound && last < $0.upperBound }
                && !isThrown(range.lowerBound, in: bytes, tokens: tokens)
        }
        // `a + b` ends with `b`: of the expressions that end the piece, the whole is meant.
        guard let whole = candidates.min(by: { $0.range.lowerBound < $1.range.lowerBound }) else {
            return nil
        }
        return silentTypes.contains(whole.type) ? nil : whole.range
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
    }

    private static func beginsStatement(_ start: Int, in bytes: ArraySlice<UInt8>) -> Bool {
        guard !isBlank(bytes[start]) else { return false }
        let before = bytes[..<start].last { $0 == UInt8(ascii: "\n") || !isBlank($0) }
        return before == nil || before == UInt8(ascii: "\n") || before == UInt8(ascii: ";")
    }

    /// Whether the expression is what a `throw` on a line above throws.
    private static func isThrown(
        _ start: Int,
        in bytes: ArraySlice<UInt8>,
        tokens: [SyntaxToken]
    ) -> Bool {
        let before = tokens.last { $0.range.upperBound <= start && $0.kind != .comment }
        guard let before, before.range.lowerBound >= bytes.startIndex else { return false }
        return before.kind == .keyword && bytes[before.range].elementsEqual("throw".utf8)
            && bytes[before.range.upperBound..<start].allSatisfy(isBlank)
    }
}
