/// One tensor as a header describes it.
struct HeaderEntry {
    var name: String
    var type: NumberType
    var shape: [Int]
    var begin: Int
    var end: Int

    /// Returns the number of bytes that the shape needs.
    func checkedByteCount() throws(SafetensorsError) -> Int {
        guard let count = Shape.checkedCount(shape) else { throw .shapeTooLarge(shape, of: name) }
        return count * type.byteCount
    }
}

/// Reads the header of a safetensors file: the little of JSON that it may hold, and nothing else.
///
/// There is no recursion, so that no nesting can exhaust the stack.
struct HeaderReader {
    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    mutating func read() throws(SafetensorsError) -> (
        entries: [HeaderEntry], metadata: [(key: String, value: String)]
    ) {
        var entries: [HeaderEntry] = []
        var metadata: [(key: String, value: String)] = []
        // Bytes, for to Swift two spellings of one letter are equal, and in a file they are two names.
        var known: Set<[UInt8]> = []
        try expect("{")
        if !skip("}") {
            repeat {
                let name = try string()
                guard known.insert(Array(name.utf8)).inserted else { throw .duplicateName(name) }
                try expect(":")
                if name == Safetensors.notesName {
                    metadata = try notes()
                } else {
                    entries.append(try entry(name))
                }
            } while skip(",")
            try expect("}")
        }
        skipSpace()
        guard place == bytes.endIndex else { throw malformed("the end of the header") }
        return (entries, metadata)
    }

    private mutating func notes() throws(SafetensorsError) -> [(key: String, value: String)] {
        var notes: [(key: String, value: String)] = []
        if skipWord("null") { return notes }
        try expect("{")
        if skip("}") { return notes }
        repeat {
            let key = try string()
            try expect(":")
            notes.append((key, try string()))
        } while skip(",")
        try expect("}")
        return notes
    }

    private mutating func entry(_ name: String) throws(SafetensorsError) -> HeaderEntry {
        var type: NumberType?
        var shape: [Int]?
        var offsets: [Int]?
        try expect("{")
        repeat {
            let key = try string()
            try expect(":")
            switch key {
            case "dtype" where type == nil:
                let text = try string()
                type = NumberType(rawValue: text)
                if type == nil { throw .unsupportedType(text, of: name) }
            case "shape" where shape == nil: shape = try integers()
            case "data_offsets" where offsets == nil: offsets = try integers()
            case "dtype", "shape", "data_offsets": throw malformed("\(key) once")
            default: try skipValue()
            }
        } while skip(",")
        try expect("}")
        guard let type, let shape, let offsets, offsets.count == 2 else {
            throw malformed("dtype, shape and two data_offsets before this")
        }
        return HeaderEntry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
    }

    private mutating func integers() throws(SafetensorsError) -> [Int] {
        var numbers: [Int] = []
        try expect("[")
        if skip("]") { return numbers }
        repeat { numbers.append(try integer()) } while skip(",")
        try expect("]")
        return numbers
    }

    private mutating func integer() throws(SafetensorsError) -> Int {
        skipSpace()
        var number = 0
        let start = place
        while place < bytes.endIndex, (0x30...0x39).contains(bytes[place]) {
            let (shifted, first) = number.multipliedReportingOverflow(by: 10)
            let (sum, second) = shifted.addingReportingOverflow(Int(bytes[place] - 0x30))
            guard !first, !second else { throw malformed("a smaller number") }
            number = sum
            place += 1
        }
        guard place > start else { throw malformed("a whole number that is not negative") }
        return number
    }

    /// Passes over a value that means nothing here, whatever it is.
    private mutating func skipValue() throws(SafetensorsError) {
        var closings: [Character] = []
        repeat {
            if try !beginValue(&closings) { continue }
            // A value has ended, and so may those that it stands in.
            while let closing = closings.last, !skip(",") {
                try expect(closing)
                closings.removeLast()
            }
            if closings.last == "}" { try skipKey() }
        } while !closings.isEmpty
    }

