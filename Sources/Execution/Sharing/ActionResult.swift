internal import Serialization

/// The message by which Bazel's remote cache says what came of an action, as far as Unroll needs it: one output file.
///
/// Source: `build/bazel/remote/execution/v2/remote_execution.proto`, the messages ActionResult, OutputFile and Digest.
struct ActionResult: Equatable {
    /// The digest of the output file.
    var digest: Digest
    /// The size of the output file, in bytes.
    var size: Int

    /// The path of the output file.
    private static let path = "run.json"

    /// Names the output file.
    init(digest: Digest, size: Int) {
        self.digest = digest
        self.size = size
    }

    /// The message in the wire format of Protocol Buffers.
    var bytes: [UInt8] {
        let digest = Message.field(1, digest.text) + Message.field(2, size)
        let file = Message.field(1, ActionResult.path) + Message.field(2, digest)
        return Message.field(2, file)
    }

    /// Reads a message; `nil` if it is none, or names another output.
    init?(bytes: [UInt8]) {
        guard let files = Message(bytes)?.texts(2), files.count == 1,
            let file = Message(files[0]), file.texts(1) == [Array(ActionResult.path.utf8)],
            let digests = Optional(file.texts(2)), digests.count == 1, let digest = Message(digests[0]),
            let hash = digest.texts(1).first, hash.count == 64, let size = digest.numbers(2).first,
            hash.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }), size >= 0
        else { return nil }
        self.init(digest: Digest(text: String(decoding: hash, as: UTF8.self)), size: size)
    }
}

/// A message of Protocol Buffers, as its fields in order.
private struct Message {
    private enum Value {
        case number(Int)
        case text([UInt8])
    }

    private var fields: [(number: Int, value: Value)] = []

    /// Reads the fields; `nil` if the bytes are no message.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = Message.number(&rest) else { return nil }
            switch tag & 7 {
            case 0:
                guard let number = Message.number(&rest) else { return nil }
                fields.append((tag >> 3, .number(number)))
            case 2:
                guard let length = Message.number(&rest), (0...rest.count).contains(length) else {
                    return nil
                }
                fields.append((tag >> 3, .text(Array(rest.prefix(length)))))
                rest = rest.dropFirst(length)
            case 1, 5:
                let length = tag & 7 == 1 ? 8 : 4
                guard rest.count >= length else { return nil }
                rest = rest.dropFirst(length)
            default: return nil
            }
        }
    }

    /// Returns the texts and messages of a field.
    func texts(_ number: Int) -> [[UInt8]] {
        fields.compactMap { field in
            if field.number == number, case .text(let text) = field.value { text } else { nil }
        }
    }

    /// Returns the numbers of a field.
    func numbers(_ number: Int) -> [Int] {
        fields.compactMap { field in
            if field.number == number, case .number(let value) = field.value { value } else { nil }
        }
    }

    /// Takes a number of seven bits a byte from the front.
    private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return Int(truncatingIfNeeded: value) }
        }
        return nil
    }

    static func field(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

    static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(bytes.count) + bytes
    }

    static func field(_ number: Int, _ value: Int) -> [UInt8] { varint(number << 3) + varint(value) }

    private static func varint(_ value: Int) -> [UInt8] {
        var rest = UInt64(value)
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
