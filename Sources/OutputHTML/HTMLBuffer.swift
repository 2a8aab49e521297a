/// HTML under construction: bytes of UTF-8 that only grow.
///
/// Whatever comes from a lesson or a run goes through ``text(_:)`` or ``address(_:)``, and drawings through
/// ``drawing(_:)``, which takes none that was not checked; ``markup(_:)`` is for the literals of this package.
package struct HTMLBuffer: Sendable, Equatable {
    /// The bytes written so far.
    package private(set) var bytes: [UInt8] = []

    /// Makes an empty buffer.
    package init() {}

    /// The text written so far.
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes markup as it is.
    package mutating func markup(_ markup: Markup) {
        bytes.append(markup)
    }

    /// Writes the content of another buffer.
    package mutating func append(_ html: HTMLBuffer) {
        bytes += html.bytes
    }

    /// Writes a drawing that a cell showed.
    package mutating func drawing(_ drawing: CheckedDrawing) {
        bytes += drawing.svg.utf8
    }

    /// Writes the raw HTML of a lesson's author, where the site's settings allow it. Nothing of a run may come here.
    package mutating func authored(_ html: String) {
        bytes += html.utf8
    }

    /// Starts a new line, unless one has just been started.
    package mutating func freshLine() {
        if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    }

    /// Writes text, with the four characters that mean something in HTML escaped; good in an attribute, too.
    ///
    /// Control characters, which HTML cannot hold, are shown as their pictures.
    package mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { escape($0) }
    }

    /// Writes bytes of UTF-8 as text.
    package mutating func text(bytes utf8: ArraySlice<UInt8>) {
        utf8.withUnsafeBufferPointer { escape($0) }
    }

    /// Writes the target of a link for an attribute, with every byte that may not stand in one percent-encoded.
    package mutating func address(_ target: String) {
        for byte in target.utf8 {
            switch byte {
            case UInt8(ascii: "&"): markup("&amp;")
            case UInt8(ascii: "'"): markup("&#x27;")
            case _ where Self.standsInAddress[Int(byte)]: bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(Self.hexadecimal[Int(byte >> 4)])
                bytes.append(Self.hexadecimal[Int(byte & 15)])
            }
        }
    }

    /// Writes an element that holds text alone.
    package mutating func element(_ name: String, class style: String? = nil, _ content: String) {
        markup(style.map { "<\(name) class=\"\($0)\">" } ?? "<\(name)>")
        text(content)
        markup("</\(name)>")
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    /// Letters, digits, the separators of an address, and `%`, which is already an escape, by their bytes.
    private static let standsInAddress: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        for byte in (letters + "-_.+!*(),%#@?=;:/$~").utf8 { table[Int(byte)] = true }
        return table
    }()
}

// MARK: - Escaping

extension HTMLBuffer {
    private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
        guard utf8.contains(where: Self.mayBeginControl) else {
            for byte in utf8 { escape(byte) }
            return
        }
        for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars {
            for byte in String(Self.visible(scalar)).utf8 { escape(byte) }
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): markup("&amp;")
        case UInt8(ascii: "<"): markup("&lt;")
        case UInt8(ascii: ">"): markup("&gt;")
        case UInt8(ascii: "\""): markup("&quot;")
        default: bytes.append(byte)
        }
    }

    /// Whether a byte of UTF-8 is a control character, or may be the first of one or of a noncharacter.
    private static func mayBeginControl(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"): false
        case 0..<0x20, 0x7F, 0xC2, 0xEF, 0xF0..<0xF5: true
        default: false
        }
    }

    /// The scalar that is shown for one: for a control character its picture (U+2400 to U+2421), or U+FFFD where
    /// Unicode has none.
    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09, 0x0A: scalar
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0, 0xFDD0...0xFDEF: "\u{FFFD}"
        case let value where value & 0xFFFE == 0xFFFE: "\u{FFFD}"
        default: scalar
        }
    }
}
