/// The closures in attributes of a program's own variables, `@Option({ $0.first }) var letter = "a"`, which SourceKit cannot
/// lay out: it stops, and the process with it.
enum AttributeClosures {
    /// Returns a text of the same length and lines, with blanks for what such closures hold.
    static func blanked(in text: String) -> String {
        guard text.contains("@"), text.contains("{") else { return text }
        var bytes = Array(text.utf8)
        var position = 0
        while position < bytes.count {
            let isFirst = position == 0 || bytes[position - 1] == UInt8(ascii: "\n")
            if isFirst, bytes[position] == UInt8(ascii: "@") { blank(from: position, in: &bytes) }
            position += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Blanks the closures in the parentheses of an attribute that begins at an offset.
    private static func blank(from start: Int, in bytes: inout [UInt8]) {
        let letters = bytes[(start + 1)...].prefix { $0 >= 0x80 || isWord($0) || $0 == UInt8(ascii: ".") }
        guard letters.endIndex < bytes.count, bytes[letters.endIndex] == UInt8(ascii: "(") else { return }
        var (parentheses, braces) = (0, 0)
        for index in letters.endIndex..<bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "}") { braces -= 1 }
            if braces > 0 {
                if byte != UInt8(ascii: "\n") { bytes[index] = UInt8(ascii: " ") }
            } else if byte == UInt8(ascii: "(") {
                parentheses += 1
            } else if byte == UInt8(ascii: ")") {
                parentheses -= 1
                if parentheses == 0 { return }
            }
            if byte == UInt8(ascii: "{") { braces += 1 }
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }
}
