/// A drawing that does nothing but draw, and so may stand in a page as it is.
///
/// Drawings come from the lesson's own process, which may be anybody's code, or from a record that anybody may have
/// edited. The check is the only way to have one, and only elements and attributes that draw pass it.
package struct CheckedDrawing: Sendable, Equatable {
    /// The first thing in a text that may not stand in a page's drawing, such as `<script>`.
    package struct Offense: Error, Sendable, Equatable {
        /// The thing, as the object of a sentence.
        package let name: String
    }

    /// The `<svg>` element.
    package let svg: String

    private init(_ svg: String) {
        self.svg = svg
    }

    /// Returns the drawing that a text is, or the first thing in it that no drawing may hold.
    ///
    /// What a module hands to its page goes through the page's script, which admits by the same lists and leaves out the
    /// rest, whatever the module says: there nothing is to be checked before.
    package static func check(_ svg: String) -> Result<CheckedDrawing, Offense> {
        #if hasFeature(Embedded)
            .success(CheckedDrawing(svg))
        #else
            firstOffense(in: svg).map { .failure(Offense(name: $0)) } ?? .success(CheckedDrawing(svg))
        #endif
    }

    private static func firstOffense(in svg: String) -> String? {
        guard svg.hasPrefix("<svg") else { return "what is no <svg> element" }
        guard !svg.utf8.contains(where: isControl) else { return "a control character" }
        var tags = TagReader(Array(svg.utf8))
        var open: [ArraySlice<UInt8>] = []
        while let tag = tags.next() {
            let name = String(decoding: tag.name, as: UTF8.self)
            guard elements.contains(name) else { return "<\(name.prefix(30))>" }
            if let offense = tag.offense { return offense }
            if tag.isClosing {
                guard open.popLast() == tag.name else { return "elements that do not match" }
            } else {
                // Browsers parse the content of these as HTML, where other rules hold.
                let parent = open.last.map { String(decoding: $0, as: UTF8.self) }
                if parent == "title" || parent == "desc" { return "<\(name)> in its <\(parent ?? "")>" }
                if !tag.isEmpty { open.append(tag.name) }
            }
            if open.isEmpty, tags.rest.contains(where: { $0 > UInt8(ascii: " ") }) {
                return "text after its end"
            }
        }
        return open.isEmpty ? nil : "elements that do not match"
    }

    /// The offense of an attribute; `nil` for one that only draws.
    fileprivate static func offense(of key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> String? {
        let name = String(decoding: key, as: UTF8.self)
        // A description is read out, and means nothing else.
        if name.hasPrefix("aria-") { return nil }
        guard attributes.contains(name) || looks.contains(name) || name.hasPrefix("data-") else {
            return "'\(name)'"
        }
        if name == "href" || name == "xlink:href", value.first != UInt8(ascii: "#") { return "'\(name)'" }
        // An escape of HTML or CSS can spell anything that the rest of the check looks for.
        guard !value.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\\") }) else {
            return "an escape in '\(name)'"
        }
        if name == "style", let property = foreignProperty(in: value) { return "'\(property)' in 'style'" }
        return address(in: value) ? "an address in '\(name)'" : nil
    }

    /// The first property of a style that does more than change how a drawing looks, such as a position on the page.
    private static func foreignProperty(in style: ArraySlice<UInt8>) -> String? {
        for declaration in style.split(separator: UInt8(ascii: ";")) {
            let name = String(decoding: declaration.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
            let property = name.split { $0.isWhitespace }.joined(separator: " ")
            let isKnown = looks.contains(property) || property.hasPrefix("--") || property.isEmpty
            if !isKnown { return property }
        }
        return nil
    }

    /// Whether a value leads out of the page: `url(#name)` and `url('#name')` stay in it.
    private static func address(in value: ArraySlice<UInt8>) -> Bool {
        guard value.contains(UInt8(ascii: "(")) || value.contains(UInt8(ascii: "@")) else { return false }
        let compact = value.filter { $0 > UInt8(ascii: " ") }.map { (65...90).contains($0) ? $0 | 32 : $0 }
        var isAddress = false
        for (index, byte) in compact.enumerated() {
            if isAddress, byte != UInt8(ascii: "'") {
                guard byte == UInt8(ascii: "#") else { return true }
                isAddress = false
            }
            guard byte == UInt8(ascii: "(") || byte == UInt8(ascii: "@") else { continue }
            let read = compact[...index].reversed()
            guard !reversedFetches.contains(where: read.starts(with:)) else { return true }
            isAddress = read.starts(with: "(lru".utf8)
        }
        return isAddress
    }

    /// The functions and rules, reversed, that fetch by another name than `url`.
    private static let reversedFetches = fetches.map { Array($0.utf8.reversed()) }

    /// The functions and rules that fetch by another name than `url`.
    package static let fetches = ["expression(", "@", "image(", "image-set(", "cross-fade(", "src("]

    /// Whether a byte is a control character, which HTML cannot hold.
    private static func isControl(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): false
        default: byte < 0x20 || byte == 0x7F
        }
    }

    /// The elements.
    package static let elements: Set<String> = [
        "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line",
        "polyline", "polygon", "text", "tspan", "textPath", "clipPath", "mask", "pattern", "marker",
        "linearGradient", "radialGradient", "stop",
    ]

    /// The attributes that name, measure and position.
    package static let attributes: Set<String> = [
        "id", "class", "style", "lang", "role", "tabindex", "focusable", "version", "xmlns", "xmlns:xlink",
        "xml:lang", "xml:space", "href", "xlink:href", "viewBox", "preserveAspectRatio", "x", "y", "x1", "y1",
        "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "dx", "dy", "width", "height", "d",
        "points",
        "pathLength", "rotate", "textLength", "lengthAdjust", "startOffset", "method", "spacing", "side",
        "offset", "gradientUnits", "gradientTransform", "spreadMethod", "patternUnits",
        "patternContentUnits", "patternTransform", "clipPathUnits", "maskUnits", "maskContentUnits",
        "markerUnits", "markerWidth", "markerHeight", "refX", "refY", "orient",
    ]

    /// The attributes that change how a drawing looks, which are properties of a style, too.
    package static let looks: Set<String> = [
        "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "color-interpolation",
        "color-rendering", "direction", "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule",
        "font", "font-family", "font-feature-settings", "font-kerning", "font-size", "font-size-adjust",
        "font-stretch", "font-style", "font-variant", "font-variant-numeric", "font-weight",
        "image-rendering", "isolation", "letter-spacing", "line-height", "marker", "marker-end",
        "marker-mid", "marker-start", "mask", "mask-type", "mix-blend-mode", "opacity", "overflow",
        "paint-order", "pointer-events", "shape-rendering", "stop-color", "stop-opacity", "stroke",
        "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
        "stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "text-rendering",
        "text-transform", "transform", "transform-box", "transform-origin", "unicode-bidi",
        "vector-effect", "visibility", "white-space", "word-spacing", "writing-mode",
    ]
}

