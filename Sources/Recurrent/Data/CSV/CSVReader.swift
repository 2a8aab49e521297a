/// The bytes of a table, and the name of their file.
struct CSVText: Sendable {
    let bytes: [UInt8]
    let name: String
    /// The offset behind the byte order mark.
    let start: Int

    /// Takes the bytes of a file, if they are UTF-8.
    init(_ bytes: [UInt8], name: String) throws(CSVError) {
        (self.bytes, self.name) = (bytes, name)
        start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if String(validating: bytes, as: UTF8.self) == nil {
            // What is no UTF-8 is replaced, so that the first difference is where it stands.
            let valid = String(decoding: bytes, as: UTF8.self).utf8
            let place = zip(bytes, valid).prefix { $0 == $1 }.count
            throw error(at: place, "a byte here is no UTF-8; save the file in that encoding")
        }
    }

    /// A fault at an offset.
    func error(at offset: Int, _ reason: String) -> CSVError {
        var (line, column) = (1, 1)
        for index in start..<max(start, offset) {
            if bytes[index] == UInt8(ascii: "\n") || isLoneReturn(index) {
                (line, column) = (line + 1, 1)
            } else if bytes[index] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return CSVError(name: name, line: line, column: column, reason: reason)
    }

    private func isLoneReturn(_ index: Int) -> Bool {
        let isLast = index + 1 == bytes.count
        return bytes[index] == UInt8(ascii: "\r") && (isLast || bytes[index + 1] != UInt8(ascii: "\n"))
    }
}

/// A position in a table, which goes on row by row.
struct CSVReader {
    let text: CSVText
    private let separator: UInt8
    private var place: Int

    init(_ text: CSVText, separator: UInt8) {
        (self.text, self.separator, place) = (text, separator, text.start)
    }

    private var next: UInt8? { place < text.bytes.count ? text.bytes[place] : nil }

    /// The next row that is not empty, with the offset of each field; nil at the end.
    mutating func row() throws(CSVError) -> (fields: [String], offsets: [Int])? {
        while let byte = next, isLineBreak(byte) { place += 1 }
        guard next != nil else { return nil }
        var (fields, offsets): ([String], [Int]) = ([], [])
        while true {
            offsets.append(place)
            fields.append(try next == UInt8(ascii: "\"") ? quotedField() : plainField())
            guard next == separator else { break }
            place += 1
        }
        return (fields, offsets)
    }

    private func isLineBreak(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// A field up to the next separator or line break.
    private mutating func plainField() throws(CSVError) -> String {
        let start = place
        while let byte = next, byte != separator, !isLineBreak(byte) {
            if byte == UInt8(ascii: "\"") {
                throw text.error(
                    at: place,
                    "a quote in a field without quotes around it; write the field in quotes, and the quote twice"
                )
            }
            place += 1
        }
        return String(decoding: text.bytes[start..<place], as: UTF8.self)
    }

    /// A field in quotes, with the separator or line break that must follow still ahead.
    private mutating func quotedField() throws(CSVError) -> String {
        let start = place
        var content: [UInt8] = []
        place += 1
        while let byte = next {
            place += 1
            if byte != UInt8(ascii: "\"") {
                content.append(byte)
            } else if next == UInt8(ascii: "\"") {
                content.append(byte)
                place += 1
            } else {
                guard let after = next, after != separator, !isLineBreak(after) else {
                    return String(decoding: content, as: UTF8.self)
                }
                throw text.error(
                    at: place,
                    "something stands behind the quotes of a field; a quote in a field is written twice"
                )
            }
        }
        throw text.error(at: start, "the quotes that open here are never closed")
    }
}
