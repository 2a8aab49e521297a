extension JSON {
    /// The value on one line, without spaces.
    public var compact: String {
        var text: [UInt8] = []
        write(to: &text, indentation: nil)
        return String(decoding: text, as: UTF8.self)
    }

    /// The value with one scalar a line, indented by two spaces a level, and a line ending at the end: made to be
    /// read, and to be compared line by line.
    public var lines: String {
        var text: [UInt8] = []
        write(to: &text, indentation: 0)
        text.append(UInt8(ascii: "\n"))
        return String(decoding: text, as: UTF8.self)
    }

    private func write(to text: inout [UInt8], indentation: Int?) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let value): text += (value ? "true" : "false").utf8
        case .integer(let value): text += String(value).utf8
        case .number(let value): text += (value.isFinite ? "\(value)" : "null").utf8
        case .string(let value): JSON.write(value, to: &text)
        case .array(let values):
            JSON.write(values, between: "[", and: "]", to: &text, indentation) { value, text, inner in
                value.write(to: &text, indentation: inner)
            }
        case .object(let members):
            JSON.write(members, between: "{", and: "}", to: &text, indentation) { member, text, inner in
                JSON.write(member.name, to: &text)
                text += (inner == nil ? ":" : ": ").utf8
                member.value.write(to: &text, indentation: inner)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element],
        between open: Unicode.Scalar,
        and close: Unicode.Scalar,
        to text: inout [UInt8],
        _ indentation: Int?,
        _ element: (Element, inout [UInt8], Int?) -> Void
    ) {
        text.append(UInt8(ascii: open))
        let inner = indentation.map { $0 + 1 }
        for (index, value) in elements.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            newLine(&text, inner)
            element(value, &text, inner)
        }
        if !elements.isEmpty { newLine(&text, indentation) }
        text.append(UInt8(ascii: close))
    }

    private static func newLine(_ text: inout [UInt8], _ indentation: Int?) {
        guard let indentation else { return }
        text.append(UInt8(ascii: "\n"))
        text += repeatElement(UInt8(ascii: " "), count: 2 * indentation)
    }

    private static func write(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        defer { text.append(UInt8(ascii: "\"")) }
        // Most texts hold nothing to be escaped, and drawings are long.
        var rest = Array(string.utf8)[...]
        while let place = rest.firstIndex(where: mayNeedEscaping) {
            text += rest[..<place]
            rest = rest[place...]
            // Line and paragraph separators, which end a line in JavaScript, are three bytes; all else is one.
            let isSeparator = rest.starts(with: [0xE2, 0x80, 0xA8]) || rest.starts(with: [0xE2, 0x80, 0xA9])
            if rest[place] != 0xE2 {
                text += escape(UInt32(rest[place])).utf8
            } else if isSeparator {
                text += escape(0x2000 + UInt32(rest[place + 2] - 0x80)).utf8
            } else {
                text.append(rest[place])
            }
            rest = rest.dropFirst(isSeparator ? 3 : 1)
        }
        text += rest
    }

    private static func escape(_ scalar: UInt32) -> String {
        switch scalar {
        case 0x22: return "\\\""
        case 0x5C: return "\\\\"
        case 0x0A: return "\\n"
        case 0x0D: return "\\r"
        case 0x09: return "\\t"
        default:
            let digits = String(scalar, radix: 16)
            return "\\u" + ["", "0", "00", "000"][4 - digits.utf8.count] + digits
        }
    }

    /// Whether a byte is escaped, or begins what may be.
    private static func mayNeedEscaping(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
            || byte == 0xE2
    }
}
