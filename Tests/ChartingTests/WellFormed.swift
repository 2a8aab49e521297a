/// A check that a text is well-formed XML, with coordinates that are finite and lie inside the view box.
enum WellFormed {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Throws what is wrong with an SVG text.
    static func check(_ svg: String) throws {
        var reader = Reader(bytes: Array(svg.utf8))
        try reader.readAll()
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0
        var open: [String] = []
        var shifts: [(x: Double, y: Double)] = [(0, 0)]
        var width = 0.0
        var height = 0.0
        var ids: Set<String> = []

        mutating func readAll() throws {
            while index < bytes.count {
                if bytes[index] == UInt8(ascii: "<") {
                    try readTag()
                } else {
                    try readText(until: UInt8(ascii: "<"))
                }
            }
            guard open.isEmpty else { throw Failure(description: "unclosed \(open)") }
        }

        private mutating func readTag() throws {
            index += 1
            if bytes[index] == UInt8(ascii: "/") {
                index += 1
                let name = readName()
                guard open.popLast() == name else { throw Failure(description: "unexpected end of \(name)") }
                shifts.removeLast()
                index += 1
                return
            }
            let name = readName()
            var attributes: [(String, String)] = []
            while bytes[index] == UInt8(ascii: " ") {
                index += 1
                let key = readName()
                guard bytes[index] == UInt8(ascii: "="), bytes[index + 1] == UInt8(ascii: "\"") else {
                    throw Failure(description: "attribute \(key) of \(name) has no value")
                }
                index += 2
                let start = index
                try readText(until: UInt8(ascii: "\""))
                let value = String(decoding: bytes[start..<index], as: UTF8.self)
                guard !attributes.contains(where: { $0.0 == key }) else {
                    throw Failure(description: "attribute \(key) of \(name) twice")
                }
                attributes.append((key, value))
                index += 1
            }
            let isEmpty = bytes[index] == UInt8(ascii: "/")
            index += isEmpty ? 2 : 1
            try check(name, attributes, isEmpty: isEmpty)
        }

        private mutating func readName() -> String {
            let start = index
            while index < bytes.count, bytes[index] > 32, !" =/>\"<".utf8.contains(bytes[index]) {
                index += 1
            }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }

        /// Text in which every `&` starts a reference and no character is forbidden.
        private mutating func readText(until end: UInt8) throws {
            while index < bytes.count, bytes[index] != end {
                let byte = bytes[index]
                guard byte != UInt8(ascii: "<"), byte >= 32 || byte == 10 else {
                    throw Failure(description: "byte \(byte) in text")
                }
                if byte == UInt8(ascii: "&") {
                    let rest = bytes[index..<min(index + 6, bytes.count)]
                    guard ["&amp;", "&lt;", "&gt;", "&quot;"].contains(where: { rest.starts(with: $0.utf8) })
                    else {
                        throw Failure(description: "an unescaped &")
                    }
                }
                index += 1
            }
        }

        private mutating func check(_ name: String, _ attributes: [(String, String)], isEmpty: Bool) throws {
            var shift = shifts.last!
            var box: [String: Double] = [:]
            var turn: (degrees: Double, x: Double, y: Double)?
            for (key, value) in attributes {
                switch key {
                case "viewBox":
                    let numbers = value.split(separator: " ").compactMap { Double($0) }
                    guard numbers.count == 4 else { throw Failure(description: "view box \(value)") }
                    (width, height) = (numbers[2], numbers[3])
                case "id":
                    guard ids.insert(value).inserted else { throw Failure(description: "id \(value) twice") }
                case "transform":
                    let parts = value.dropLast().split(separator: "(")
                    let numbers = try parts[1].split(separator: " ").map { try number($0) }
                    if parts[0] == "rotate" {
                        turn = (numbers[0], numbers[1], numbers[2])
                    } else {
                        shift.x += numbers[0]
                        shift.y += numbers[1]
                    }
                case "d":
                    try checkPath(value, shift)
                case "x", "y", "cx", "cy", "x1", "x2", "y1", "y2", "width", "height", "r":
                    box[key] = try number(value[...])
                default: break
                }
            }
            if name != "svg" { try checkPlaces(name, box, shift) }
            // A text is turned around its own place, so that the place stays where it is.
            if let turn, name != "text" || turn.x != box["x"] || turn.y != box["y"] {
                throw Failure(description: "\(name) is turned around \(turn.x), \(turn.y)")
            }
            if !isEmpty {
                open.append(name)
                shifts.append(shift)
            }
        }

        private func checkPlaces(_ name: String, _ box: [String: Double], _ shift: (x: Double, y: Double))
            throws
        {
            let xs =
                [box["x"], box["cx"], box["x1"], box["x2"]] + [box["x"].map { $0 + (box["width"] ?? 0) }]
            let ys =
                [box["y"], box["cy"], box["y1"], box["y2"]] + [box["y"].map { $0 + (box["height"] ?? 0) }]
            guard xs.compactMap(\.self).allSatisfy({ isInside($0 + shift.x, width) }),
                ys.compactMap(\.self).allSatisfy({ isInside($0 + shift.y, height) }),
                box["width"] ?? 0 >= 0, box["height"] ?? 0 >= 0
            else { throw Failure(description: "\(name) \(box) leaves the view box \(width) × \(height)") }
        }

        private func checkPath(_ path: String, _ shift: (x: Double, y: Double)) throws {
            var pen = (x: 0.0, y: 0.0)
            var rest = path[...]
            while let command = rest.popFirst() {
                let end = rest.firstIndex { "MlcqZ".contains($0) } ?? rest.endIndex
                var next = pen
                for pair in rest[..<end].split(separator: " ") {
                    let numbers = pair.split(separator: ",")
                    guard numbers.count == 2 else { throw Failure(description: "path \(path)") }
                    next = (try number(numbers[0]), try number(numbers[1]))
                    if command != "M" { next = (next.x + pen.x, next.y + pen.y) }
                    guard isInside(next.x + shift.x, width), isInside(next.y + shift.y, height) else {
                        throw Failure(
                            description:
                                "path \(path.prefix(120)), point \(next), leaves \(width) × \(height)"
                        )
                    }
                }
                pen = next
                rest = rest[end...]
            }
        }

        private func isInside(_ place: Double, _ size: Double) -> Bool {
            place >= -0.02 && place <= size + 0.02
        }

        private func number(_ text: Substring) throws -> Double {
            guard let number = Double(text), number.isFinite else {
                throw Failure(description: "number \(text)")
            }
            return number
        }
    }
}
