internal import Lessons

/// The bytes of a piece of Swift that are neither blank nor in a comment.
///
/// However code is laid out and commented, its significant bytes are the same, in the same order: a number of them is
/// a place that survives such edits.
package struct SignificantBytes: Sendable {
    /// Their offsets in the code.
    private let positions: [Int]

    /// Finds the significant bytes of a piece.
    package init(of piece: ParsedCode) {
        let bytes = Array(piece.text.utf8)
        var isComment = [Bool](repeating: false, count: bytes.count)
        for token in piece.syntax.tokens where token.kind == .comment {
            for index in token.range { isComment[index] = true }
        }
        positions = bytes.indices.filter {
            !isComment[$0] && bytes[$0] != 0x20 && !(0x09...0x0D).contains(bytes[$0])
        }
    }

    /// The number of them.
    package var count: Int { positions.count }

    /// Returns the numbers of significant bytes before each end of a range of bytes.
    package func numbers(of range: Range<Int>) -> Range<Int> {
        number(before: range.lowerBound)..<number(before: range.upperBound)
    }

    /// Returns the range of bytes that holds these significant bytes; `nil` if there are not so many.
    package func range(of numbers: Range<Int>) -> Range<Int>? {
        guard !numbers.isEmpty, numbers.lowerBound >= 0, numbers.upperBound <= positions.count else {
            return nil
        }
        return positions[numbers.lowerBound]..<positions[numbers.upperBound - 1] + 1
    }

    private func number(before position: Int) -> Int {
        var range = positions.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = positions[middle] < position ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