    /// Passes over a value's beginning, and says whether that is all of it; else `closings` has its end.
    private mutating func beginValue(_ closings: inout [Character]) throws(SafetensorsError) -> Bool {
        for (opening, closing) in [("{", "}"), ("[", "]")] as [(Character, Character)] where skip(opening) {
            if skip(closing) { return true }
            guard closings.count < 128 else { throw malformed("less nesting") }
            closings.append(closing)
            if closing == "}" { try skipKey() }
            return false
        }
        if ["null", "true", "false"].contains(where: { skipWord($0) }) { return true }
        if place < bytes.endIndex, bytes[place] == 0x22 {
            _ = try string()
        } else {
            try skipNumber()
        }
        return true
    }

    private mutating func skipKey() throws(SafetensorsError) {
        _ = try string()
        try expect(":")
    }

    /// A number of JSON: of any size, for nobody reads it.
    private mutating func skipNumber() throws(SafetensorsError) {
        skipSign("-")
        guard skipDigits() else { throw malformed("a value") }
        if place < bytes.endIndex, bytes[place] == 0x2e {
            place += 1
            guard skipDigits() else { throw malformed("a digit") }
        }
        if place < bytes.endIndex, bytes[place] | 0x20 == 0x65 {
            place += 1
            skipSign("+-")
            guard skipDigits() else { throw malformed("a digit") }
        }
    }

    private mutating func skipSign(_ signs: StaticString) {
        if place < bytes.endIndex, signs.withUTF8Buffer({ $0.contains(bytes[place]) }) { place += 1 }
    }

    private mutating func skipDigits() -> Bool {
        let start = place
        while place < bytes.endIndex, (0x30...0x39).contains(bytes[place]) { place += 1 }
        return place > start
    }

    private mutating func skipWord(_ word: String) -> Bool {
        skipSpace()
        guard bytes[place...].starts(with: word.utf8) else { return false }
        place += word.utf8.count
        return true
    }

    private mutating func string() throws(SafetensorsError) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            switch byte {
            case 0x22:
                guard let string = String(validating: text, as: UTF8.self) else { throw malformed("UTF-8") }
                return string
            case 0x5c: text += try escaped()
            case 0..<0x20: throw malformed("no control character")
            default: text.append(byte)
            }
        }
        throw malformed("the end of a string")
    }

    /// Reads the character that follows a backslash.
    private mutating func escaped() throws(SafetensorsError) -> [UInt8] {
        guard place < bytes.endIndex else { throw malformed("an escaped character") }
        place += 1
        switch bytes[place - 1] {
        case 0x22: return [0x22]
        case 0x5c: return [0x5c]
        case 0x2f: return [0x2f]
        case 0x62: return [0x08]
        case 0x66: return [0x0c]
        case 0x6e: return [0x0a]
        case 0x72: return [0x0d]
        case 0x74: return [0x09]
        case 0x75: return try codePoint()
        default: throw malformed("an escaped character")
        }
    }

    /// Four hexadecimal digits, or two groups of them for what lies beyond the first plane.
    private mutating func codePoint() throws(SafetensorsError) -> [UInt8] {
        var code = try fourDigits()
        if (0xd800..<0xdc00).contains(code) {
            try expectByte(0x5c)
            try expectByte(0x75)
            let low = try fourDigits()
            guard (0xdc00..<0xe000).contains(low) else { throw malformed("the second half of a character") }
            code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw malformed("a character") }
        return Array(UTF8.encode(scalar)!)
    }

    private mutating func fourDigits() throws(SafetensorsError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard place < bytes.endIndex, let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue
            else {
                throw malformed("four hexadecimal digits")
            }
            code = code << 4 | UInt32(digit)
            place += 1
        }
        return code
    }

    private mutating func expectByte(_ byte: UInt8) throws(SafetensorsError) {
        guard place < bytes.endIndex, bytes[place] == byte else {
            throw malformed("the second half of a character")
        }
        place += 1
    }

    private mutating func expect(_ character: Character) throws(SafetensorsError) {
        guard skip(character) else { throw malformed(String(character)) }
    }

    private mutating func skip(_ character: Character) -> Bool {
        skipSpace()
        guard place < bytes.endIndex, bytes[place] == character.asciiValue else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while place < bytes.endIndex, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[place]) { place += 1 }
    }

    private func malformed(_ expected: String) -> SafetensorsError {
        .malformedHeader(at: place - bytes.startIndex, expected: expected)
    }

    /// A text as a JSON string.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
