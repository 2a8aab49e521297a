internal import Lessons

/// The place at which code throws when an error reaches the top: its only `try` or `throw` outside of braces.
///
/// The runtime's report of an error that nobody catches names no line.
package enum TopLevelThrow {
    /// Returns the offset of the place; `nil` if there is none, or more than one.
    package static func offset(in piece: ParsedCode) -> Int? {
        let code = Array(piece.text.utf8)
        var depth = 0
        var position = 0
        var places: [Int] = []
        for token in piece.syntax.tokens {
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
        return places.count == 1 ? places[0] : nil
    }
}
