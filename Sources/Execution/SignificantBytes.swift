internal import Lessons

/// The bytes of a piece of Swift that are neither blank nor in a comment.
///
/// However code is laid out and commented, its significant bytes are the same, in the same order: a number of them is
/// a place that survives such edits.
struct SignificantBytes: Sendable {
    /// Where they stand in the code.
    private let positions: [Int]

    init(of code: String, _ syntax: Syntax) {
        let bytes = Array(code.utf8)
        var isComment = [Bool](repeating: false, count: bytes.count)
        for token in syntax.tokens where token.kind == .comment {
            for index in token.range { isComment[index] = true }
        }
        positions = bytes.indices.filter {
            !isComment[$0] && bytes[$0] != 0x20 && !(0x09...0x0D).contains(bytes[$0])
        }
    }

    /// How many there are.
    var count: Int { positions.count }

    /// How many significant bytes stand before each end of a range of bytes.
    func numbers(of range: Range<Int>) -> Range<Int> {
        number(before: range.lowerBound)..<number(before: range.upperBound)
    }

    /// The range of bytes that holds these significant bytes; `nil` if there are not so many.
    func range(of numbers: Range<Int>) -> Range<Int>? {
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