/// A tag: the text between `<` and `>`.
private struct Tag {
    var name: ArraySlice<UInt8>
    var isClosing = false
    var isEmpty = false
    /// The first offense of its attributes.
    var offense: String?
}

/// Reads the tags of a drawing, as strictly as is needed for a browser to read the same.
private struct TagReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The bytes after the last tag.
    var rest: ArraySlice<UInt8> { bytes[position...] }

    /// Returns the next tag, read to its end; `nil` if there is none.
    mutating func next() -> Tag? {
        guard let start = rest.firstIndex(of: UInt8(ascii: "<")) else { return nil }
        position = start + 1
        let isClosing = peek == UInt8(ascii: "/")
        if isClosing { position += 1 }
        var tag = Tag(name: take { Self.isOfName($0) }, isClosing: isClosing)
        while tag.offense == nil {
            let space = take { Self.isBlank($0) }
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

    /// Reads an attribute and returns its offense, if any.
    private mutating func attribute() -> String? {
        let key = take { Self.isOfName($0) }
        guard !key.isEmpty, take({ $0 == UInt8(ascii: "=") }).count == 1,
            let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else { return "an attribute that is not written as '\(String(decoding: key, as: UTF8.self))=\"…\"'" }
        position += 1
        let value = take { $0 != quote }
        guard peek != nil else { return "a tag that is never closed" }
        position += 1
        return CheckedDrawing.offense(of: key, value)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, isWanted(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    /// Whether a browser takes a byte for a blank.
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
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
