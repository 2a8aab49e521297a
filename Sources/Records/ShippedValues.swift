public import Serialization

/// Values that a lesson's run computed and its live cells are given, as one block of bytes in the format of safetensors.
///
/// The block begins with the header's length, eight bytes with the lowest first; then come the header, JSON that gives each
/// entry's type, shape and place, and the numbers, with the lowest byte first. Entries stand in the order of their names, so
/// that equal values are equal bytes.
public struct ShippedValues: Sendable, Equatable {
    /// The entries, in the order of their names.
    public private(set) var entries: [Entry] = []

    /// Numbers with a name.
    public struct Entry: Sendable, Equatable {
        /// The name, such as `train.losses`.
        public var name: String
        /// The format of a number.
        public var format: Format
        /// The length of each axis; none for a single number.
        public var shape: [Int]
        /// The numbers, each with its lowest byte first.
        public var bytes: [UInt8]

        /// Makes an entry.
        public init(_ name: String, _ format: Format, shape: [Int], bytes: [UInt8]) {
            (self.name, self.format, self.shape, self.bytes) = (name, format, shape, bytes)
        }
    }

    /// The format of numbers, by its name in a header.
    public enum Format: String, Sendable {
        /// A `Double`.
        case double = "F64"
        /// A `Float`.
        case float = "F32"
        /// A whole number.
        case integer = "I64"
        /// A byte of a text in UTF-8.
        case byte = "U8"
        /// A truth value.
        case bool = "BOOL"

        /// The number of bytes of a number.
        public var width: Int {
            switch self {
            case .double, .integer: 8
            case .float: 4
            case .byte, .bool: 1
            }
        }
    }

    /// The name of the file in which a lesson's process finds them.
    public static let file = ".unroll-values"

    /// No values.
    public init() {}

    /// The entry of a name; `nil` if there is none.
    public subscript(name: String) -> Entry? {
        entries.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// Adds an entry; one of its name is replaced.
    public mutating func add(_ entry: Entry) {
        entries.removeAll { $0.name.utf8.elementsEqual(entry.name.utf8) }
        let place = entries.firstIndex { entry.name.utf8.lexicographicallyPrecedes($0.name.utf8) }
        entries.insert(entry, at: place ?? entries.count)
    }
}

// MARK: - As bytes

extension ShippedValues {
    /// The values as a block of bytes.
    public var bytes: [UInt8] {
        var end = 0
        let members = entries.map { entry in
            let begin = end
            end += entry.bytes.count
            return JSON.Member(
                entry.name,
                [
                    "dtype": .string(entry.format.rawValue),
                    "shape": .array(entry.shape.map { .integer($0) }),
                    "data_offsets": [.integer(begin), .integer(end)],
                ]
            )
        }
        var header = Array(JSON.object(members).compact.utf8)
        // Blanks at the end put the numbers on a multiple of eight.
        while header.count % 8 != 0 { header.append(0x20) }
        var block = (0..<8).map { UInt8(truncatingIfNeeded: Int64(header.count) >> Int64(8 * $0)) }
        block += header
        for entry in entries { block += entry.bytes }
        return block
    }

    /// Reads a block of bytes; `nil` for what is none. Nothing is taken on trust.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 8, bytes[4..<8].allSatisfy({ $0 == 0 }), bytes[3] < 0x40 else { return nil }
        let size = bytes[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count - 8 >= size, let header = try? JSON(parsing: bytes[8..<8 + size]),
            case .object(let members) = header
        else { return nil }
        let start = 8 + size
        var end = 0
        for member in members {
            guard let type = member.value["dtype"]?.string, let format = Format(rawValue: type),
                let shape = member.value["shape"]?.array?.compactMap({ $0.integer }),
                let offsets = member.value["data_offsets"]?.array?.compactMap({ $0.integer }),
                offsets.count == 2, offsets[0] == end, offsets[1] >= end, offsets[1] <= bytes.count - start,
                ShippedValues.byteCount(shape, format) == offsets[1] - end
            else { return nil }
            let numbers = Array(bytes[start + end..<start + offsets[1]])
            add(Entry(member.name, format, shape: shape, bytes: numbers))
            end = offsets[1]
        }
        guard end == bytes.count - start, entries.count == members.count else { return nil }
    }

