/// A declaration as a reader wants it, made of SourceKit's markup in one pass over its bytes.
///
/// Left out are tags, attributes, what has a name that begins with an underscore, `convenience`, and the parameters by
/// which a failure finds the line of its caller.
package struct DeclarationText {
    /// The declaration.
    package let text: String

    /// Reads a declaration.
    ///
    /// - Parameter markup: XML, in which types are marked.
    package init(markup: String) {
        var reading = Reading(DeclarationText.withoutMarkup(markup))
        text = reading.kept()
    }

    private static let entities: [(name: [UInt8], byte: UInt8)] = [
        ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("apos;", "'"), ("amp;", "&"),
    ].map { (Array($0.utf8), $1.utf8.first!) }

    /// The bytes without tags, and with characters in the place of entities.
    private static func withoutMarkup(_ markup: String) -> [UInt8] {
        let bytes = Array(markup.utf8)
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "<"), let end = bytes[position...].firstIndex(of: UInt8(ascii: ">")) {
                position = end + 1
            } else if byte == UInt8(ascii: "&"),
                let entity = entities.first(where: { bytes[position...].starts(with: $0.name) })
            {
                plain.append(entity.byte)
                position += entity.name.count
            } else {
                plain.append(byte)
            }
        }
        return plain
    }
}

/// A declaration as far as it has been read.
private struct Reading {
    private let bytes: [UInt8]
    private var position = 0
    private var result: [UInt8] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        result.reserveCapacity(bytes.count)
    }

    /// Reads to the end.
    mutating func kept() -> String {
        skipAttributes()
        while position < bytes.count { readOn() }
        return String(decoding: result, as: UTF8.self)
    }

    /// The parameters by which a failure finds its caller, and whether a word may go on after what is written here.
    private static let callersPlace: [(start: [UInt8], isOpen: Bool)] = [
        (Array("file: StaticString = #file".utf8), true), (Array("line: UInt = #line".utf8), false),
    ]
    private static let convenience = Array("convenience ".utf8)
    private static let hiddenNext = Array(", _".utf8)
    private static let hiddenFirst = Array(" : _".utf8)
    private static let separator = Array(", ".utf8)

    /// Passes over attributes with their arguments, such as `@inlinable `.
    private mutating func skipAttributes() {
        while position < bytes.count, bytes[position] == UInt8(ascii: "@") {
            position = endOfWord(from: position + 1)
            if position < bytes.count, bytes[position] == UInt8(ascii: "(") {
                position = (bytes[position...].firstIndex(of: UInt8(ascii: ")")) ?? position) + 1
            }
            while position < bytes.count, bytes[position].isSpace { position += 1 }
        }
    }

    /// Passes over what is left out here, or keeps a byte.
    private mutating func readOn() {
        let byte = bytes[position]
        // Few bytes begin what is left out.
        switch byte {
        case UInt8(ascii: "c") where isAtWord && isAt(Reading.convenience):
            position += Reading.convenience.count
        case UInt8(ascii: ",") where isAtName(after: Reading.hiddenNext):
            position = endOfWord(from: position + 2)
        case UInt8(ascii: " ") where isAtName(after: Reading.hiddenFirst):
            position = endOfWord(from: position + 3)
            while isAtName(after: Reading.hiddenNext) { position = endOfWord(from: position + 2) }
            guard isAt(Reading.separator) else { return }
            position += Reading.separator.count
            result += Array(" : ".utf8)
        case UInt8(ascii: "f"), UInt8(ascii: "l"):
            guard isAtWord, let place = Reading.callersPlace.first(where: { isAt($0.start) }) else {
                return keep(byte)
            }
            position += place.start.count
            if place.isOpen { position = endOfWord(from: position) }
            if result.suffix(2).elementsEqual(Reading.separator) { result.removeLast(2) }
            if result.last == UInt8(ascii: "("), isAt(Reading.separator) { position += 2 }
        default:
            keep(byte)
        }
    }

    private mutating func keep(_ byte: UInt8) {
        result.append(byte)
        position += 1
    }

    private func isAt(_ start: [UInt8]) -> Bool { bytes[position...].starts(with: start) }

    /// Whether a name goes on after these bytes: `_` alone is none.
    private func isAtName(after start: [UInt8]) -> Bool {
        isAt(start) && bytes[(position + start.count)...].first?.isWord == true
    }

    private var isAtWord: Bool { position == 0 || !bytes[position - 1].isWord }

    private func endOfWord(from start: Int) -> Int {
        bytes[start...].firstIndex { !$0.isWord } ?? bytes.count
    }
}

extension UInt8 {
    /// Whether it can stand in a name; bytes beyond ASCII can.
    fileprivate var isWord: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
