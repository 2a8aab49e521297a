/// Named tensors as one block of bytes, in the format that PyTorch's users exchange weights in.
///
/// The block begins with the header's length, eight bytes with the lowest first; then comes the header, JSON that gives
/// each tensor's type, shape and place; then the numbers, without a gap.
///
/// Source: the safetensors format, version 0.4.
public struct Safetensors {
    /// The tensors, in the order of their numbers.
    public var tensors: [NamedTensor]
    /// Notes about the file.
    public var metadata: [(key: String, value: String)]

    static var headerLimit: Int { 100_000_000 }
    /// The key of the notes in a header.
    static var notesName: String { "__metadata__" }

    /// Joins tensors and notes.
    public init(_ tensors: [NamedTensor], metadata: [(key: String, value: String)] = []) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// The tensor with a name. Names are compared as the format does, code point by code point.
    public subscript(name: String) -> Tensor? {
        tensors.first { $0.name.utf8.elementsEqual(name.utf8) }?.tensor
    }

    /// Reads a block of bytes.
    ///
    /// Nothing is taken on trust: room is made only for numbers that are there.
    ///
    /// - Throws: `SafetensorsError`, whatever the bytes are.
    public init(bytes: [UInt8]) throws(SafetensorsError) {
        guard bytes.count >= 8 else { throw .truncated(expected: 8, found: bytes.count) }
        let size = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard size <= UInt64(Self.headerLimit) else { throw .headerTooLarge(size) }
        let start = 8 + Int(size)
        guard bytes.count >= start else { throw .truncated(expected: start, found: bytes.count) }
        var reader = HeaderReader(bytes[8..<start])
        let header = try reader.read()
        metadata = header.metadata
        tensors = []
        var end = 0
        let entries = header.entries.sorted { $0.begin != $1.begin ? $0.begin < $1.begin : $0.end < $1.end }
        for entry in entries {
            let needed = try entry.checkedByteCount()
            guard entry.begin == end else { throw .gapOrOverlap(at: end, found: entry.begin) }
            guard entry.end >= entry.begin, entry.end - entry.begin == needed else {
                let found = entry.end >= entry.begin ? entry.end - entry.begin : 0
                throw .wrongSize(of: entry.name, expected: needed, found: found)
            }
            guard entry.end <= bytes.count - start else {
                throw .truncated(expected: entry.end, found: bytes.count - start)
            }
            let numbers = entry.type.floats(in: bytes[start + entry.begin..<start + entry.end])
            tensors.append(NamedTensor(entry.name, Tensor(shape: entry.shape, scalars: numbers)))
            end = entry.end
        }
        guard end == bytes.count - start else { throw .gapOrOverlap(at: bytes.count - start, found: end) }
    }

    /// The tensors as a block of bytes, their numbers as F32.
    ///
    /// - Throws: `SafetensorsError.duplicateName` or `.reservedName` where nobody could read what was written.
    public var bytes: [UInt8] {
        get throws(SafetensorsError) {
            try checkNames()
            return written
        }
    }

    private func checkNames() throws(SafetensorsError) {
        var known: Set<[UInt8]> = []
        for name in tensors.map({ $0.name }) {
            if name == Self.notesName { throw .reservedName(name) }
            guard known.insert(Array(name.utf8)).inserted else { throw .duplicateName(name) }
        }
        known = []
        for key in metadata.map({ $0.key }) {
            guard known.insert(Array(key.utf8)).inserted else { throw .duplicateName(key) }
        }
    }

    private var written: [UInt8] {
        var header = "{"
        if !metadata.isEmpty {
            let notes = metadata.map { HeaderReader.quoted($0.key) + ":" + HeaderReader.quoted($0.value) }
            header += HeaderReader.quoted(Self.notesName) + ":{" + notes.joined(separator: ",") + "},"
        }
        var end = 0
        var entries: [String] = []
        for named in tensors {
            let begin = end
            end += 4 * named.tensor.count
            let shape = named.tensor.shape.map { String($0) }.joined(separator: ",")
            entries.append(
                HeaderReader.quoted(named.name)
                    + ":{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}"
            )
        }
        header += entries.joined(separator: ",")
        if entries.isEmpty && !metadata.isEmpty { header.removeLast() }
        header += "}"
        var text = Array(header.utf8)
        // Spaces at the end put the numbers on a multiple of eight.
        while text.count % 8 != 0 { text.append(0x20) }
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        bytes += text
        bytes.reserveCapacity(bytes.count + end)
        for named in tensors {
            for number in named.tensor.scalars {
                let bits = number.bitPattern
                for shift in [UInt32(0), 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
            }
        }
        return bytes
    }
}

/// The format of a tensor's numbers in a file.
enum NumberType: String {
    case f64 = "F64"
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"

    var byteCount: Int {
        switch self {
        case .f64: 8
        case .f32: 4
        case .f16, .bf16: 2
        }
    }

    /// The numbers, exactly, or rounded once for F64.
    func floats(in bytes: ArraySlice<UInt8>) -> [Float] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: byteCount).map { start in
            let bits = bytes[start..<start + byteCount].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return switch self {
            case .f64: Float(Double(bitPattern: bits))
            case .f32: Float(bitPattern: UInt32(bits))
            case .bf16: Float(bitPattern: UInt32(bits) << 16)
            case .f16: Self.widened(UInt32(bits))
            }
        }
    }

    /// A half-precision number: a sign, five bits of exponent, ten of fraction.
    private static func widened(_ bits: UInt32) -> Float {
        let fraction = Float(bits & 0x3ff)
        let magnitude: Float
        switch bits >> 10 & 0x1f {
        case 0: magnitude = fraction * 0x1p-24
        case 31: magnitude = fraction == 0 ? .infinity : .nan
        case let exponent: magnitude = Float(bitPattern: (exponent + 112) << 23) * (1 + fraction * 0x1p-10)
        }
        return bits & 0x8000 == 0 ? magnitude : -magnitude
    }
}