    private static func byteCount(_ shape: [Int], _ format: Format) -> Int? {
        var count = format.width
        for length in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: length)
            guard length >= 0, !overflows else { return nil }
            count = product
        }
        return count
    }
}

extension ShippedValues.Entry: JSONConvertible {
    /// The entry as an object, its bytes in hexadecimal.
    public var json: JSON {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.count)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return [
            "name": .string(name), "type": .string(format.rawValue),
            "shape": .array(shape.map { .integer($0) }),
            "bytes": .string(String(decoding: text, as: UTF8.self)),
        ]
    }

    /// Reads an entry back.
    public init?(json: JSON) {
        guard let name = json["name"]?.string, let type = json["type"]?.string,
            let format = ShippedValues.Format(rawValue: type),
            let shape = json["shape"]?.array?.compactMap({ $0.integer }),
            let text = json["bytes"]?.string
        else { return nil }
        let digits = text.utf8.map { digit -> UInt8 in
            switch digit {
            case 0x30...0x39: return digit - 0x30
            case 0x61...0x66: return digit - 0x57
            default: return 0xFF
            }
        }
        guard digits.count % 2 == 0, !digits.contains(0xFF) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        self.init(name, format, shape: shape, bytes: bytes)
    }
}

// MARK: - Differences

extension ShippedValues {
    /// Returns what in the values is not as it is in others, in words; `nil` if nothing is.
    public func firstDifference(from others: ShippedValues) -> String? {
        for entry in entries {
            guard let other = others[entry.name] else { return "\(entry.name) is new" }
            if entry == other { continue }
            if entry.format == .byte, other.format == .byte {
                let (new, old) = (entry.words, other.words)
                return "\(entry.name) is “\(new)” instead of “\(old)”"
            }
            guard entry.format == other.format, entry.shape == other.shape else {
                return "\(entry.name) has the shape \(entry.shapeText) instead of \(other.shapeText)"
            }
            let width = entry.format.width
            let place = zip(entry.bytes, other.bytes).enumerated().first { $1.0 != $1.1 }.map {
                $0.offset / width
            }
            guard let place else { continue }
            let position = entry.shape.isEmpty ? "" : ", at \(entry.position(place)),"
            return "\(entry.name)\(position) is \(entry.text(place)) instead of \(other.text(place))"
        }
        return others.entries.first { self[$0.name] == nil }.map { "\($0.name) is gone" }
    }
}

extension ShippedValues.Entry {
    fileprivate var words: String { String(decoding: bytes, as: UTF8.self) }

    fileprivate var shapeText: String {
        "\(format.rawValue) [" + shape.map { "\($0)" }.joined(separator: ", ") + "]"
    }

    /// The place of a number among those of its axes, such as `[2, 5]`.
    fileprivate func position(_ index: Int) -> String {
        var rest = index
        var places: [String] = []
        for length in shape.reversed() {
            places.append("\(rest % max(1, length))")
            rest /= max(1, length)
        }
        return "[" + places.reversed().joined(separator: ", ") + "]"
    }

    /// A number in words.
    fileprivate func text(_ index: Int) -> String {
        let bits = self.bits(index)
        switch format {
        case .double: return "\(Double(bitPattern: bits))"
        case .float: return "\(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))"
        case .integer: return "\(Int64(bitPattern: bits))"
        case .byte: return "\(bits)"
        case .bool: return bits == 0 ? "false" : "true"
        }
    }

    /// The bits of a number, which are its lowest ones.
    public func bits(_ index: Int) -> UInt64 {
        let width = format.width
        return bytes[width * index..<width * (index + 1)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
