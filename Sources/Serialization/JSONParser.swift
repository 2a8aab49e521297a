extension JSON {
    /// The reason why a text is no JSON.
    public struct ParseError: Error, Sendable, Equatable, CustomStringConvertible {
        /// Bytes before the trouble.
        public var offset: Int
        /// The syntax that was expected there.
        public var expected: String

        /// The trouble in words.
        public var description: String { "expected \(expected) at byte \(offset)" }
    }

    /// Reads one value, and nothing after it but white space.
    ///
    /// - Throws: `ParseError`, also for nesting deeper than 64 levels.
    public init(parsing text: some Collection<UInt8>) throws(ParseError) {
        var parser = JSONParser(bytes: Array(text))
        self = try parser.document()
    }

    /// Reads one value from a text.
    ///
    /// - Throws: `ParseError`, also for nesting deeper than 64 levels.
    public init(parsing text: String) throws(ParseError) {
        try self.init(parsing: text.utf8)
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var position = 0
    var depth = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func failure(_ expected: String) -> JSON.ParseError {
        JSON.ParseError(offset: position, expected: expected)
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        position += 1
        return true
    }

    mutating func document() throws(JSON.ParseError) -> JSON {
        let value = try value()
        skipSpace()
        guard next == nil else { throw failure("the end") }
        return value
    }

    private mutating func value() throws(JSON.ParseError) -> JSON {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"):
            return .object(try list(until: "}") { parser throws(JSON.ParseError) in try parser.member() })
        case UInt8(ascii: "["):
            return .array(try list(until: "]") { parser throws(JSON.ParseError) in try parser.value() })
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func list<Element>(
        until close: Unicode.Scalar,
        _ element: (inout JSONParser) throws(JSON.ParseError) -> Element
    ) throws(JSON.ParseError) -> [Element] {
        position += 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= 64 else { throw failure("at most 64 levels") }
        var elements: [Element] = []
        if take(UInt8(ascii: close)) { return elements }
        repeat {
            elements.append(try element(&self))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: close)) else { throw failure("`,` or `\(close)`") }
        return elements
    }

    private mutating func member() throws(JSON.ParseError) -> JSON.Member {
        skipSpace()
        let name = try string()
        guard take(UInt8(ascii: ":")) else { throw failure("`:`") }
        return JSON.Member(name, try value())
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSON.ParseError) -> JSON {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: expected) else { throw failure("a value") }
        position += expected.count
        return value
    }

    private mutating func number() throws(JSON.ParseError) -> JSON {
        let start = position
        while let byte = next, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let startsAsNumber = text.first.map { $0 == "-" || $0.isNumber } == true
        if startsAsNumber, text != "-0", let value = Int(text) { return .integer(value) }
        // In a page nobody reads other numbers, which would need the C library.
        #if !hasFeature(Embedded)
            if startsAsNumber, let value = Double(text), value.isFinite { return .number(value) }
        #endif
        position = start
        throw failure("a value")
    }

    private mutating func string() throws(JSON.ParseError) -> String {
        guard next == UInt8(ascii: "\"") else { throw failure("a string") }
        position += 1
        var text: [UInt8] = []
        var start = position
        while let byte = next, byte != UInt8(ascii: "\"") {
            position += 1
            if byte == UInt8(ascii: "\\") {
                text += bytes[start..<position - 1]
                text += UTF8.encode(try escape())!
                start = position
            }
        }
        guard next != nil else { throw failure("`\"`") }
        defer { position += 1 }
        if text.isEmpty { return String(decoding: bytes[start..<position], as: UTF8.self) }
        return String(decoding: text + bytes[start..<position], as: UTF8.self)
    }

    private mutating func escape() throws(JSON.ParseError) -> Unicode.Scalar {
        guard let byte = next else { throw failure("an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure("an escape")
        }
    }

    private mutating func unicodeEscape() throws(JSON.ParseError) -> Unicode.Scalar {
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard UTF16.isLeadSurrogate(UInt16(high)), bytes[position...].starts(with: [0x5C, 0x75]) else {
            throw failure("the second half of a surrogate pair")
        }
        position += 2
        let low = try hexadecimal()
        guard UTF16.isTrailSurrogate(UInt16(low)) else { throw failure("a trailing surrogate") }
        return Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))!
    }

    private mutating func hexadecimal() throws(JSON.ParseError) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
            digits.first != UInt8(ascii: "+")
        else { throw failure("four hexadecimal digits") }
        position += 4
        return value
    }
}
