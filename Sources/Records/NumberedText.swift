/// A text as its numbers and what stands between them, so that numbers compare as numbers.
///
/// A number is written in digits, with a fraction and an exponent if it has them, and is no part of a word: `x2` and
/// `0x1F` have none. `nan` and `inf` are numbers.
struct NumberedText: Sendable {
    /// A stretch of the text.
    enum Part: Sendable, Hashable {
        /// What is no number.
        case text(String)
        /// A number, as it is written.
        case number(String, Double)
    }

    /// The stretches, in order; no two texts are neighbors.
    private(set) var parts: [Part] = []

    init(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var position = 0
        var textStart = 0
        while position < bytes.count {
            let isInWord = position > 0 && NumberedText.isWord(bytes[position - 1])
            guard !isInWord, let end = NumberedText.endOfNumber(in: bytes, from: position) else {
                position += 1
                continue
            }
            let written = String(decoding: bytes[position..<end], as: UTF8.self)
            guard let value = Double(written) else {
                position = end
                continue
            }
            append(bytes[textStart..<position])
            parts.append(.number(written, value))
            position = end
            textStart = end
        }
        append(bytes[textStart...])
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        if !bytes.isEmpty { parts.append(.text(String(decoding: bytes, as: UTF8.self))) }
    }

    /// The end of the number that begins here; `nil` if none does.
    private static func endOfNumber(in bytes: [UInt8], from start: Int) -> Int? {
        var end = start
        if bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") { end += 1 }
        for word in ["nan", "inf"] where bytes[end...].starts(with: word.utf8) {
            return isFree(end + 3, in: bytes) ? end + 3 : nil
        }
        func skipDigits() -> Bool {
            let first = end
            while end < bytes.count, isDigit(bytes[end]) { end += 1 }
            return end > first
        }
        guard skipDigits() else { return nil }
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), isDigit(bytes[end + 1]) {
            end += 1
            _ = skipDigits()
        }
        let mantissa = end
        if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
            end += 1
            if end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") {
                end += 1
            }
            if !skipDigits() { end = mantissa }
        }
        return isFree(end, in: bytes) ? end : nil
    }

    /// Whether no word goes on here.
    private static func isFree(_ position: Int, in bytes: [UInt8]) -> Bool {
        position >= bytes.count || !isWord(bytes[position])
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || byte == UInt8(ascii: "_")
            || byte >= 0x80
    }
}
