internal import Lessons

extension Lesson {
    /// Where a cell throws when an error reaches the top: its only `try` outside of braces, or the fence.
    ///
    /// The runtime's report of an error that nobody catches names no line.
    func placeOfThrow(in cell: Cell, syntax: Syntax?) -> SourceLocation {
        guard let syntax else { return cell.fence }
        let code = Array(cell.code.utf8)
        var depth = 0
        var position = 0
        var places: [Int] = []
        for token in syntax.tokens {
            for byte in code[position..<token.range.lowerBound] {
                if byte == UInt8(ascii: "{") { depth += 1 }
                if byte == UInt8(ascii: "}") { depth -= 1 }
            }
            position = token.range.upperBound
            let isBare =
                position >= code.count || ![UInt8(ascii: "?"), UInt8(ascii: "!")].contains(code[position])
            if depth == 0, isBare, token.kind == .keyword,
                ["try", "throw"].contains(String(decoding: code[token.range], as: UTF8.self))
            {
                places.append(token.range.lowerBound)
            }
        }
        guard places.count == 1, let place = places.first else { return cell.fence }
        return location(in: cell, offset: place)
    }
}
