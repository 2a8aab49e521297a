/// Named tensors as one block of bytes, in the format that PyTorch's users exchange weights in.
///
/// The block begins with the header's length, eight bytes with the lowest first; then comes the header, JSON that gives
/// each tensor's type, shape and place; then the numbers, without a gap.
///
/// Source: the safetensors format, version 0.4.
public struct Safetensors {
    /// The tensors of floating-point numbers, in the order of their numbers.
    public var tensors: [NamedTensor]
    /// The tensors of whole numbers and truth values.
    public var integers: [NamedIntegers]
    /// Notes about the file.
    public var metadata: [(key: String, value: String)]

    static var headerLimit: Int { 100_000_000 }
    /// The key of the notes in a header.
    static var notesName: String { "__metadata__" }

    /// Joins tensors and notes.
    public init(
        _ tensors: [NamedTensor],
        integers: [NamedIntegers] = [],
        metadata: [(key: String, value: String)] = []
    ) {
        self.tensors = tensors
        self.integers = integers
        self.metadata = metadata
    }

    /// The tensor with a name; nil if there is none, or if it has whole numbers. Names are compared as the format does,
    /// code point by code point.
    public subscript(name: String) -> Tensor? {
        tensors.first { $0.name.utf8.elementsEqual(name.utf8) }?.tensor
    }

    /// The tensor of whole numbers with a name; truth values are 0 and 1.
    public func integers(named name: String) -> IntTensor? {
        integers.first { $0.name.utf8.elementsEqual(name.utf8) }?.tensor
    }

    /// The tensors of a sublayer, without its name: with `rnn.weight_ih_l0`, the sublayer `rnn` has `weight_ih_l0`.
    public func sublayer(_ name: String) -> Safetensors {
        let prefix = Array((name + ".").utf8)
        func rest(_ full: String) -> String? {
            full.utf8.starts(with: prefix) ? String(full.utf8.dropFirst(prefix.count)) : nil
        }
        return Safetensors(
            tensors.compactMap { named in rest(named.name).map { NamedTensor($0, named.tensor) } },
            integers: integers.compactMap { named in rest(named.name).map { NamedIntegers($0, named.tensor) }
            },
            metadata: metadata
        )
    }

    /// The names of all tensors.
    var names: [String] { tensors.map { $0.name } + integers.map { $0.name } }

    /// The tensor with a name, whatever its numbers are.
    func numbers(named name: String) -> Tensor? { self[name] ?? integers(named: name).map { Tensor($0) } }

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
        (tensors, integers) = ([], [])
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
            let numbers = bytes[start + entry.begin..<start + entry.end]
            if entry.type.isWhole {
                let tensor = IntTensor(shape: entry.shape, scalars: entry.type.integers(in: numbers))
                integers.append(NamedIntegers(entry.name, tensor))
            } else {
                let tensor = Tensor(shape: entry.shape, scalars: entry.type.floats(in: numbers))
                tensors.append(NamedTensor(entry.name, tensor))
            }
            end = entry.end
        }
        guard end == bytes.count - start else { throw .gapOrOverlap(at: bytes.count - start, found: end) }
    }

    /// The tensors as a block of bytes, their numbers as F32, whole ones as I64.
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
        for name in names {
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
        func add(_ name: String, _ type: NumberType, _ shape: [Int], count: Int) {
            let begin = end
            end += type.byteCount * count
            let lengths = shape.map { String($0) }.joined(separator: ",")
            entries.append(
                HeaderReader.quoted(name) + ":{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(lengths)],"
                    + "\"data_offsets\":[\(begin),\(end)]}"
            )
        }
        // The wide numbers first, so that all lie on a multiple of their size.
        for named in integers { add(named.name, .i64, named.tensor.shape, count: named.tensor.count) }
        for named in tensors { add(named.name, .f32, named.tensor.shape, count: named.tensor.count) }
        header += entries.joined(separator: ",")
        if entries.isEmpty && !metadata.isEmpty { header.removeLast() }
        header += "}"
        var text = Array(header.utf8)
        // Spaces at the end put the numbers on a multiple of eight.
        while text.count % 8 != 0 { text.append(0x20) }
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        bytes += text
        bytes.reserveCapacity(bytes.count + end)
        for named in integers {
            for number in named.tensor.scalars {
                for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
            }
        }
        for named in tensors {
            for number in named.tensor.scalars {
                let bits = number.bitPattern
                for shift in [UInt32(0), 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
            }
        }
        return bytes
    }
}

extension Safetensors: CustomStringConvertible {
    /// The names and shapes of all tensors, one a line.
    public var description: String {
        let all =
            tensors.map { ($0.name, Shape.text($0.tensor.shape)) }
            + integers.map { ($0.name, Shape.text($0.tensor.shape) + "  whole numbers") }
        let width = all.map { $0.0.count }.max() ?? 0
        let lines = all.map { $0 + String(repeating: " ", count: width - $0.count + 2) + $1 }
        return (["\(all.count) \(all.count == 1 ? "tensor" : "tensors")"] + lines).joined(separator: "\n")
    }
}

/// A tensor of whole numbers and what it is called in a file.
public struct NamedIntegers: Hashable, Sendable {
    /// The name, with dots between the levels.
    public var name: String
    /// The numbers.
    public var tensor: IntTensor

    /// Creates a named tensor.
    public init(_ name: String, _ tensor: IntTensor) {
        self.name = name
        self.tensor = tensor
    }
}
