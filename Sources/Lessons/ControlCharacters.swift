/// Characters that neither HTML nor XML may hold, and that would steer a terminal.
package enum ControlCharacters {
    /// Whether bytes of UTF-8 may hold one. A byte that could begin one counts, whatever follows it.
    static func mayStand(in utf8: some Sequence<UInt8>) -> Bool {
        utf8.contains { mayBegin($0) }
    }

    /// Whether a byte of UTF-8 is a control character, or the first of one or of a noncharacter.
    package static func mayBegin(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"): false
        case 0..<0x20, 0x7F, 0xC2, 0xEF, 0xF0..<0xF5: true
        default: false
        }
    }

    /// The character that is shown instead of a scalar; `nil` for one that is shown itself.
    ///
    /// Unicode has pictures for the controls of ASCII (Control Pictures, U+2400), and the replacement character for
    /// the rest.
    static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09, 0x0A: nil
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0, 0xFDD0...0xFDEF: "\u{FFFD}"
        case let value where value & 0xFFFE == 0xFFFE: "\u{FFFD}"
        default: nil
        }
    }
}

extension StringProtocol {
    /// The text with a picture, such as ␛, instead of each control character but tab and line end.
    package var showingControlCharacters: String {
        guard ControlCharacters.mayStand(in: utf8) else { return String(self) }
        var shown = String.UnicodeScalarView()
        for scalar in unicodeScalars { shown.append(ControlCharacters.picture(of: scalar) ?? scalar) }
        return String(shown)
    }
}
