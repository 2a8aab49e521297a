internal import Lessons

/// A string literal of Swift code, as far as it can be read without running the code.
package struct StringLiteral: Sendable, Hashable {
    /// A stretch of what it stands for.
    package enum Part: Sendable, Hashable {
        /// Text.
        case text(String)
        /// An interpolated expression, of whose value nothing is known.
        case interpolation
    }

    /// The range in the code, in bytes, with its delimiters.
    package var range: Range<Int>
    /// The parts of its value, in order.
    package var parts: [Part]

    /// Returns all literals of a piece of code, those in interpolations of others too.
    package static func all(in piece: ParsedCode) -> [StringLiteral] {
        let bytes = Array(piece.text.utf8)
        var found: [StringLiteral] = []
        // The stretches of literals that are no interpolation: no other literal begins there.
        var text: [Range<Int>] = []
        for token in piece.syntax.tokens where token.kind == .string {
            let start = token.range.lowerBound
            guard !text.contains(where: { $0.contains(start) }) else { continue }
            var reader = StringLiteralReader(bytes, at: start)
            guard let literal = reader.read() else { continue }
            found.append(literal)
            text += reader.text
        }
        return found
    }

    /// The value, if nothing is interpolated.
    package var constant: String? {
        switch parts.count {
        case 0: ""
        case 1: if case .text(let text) = parts[0] { text } else { nil }
        default: nil
        }
    }
}

/// Reads one literal.
private struct StringLiteralReader {
    private let bytes: [UInt8]
    private let start: Int
    /// The indentation of a literal of several lines; `nil` before that is known.
    private var margin: Int?
    private var position: Int
    private var parts: [StringLiteral.Part] = []
    private var pending: [UInt8] = []
    /// The stretches of the literal that are no interpolation.
    private(set) var text: [Range<Int>] = []

    private static let (quote, hash, backslash): (UInt8, UInt8, UInt8) = (0x22, 0x23, 0x5C)
    private static let newline = UInt8(ascii: "\n")
    private static let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = position
        start = position
    }

    /// The literal that begins here; `nil` if none does, or it has no end.
    mutating func read() -> StringLiteral? {
        let hashes = count(of: Self.hash)
        position += hashes
        let isLong = count(of: Self.quote) >= 3 && !isEmpty(with: hashes)
        let quotes = isLong ? 3 : 1
        guard starts(with: Self.quote, quotes) else { return nil }
        position += quotes
        let opening = position
        var stretch = start
        while position < bytes.count {
            if starts(with: Self.quote, quotes), starts(with: Self.hash, hashes, after: quotes) {
                if isLong, margin == nil {
                    // The last line says how far the lines are indented: read them again.
                    let line = bytes[opening..<position].lastIndex(of: Self.newline) ?? position - 1
                    self = StringLiteralReader(bytes, at: start)
                    margin =
                        line < opening ? 0 : bytes[(line + 1)...].prefix { Self.blanks.contains($0) }.count
                    return read()
                }
                position += quotes + hashes
                text.append(stretch..<position)
                flush()
                if isLong { dropOuterLineEndings() }
                return StringLiteral(range: start..<position, parts: parts)
            }
            if bytes[position] == Self.backslash, starts(with: Self.hash, hashes, after: 1) {
                position += 1 + hashes
                if position < bytes.count, bytes[position] == UInt8(ascii: "(") {
                    flush()
                    parts.append(.interpolation)
                    text.append(stretch..<position)
                    skipInterpolation()
                    stretch = position
                } else {
                    unescape()
                }
            } else if bytes[position] == Self.newline {
                guard isLong else { return nil }
                pending.append(Self.newline)
                position += 1
                skipMargin()
            } else {
                pending.append(bytes[position])
                position += 1
            }
        }
        return nil
    }

    /// Whether two quotes stand here between as many `#`: an empty text.
    private func isEmpty(with hashes: Int) -> Bool {
        hashes > 0 && starts(with: Self.quote, 2) && starts(with: Self.hash, hashes, after: 2)
    }

    private func count(of byte: UInt8) -> Int { bytes[position...].prefix { $0 == byte }.count }

    private func starts(with byte: UInt8, _ count: Int, after skipped: Int = 0) -> Bool {
        bytes[min(bytes.count, position + skipped)...].prefix(count).count { $0 == byte } == count
    }

    private mutating func skipMargin() {
        position += bytes[position...].prefix(margin ?? 0).prefix { Self.blanks.contains($0) }.count
    }

    private mutating func flush() {
        if !pending.isEmpty { parts.append(.text(String(decoding: pending, as: UTF8.self))) }
        pending = []
    }

    /// The line endings behind the opening delimiter and before the closing one are no text.
    private mutating func dropOuterLineEndings() {
        if case .text(let text)? = parts.first, text.first?.isNewline == true {
            parts[0] = .text(String(text.dropFirst()))
        }
        if case .text(let text)? = parts.last, text.last?.isNewline == true {
            parts[parts.count - 1] = .text(String(text.dropLast()))
        }
    }

    /// Goes to the end of an expression in parentheses; the literals in it are read by themselves.
    private mutating func skipInterpolation() {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case Self.quote, Self.hash:
                var inner = StringLiteralReader(bytes, at: position)
                if let literal = inner.read() {
                    position = literal.range.upperBound
                    continue
                }
            default: break
            }
            position += 1
            if depth == 0 { return }
        }
    }

    /// Takes what follows the backslash of an escape.
    private mutating func unescape() {
        guard position < bytes.count else { return }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "n"): pending.append(Self.newline)
        case UInt8(ascii: "t"): pending.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "r"): pending.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "0"): pending.append(0)
        case UInt8(ascii: "u"):
            let digits = bytes[position...].dropFirst().prefix { $0 != UInt8(ascii: "}") }
            position = min(bytes.count, digits.endIndex + 1)
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
            if let scalar = number.flatMap(Unicode.Scalar.init) { pending += Array(String(scalar).utf8) }
        case _ where letter == Self.newline || Self.blanks.contains(letter):
            // The line goes on in the next one.
            let end = bytes[(position - 1)...].firstIndex(of: Self.newline) ?? bytes.count - 1
            position = end + 1
            skipMargin()
        default: pending.append(letter)
        }
    }
}
