package import Records

/// The names within a drawing, by which its parts refer to each other, made its own on a page with many drawings.
extension Figure {
    /// Returns the figure with a prefix before each name in its drawing, and before each mention of one.
    package func withNames(prefixed prefix: String) -> Figure {
        var figure = self
        var names = DrawingNames(svg: Array(svg.utf8), prefix: Array(prefix.utf8))
        figure.svg = String(decoding: names.prefixed(), as: UTF8.self)
        return figure
    }
}

/// A walk through the attributes of a drawing that writes it anew.
private struct DrawingNames {
    private let svg: [UInt8]
    private let prefix: [UInt8]
    private var written: [UInt8] = []
    private var position = 0

    init(svg: [UInt8], prefix: [UInt8]) {
        self.svg = svg
        self.prefix = prefix
    }

    mutating func prefixed() -> [UInt8] {
        written.reserveCapacity(svg.count + svg.count / 8)
        while position < svg.count {
            copy { $0 != UInt8(ascii: "<") }
            copyTag()
        }
        return written
    }

    /// Copies what lies ahead while it is wanted.
    private mutating func copy(while isWanted: (UInt8) -> Bool) {
        let end = svg[position...].firstIndex { !isWanted($0) } ?? svg.count
        written += svg[position..<end]
        position = end
    }

    private mutating func copyTag() {
        var key: ArraySlice<UInt8> = []
        while position < svg.count, svg[position] != UInt8(ascii: ">") {
            let byte = svg[position]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let end = svg[(position + 1)...].firstIndex(of: byte) ?? svg.count
                let value = svg[(position + 1)..<end]
                written.append(byte)
                written += renamed(value, of: String(decoding: key, as: UTF8.self))
                position = end
                copy { $0 == byte }
            case UInt8(ascii: "="):
                written.append(byte)
                position += 1
            default:
                let start = position
                copy { !"\"'=> \n\t\r".utf8.contains($0) }
                key = svg[start..<position]
                copy { " \n\t\r".utf8.contains($0) }
            }
        }
    }

    /// The value of an attribute with the prefix before the names that it holds.
    private func renamed(_ value: ArraySlice<UInt8>, of key: String) -> [UInt8] {
        switch key {
        case "id": return prefix + value
        case "aria-labelledby", "aria-describedby", "aria-details":
            let names = value.split(separator: UInt8(ascii: " ")).map { prefix + $0 }
            return Array(names.joined(separator: [UInt8(ascii: " ")]))
        default:
            guard value.contains(UInt8(ascii: "#")) else { return Array(value) }
            let isAddress = key == "href" || key == "xlink:href"
            var renamed: [UInt8] = []
            for byte in value {
                renamed.append(byte)
                guard byte == UInt8(ascii: "#") else { continue }
                let before = String(decoding: renamed.dropLast().suffix(5), as: UTF8.self)
                let isMention = isAddress || before.hasSuffix("url(") || before == "url('"
                if isMention { renamed += prefix }
            }
            return renamed
        }
    }
}
