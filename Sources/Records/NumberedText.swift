/// Texts split into their numbers and the stretches between them, so that numbers compare as numbers.
///
/// A number is written in digits, with a sign, commas between thousands, a fraction and an exponent if it has them, and
/// does not begin within a word: `x2` has none, `12px` has one. `nan` and `inf` are numbers. In `1,250` the comma
/// stands between thousands, in `1,25`, `0,250` and `1250,300` between two numbers.
enum NumberedText {
    /// A stretch of a text.
    enum Part: Sendable, Equatable {
        /// A stretch without numbers.
        case text(String)
        /// A number, as it is written.
        case number(WrittenNumber)
    }

    /// Splits a text into its stretches; no two texts are neighbors.
    static func parts(of text: some StringProtocol) -> [Part] {
        let bytes = Array(text.utf8)
        var parts: [Part] = []
        var index = 0
        var textStart = 0
        func endText(at end: Int) {
            guard textStart < end else { return }
            parts.append(.text(String(decoding: bytes[textStart..<end], as: UTF8.self)))
        }
        while index < bytes.count {
            let isInWord = index > 0 && isWord(bytes[index - 1])
            guard !isInWord, let end = endOfNumber(in: bytes, from: index),
                let number = WrittenNumber(String(decoding: bytes[index..<end], as: UTF8.self))
            else {
                index += 1
                continue
            }
            endText(at: index)
            parts.append(.number(number))
            index = end
            textStart = end
        }
        endText(at: bytes.count)
        return parts
    }

    /// The end of the number that begins here; `nil` if none does.
    private static func endOfNumber(in bytes: [UInt8], from start: Int) -> Int? {
        var end = start
        if bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") {
            end += 1
        } else if bytes[end...].starts(with: WrittenNumber.minus.utf8) {
            end += WrittenNumber.minus.utf8.count
        }
        for word in ["nan", "inf"] where bytes[end...].starts(with: word.utf8) {
            return end + 3 == bytes.count || !isWord(bytes[end + 3]) ? end + 3 : nil
        }
        func skipDigits() -> Bool {
            let first = end
            while end < bytes.count, isDigit(bytes[end]) { end += 1 }
            return end > first
        }
        let digits = end
        guard skipDigits() else { return nil }
        end = endOfThousands(in: bytes, from: digits) ?? end
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
        // A unit may follow; digits in a word make it a name, such as `3d2` or `0x1F`.
        let unit = bytes[end...].prefix(while: isWord)
        return unit.contains(where: isDigit) ? nil : end
    }

    /// The end of digits with commas between thousands; `nil` if they have none, or are a list of numbers.
    private static func endOfThousands(in bytes: [UInt8], from start: Int) -> Int? {
        let comma = UInt8(ascii: ",")
        let run = bytes[start...].prefix { isDigit($0) || $0 == comma }
        let groups = run.split(separator: comma, omittingEmptySubsequences: false)
        // A comma at the end is the sentence's.
        let count = groups.last?.isEmpty == true ? groups.count - 1 : groups.count
        guard count > 1, 1...3 ~= groups[0].count, groups[0].first != UInt8(ascii: "0"),
            groups[1..<count].allSatisfy({ $0.count == 3 })
        else { return nil }
        let end = groups[count - 1].endIndex
        // Numbers before or after it, with a comma and no blank between them, make it one of a list.
        let isAfterNumber = start > 1 && bytes[start - 1] == comma && isDigit(bytes[start - 2])
        var rest = bytes[end...]
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop(while: isDigit) }
        let isBeforeNumber = rest.first == comma && rest.dropFirst().first.map(isDigit) == true
        return isAfterNumber || isBeforeNumber ? nil : end
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || byte == UInt8(ascii: "_")
    }
}
