/// Sees to it that a drawing is nothing but a drawing.
///
/// Charts come from the lesson's own process, which may be anybody's code; what it hands over stands in the page
/// as it is. So only elements and attributes that draw are let through.
package enum SVGCheck {
    /// The first thing in a text that may not stand in a page's drawing; `nil` for a clean `<svg>` element.
    package static func firstOffense(in svg: String) -> String? {
        guard svg.hasPrefix("<svg") else { return "what is no <svg> element" }
        var rest = svg.utf8[...]
        var open: [String] = []
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            guard let (tag, end) = Tag.read(rest[start...]) else { return "a tag that is never closed" }
            if let offense = tag.offense { return offense }
            if tag.isClosing {
                guard open.popLast() == tag.name else { return "elements that do not match" }
            } else if !tag.isEmpty {
                open.append(tag.name)
            }
            rest = rest[end...]
            if open.isEmpty, rest.contains(where: { $0 > UInt8(ascii: " ") }) { return "text after its end" }
        }
        return open.isEmpty ? nil : "elements that do not match"
    }

    /// What stands between `<` and `>`.
    private struct Tag {
        var name: String
        var attributes: [(name: String, value: String)] = []
        var isClosing = false
        var isEmpty = false

        /// Reads a tag; the second value is where the text goes on.
        static func read(_ text: Substring.UTF8View) -> (Tag, String.Index)? {
            var quote: UInt8?
            for (index, byte) in zip(text.indices, text) {
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: ">") {
                    let body = Substring(text[text.index(after: text.startIndex)..<index])
                    return (Tag(body), text.index(after: index))
                }
            }
            return nil
        }

        private init(_ body: Substring) {
            var body = body
            if body.hasPrefix("/") {
                isClosing = true
                body.removeFirst()
            }
            if body.hasSuffix("/") {
                isEmpty = true
                body.removeLast()
            }
            name = String(body.prefix { !$0.isWhitespace })
            body = body.dropFirst(name.count)
            while let start = body.firstIndex(where: { !$0.isWhitespace }) {
                body = body[start...]
                let key = String(body.prefix { $0 != "=" && !$0.isWhitespace })
                body = body.dropFirst(key.count).drop { $0 == "=" || $0.isWhitespace }
                guard let quote = body.first, quote == "\"" || quote == "'" else {
                    attributes.append((key, "unquoted"))
                    name = "unquoted \(key)"
                    return
                }
                let value = String(body.dropFirst().prefix { $0 != quote })
                attributes.append((key, value))
                body = body.dropFirst(value.count + 2)
            }
        }

        /// What is wrong with the tag.
        var offense: String? {
            guard SVGCheck.elements.contains(name) else { return "<\(name.prefix(30))>" }
            for (key, value) in attributes {
                let compact = String(value.lowercased().unicodeScalars.filter { $0.value > 32 })
                let isLink = key == "href" || key == "xlink:href"
                guard !key.lowercased().hasPrefix("on"), !isLink || value.hasPrefix("#") else {
                    return "'\(key)'"
                }
                guard !compact.contains("javascript:"), !compact.contains("expression("),
                    !compact.contains("@import")
                else { return "'\(key)'" }
                // What only looks harmless: an escape of HTML or CSS can spell any of the above.
                let escapes = !key.hasPrefix("aria-") && (value.contains("&") || value.contains("\\"))
                guard !escapes else { return "an escape in '\(key)'" }
                let reaches =
                    compact.contains("url(") && !compact.hasPrefix("url(#") && !compact.hasPrefix("url('#")
                guard !reaches else { return "an address in '\(key)'" }
            }
            return nil
        }
    }

    private static let elements: Set<String> = [
        "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line",
        "polyline",
        "polygon", "text", "tspan", "textPath", "clipPath", "mask", "pattern", "marker", "linearGradient",
        "radialGradient", "stop",
    ]
}
