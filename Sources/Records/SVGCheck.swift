/// Sees to it that a drawing is nothing but a drawing.
///
/// Charts come from the lesson's own process, which may be anybody's code; what it hands over stands in the page
/// as it is. So only elements and attributes that draw are let through.
package enum SVGCheck {
    /// The first thing in a text that may not stand in a page's drawing; `nil` for a clean `<svg>` element.
    package static func firstOffense(in svg: String) -> String? {
        guard svg.hasPrefix("<svg") else { return "what is no <svg> element" }
        var tags = TagReader(Array(svg.utf8))
        var open: [ArraySlice<UInt8>] = []
        while let tag = tags.next() {
            guard elements.contains(String(decoding: tag.name, as: UTF8.self)) else {
                return "<\(String(decoding: tag.name.prefix(30), as: UTF8.self))>"
            }
            if let offense = tag.offense { return offense }
            if tag.isClosing {
                guard open.popLast() == tag.name else { return "elements that do not match" }
            } else if !tag.isEmpty {
                open.append(tag.name)
            }
            if open.isEmpty, tags.rest.contains(where: { $0 > UInt8(ascii: " ") }) {
                return "text after its end"
            }
        }
        return open.isEmpty ? nil : "elements that do not match"
    }

    /// What is wrong with an attribute; `nil` for one that only draws.
    fileprivate static func offense(of key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> String? {
        let name = String(decoding: key, as: UTF8.self)
        let isLink = name == "href" || name == "xlink:href"
        guard !name.lowercased().hasPrefix("on"), !isLink || value.first == UInt8(ascii: "#") else {
            return "'\(name)'"
        }
        // A description is read out, and means nothing else.
        if name.hasPrefix("aria-") { return nil }
        // What only looks harmless: an escape of HTML or CSS can spell any of what follows.
        guard !value.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\\") }) else {
            return "an escape in '\(name)'"
        }
        guard value.contains(where: isTelling) else { return nil }
        let compact = value.filter { $0 > UInt8(ascii: " ") }.map { (65...90).contains($0) ? $0 | 32 : $0 }
        var isAddress = false
        for (index, byte) in compact.enumerated() {
            // `url(#name)` and `url('#name')` stay in the page.
            if isAddress, byte != UInt8(ascii: "'") {
                guard byte == UInt8(ascii: "#") else { return "an address in '\(name)'" }
                isAddress = false
            }
            guard isTelling(byte) else { continue }
            let read = compact[...index].reversed()
            guard !commands.contains(where: read.starts(with:)) else { return "'\(name)'" }
            isAddress = read.starts(with: "(lru".utf8)
        }
        return isAddress ? "an address in '\(name)'" : nil
    }

    /// Whether a byte ends a command or an address; the many numbers of a path hold none.
    private static func isTelling(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@")
    }

    /// What does more than draw, from its end.
    private static let commands = ["javascript:", "expression(", "@", "image(", "image-set(", "src("].map {
        Array($0.utf8.reversed())
    }

    private static let elements: Set<String> = [
        "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line",
        "polyline",
        "polygon", "text", "tspan", "textPath", "clipPath", "mask", "pattern", "marker", "linearGradient",
        "radialGradient", "stop",
    ]
}

/// What stands between `<` and `>`.
private struct Tag {
    var name: ArraySlice<UInt8>
    var isClosing = false
    var isEmpty = false
    /// What is wrong with its attributes.
    var offense: String?
}

/// Reads the tags of a drawing, as strictly as is needed for a browser to read the same.
private struct TagReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// What was not read yet.
    var rest: ArraySlice<UInt8> { bytes[position...] }

    /// Reads on, to the end of the next tag; `nil` if there is none.
    mutating func next() -> Tag? {
        guard let start = rest.firstIndex(of: UInt8(ascii: "<")) else { return nil }
        position = start + 1
        let isClosing = peek == UInt8(ascii: "/")
        if isClosing { position += 1 }
        var tag = Tag(name: take { Self.isOfName($0) }, isClosing: isClosing)
        while tag.offense == nil {
            let space = take { $0 <= UInt8(ascii: " ") }
            switch peek {
            case UInt8(ascii: ">"):
                position += 1
                return tag
            case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: ">"):
                position += 2
                tag.isEmpty = true
                return tag
            case nil: tag.offense = "a tag that is never closed"
            default: tag.offense = space.isEmpty ? "attributes without a blank between them" : attribute()
            }
        }
        return tag
    }

    /// Reads an attribute and says what is wrong with it.
    private mutating func attribute() -> String? {
        let key = take { Self.isOfName($0) }
        guard !key.isEmpty, take({ $0 == UInt8(ascii: "=") }).count == 1,
            let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else { return "an attribute that is not written as '\(String(decoding: key, as: UTF8.self))=\"…\"'" }
        position += 1
        let value = take { $0 != quote }
        guard peek != nil else { return "a tag that is never closed" }
        position += 1
        return SVGCheck.offense(of: key, value)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, isWanted(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
