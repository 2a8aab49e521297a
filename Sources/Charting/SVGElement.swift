/// One element of a drawing, with attributes in the order in which they were given.
public struct SVGElement: Sendable {
    package var name: String
    package var attributes: [(name: String, value: String)]
    package var children: [SVGElement]
    package var content: String?

    /// An element with children.
    public init(_ name: String, _ attributes: [(String, String)] = [], _ children: [SVGElement] = []) {
        self.name = name
        self.attributes = attributes.map { (name: $0.0, value: $0.1) }
        self.children = children
    }

    /// An element that holds text.
    public init(_ name: String, _ attributes: [(String, String)] = [], text: String) {
        self.init(name, attributes)
        content = text
    }

    /// Elements that belong together, named for style sheets and tests.
    package static func group(_ name: String, _ children: [SVGElement]) -> [SVGElement] {
        children.isEmpty ? [] : [SVGElement("g", [("class", name)], children)]
    }

    /// The element as XML, one element a line but for the pieces of a text, which must not be set apart.
    package var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String, isInline: Bool = false) {
        text += "<"
        text += name
        for attribute in attributes {
            text += " "
            text += attribute.name
            text += "=\""
            Escaping.append(attribute.value, to: &text)
            text += "\""
        }
        if let content {
            text += ">"
            Escaping.append(content, to: &text)
        } else if children.isEmpty {
            text += isInline ? "/>" : "/>\n"
            return
        } else {
            let holdsText = name == "text"
            text += holdsText ? ">" : ">\n"
            for child in children { child.write(to: &text, isInline: holdsText) }
        }
        text += "</"
        text += name
        text += isInline ? ">" : ">\n"
    }
}

/// XML's way of writing any text.
package enum Escaping {
    /// Appends `source` to `text`, with markup escaped, control characters as their pictures (U+2400), and U+FFFD in the
    /// place of other characters that XML or HTML forbid.
    package static func append(_ source: String, to text: inout String) {
        guard source.utf8.contains(where: isSpecial) else {
            text += source
            return
        }
        for scalar in source.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\t", "\n", "\r": text += " "
            default: text.unicodeScalars.append(shown(scalar))
            }
        }
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0, 0xFDD0...0xFDEF: "\u{FFFD}"
        case let value where value & 0xFFFE == 0xFFFE: "\u{FFFD}"
        default: scalar
        }
    }

    /// Whether a byte is markup, a control character, or the first of one or of a noncharacter.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0x7F, 0xC2, 0xEF, 0xF0..<0xF5: true
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): true
        default: false
        }
    }
}
