internal import Lessons

/// HTML under construction: bytes that only grow.
///
/// Whatever comes from a lesson or a run goes through ``text(_:)`` or ``address(_:)``, and drawings through
/// ``drawing(_:)``, which takes none that was not checked; ``markup(_:)`` is for what this module itself has to say.
package struct HTMLBuffer: Sendable, Hashable {
    /// What was written so far, as UTF-8.
    package private(set) var bytes: [UInt8] = []

    /// Makes an empty buffer.
    package init() {}

    /// What was written so far.
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes markup of our own, as it is.
    package mutating func markup(_ markup: Markup) {
        bytes.append(markup)
    }

    /// Writes what another buffer holds.
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

    /// Writes text, with the four characters that mean something in HTML escaped; good in an attribute too.
    ///
    /// Control characters, which HTML cannot hold, are shown as their pictures.
    package mutating func text(_ text: some StringProtocol) {
        escape(text.utf8)
    }

    /// Writes bytes of UTF-8 as text.
    package mutating func text(bytes utf8: ArraySlice<UInt8>) {
        escape(utf8)
    }

    private mutating func escape(_ utf8: some Collection<UInt8>) {
        guard !utf8.contains(where: ControlCharacters.mayBegin) else {
            return write(String(decoding: utf8, as: UTF8.self).showingControlCharacters.utf8)
        }
        write(utf8)
    }

    private mutating func write(_ utf8: some Sequence<UInt8>) {
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "&"): markup("&amp;")
            case UInt8(ascii: "<"): markup("&lt;")
            case UInt8(ascii: ">"): markup("&gt;")
            case UInt8(ascii: "\""): markup("&quot;")
            default: bytes.append(byte)
            }
        }
    }

    /// Writes the target of a link for an attribute, with every byte that may not stand in one percent-encoded.
    package mutating func address(_ target: some StringProtocol) {
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
    package mutating func element(_ name: String, class style: String? = nil, _ content: some StringProtocol)
    {
        markup(style.map { "<\(name) class=\"\($0)\">" } ?? "<\(name)>")
        text(content)
        markup("</\(name)>")
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    /// Letters, digits, what separates the parts of an address, and `%`, which is already an escape.
    private static let standsInAddress: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        for byte in (letters + "-_.+!*(),%#@?=;:/$~").utf8 { table[Int(byte)] = true }
        return table
    }()
}

extension String {
    /// The text with HTML's own characters escaped.
    package var escapedForHTML: String {
        var html = HTMLBuffer()
        html.text(self)
        return html.string
    }
}
