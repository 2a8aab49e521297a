internal import Kernels

/// The two floating-point formats that a tensor's numbers can have.
///
/// Lessons compute in `single`, as PyTorch does by default. `double` serves `gradientCheck`, which repeats a
/// computation with more digits.
package enum Precision: UInt8 {
    case single
    case double
}

/// The numbers of one or more tensors: a block of memory that they share by reference.
///
/// The block follows the object's header in the same allocation, so that a small tensor costs one; a large one comes
/// from the memory pool. Blocks of a cache line or more start on a cache line, which is what wide vector loads want.
///
/// A pointer into a block is valid as long as someone holds the storage. Every function here takes pointers
/// only from storages that its caller, or the result it returns, keeps alive.
package final class Storage: ManagedBuffer<Storage.Header, Float> {
    package struct Header {
        fileprivate var base: UnsafeMutableRawPointer
        fileprivate var count: Int
        fileprivate var precision: Precision
        fileprivate let pooled: UnsafeMutableRawPointer?
        fileprivate var version: UInt32 = 0
        fileprivate var isOpen = false
    }

    deinit {
        if let block = fields.pointee.pooled { MemoryPool.give(block, byteCount: byteCount) }
    }

    /// A block of `count` numbers that nobody has written yet.
    @export(interface)
    package static func make(count: Int, precision: Precision = .single) -> Storage {
        let bytes = count * (precision == .single ? 4 : 8)
        if bytes >= MemoryPool.leastByteCount {
            let block = MemoryPool.take(byteCount: bytes)
            let buffer = Storage.create(minimumCapacity: 0) { _ in
                Header(base: block, count: count, precision: precision, pooled: block)
            }
            return unsafeDowncast(buffer, to: Storage.self)
        }
        let alignment = bytes < 64 ? 16 : 64
        let buffer = Storage.create(minimumCapacity: (bytes + alignment + 3) / 4) { buffer in
            let start = buffer.withUnsafeMutablePointerToElements { UnsafeMutableRawPointer($0) }
            return Header(
                base: start.alignedUp(toMultipleOf: alignment),
                count: count,
                precision: precision,
                pooled: nil
            )
        }
        return unsafeDowncast(buffer, to: Storage.self)
    }

    /// The header without the dynamic check for overlapping accesses, which no tensor of a few numbers could afford.
    @inline(__always)
    private var fields: UnsafeMutablePointer<Header> { withUnsafeMutablePointerToHeader { $0 } }

    /// A block of `count` numbers, all zero.
    @export(interface)
    package static func zeros(count: Int, precision: Precision = .single) -> Storage {
        let storage = make(count: count, precision: precision)
        storage.clear()
        return storage
    }

    /// The number of elements in the block.
    package var count: Int { fields.pointee.count }

    /// The format of the numbers.
    package var precision: Precision { fields.pointee.precision }

    /// The number of changes to the numbers in place: by a step, through `data` or by loading a file. An operation that
    /// saves them for `backward` compares.
    package var version: UInt32 { fields.pointee.version }

    /// Counts a change of the numbers.
    package func noteChange() { fields.pointee.version &+= 1 }

    /// Whether an assignment through `data` is under way, so that entries are written in place for everyone who shares the
    /// numbers.
    package var isOpen: Bool {
        get { fields.pointee.isOpen }
        set { fields.pointee.isOpen = newValue }
    }

    /// The number of bytes that the numbers take.
    package var byteCount: Int { count * (precision == .single ? 4 : 8) }

    /// The numbers as `Float`s; only for a block of single precision.
    package var floats: UnsafeMutablePointer<Float> { pointer(Float.self) }

    /// The numbers in the format that the block has.
    @inline(__always)
    package func pointer<Scalar: Real>(_: Scalar.Type) -> UnsafeMutablePointer<Scalar> {
        require(precision == Scalar.precision, "A storage was read in another precision than its own.")
        return fields.pointee.base.assumingMemoryBound(to: Scalar.self)
    }

    /// Sets every number to zero.
    @export(interface)
    package func clear() {
        fields.pointee.base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }

    /// Takes over the numbers of another block of the same size and precision.
    @export(interface)
    package func copy(from other: Storage) {
        fields.pointee.base.copyMemory(from: other.fields.pointee.base, byteCount: byteCount)
    }

    /// A block of its own with the same numbers.
    @export(interface)
    package func duplicate() -> Storage {
        let copy = Storage.make(count: count, precision: precision)
        copy.copy(from: self)
        return copy
    }

    /// The same numbers in another format; itself when it has that format.
    @export(interface)
    package func converted(to precision: Precision) -> Storage {
        if precision == self.precision { return self }
        let result = Storage.make(count: count, precision: precision)
        switch precision {
        case .single:
            let (from, to) = (pointer(Double.self), result.pointer(Float.self))
            for index in 0..<count { to[index] = Float(from[index]) }
        case .double:
            let (from, to) = (pointer(Float.self), result.pointer(Double.self))
            for index in 0..<count { to[index] = Double(from[index]) }
        }
        return result
    }

    /// Runs `body` while the numbers of some blocks are held in double precision, for everyone who shares them.
    /// Afterwards they are what they were before.
    package static func withDoublePrecision<Result>(_ storages: [Storage], _ body: () -> Result) -> Result {
        let headers = storages.map { $0.fields.pointee }
        let wide = storages.map { $0.precision == .single ? $0.converted(to: .double) : $0.duplicate() }
        for (storage, wide) in zip(storages, wide) { storage.fields.pointee = wide.fields.pointee }
        // Backward, for a block may stand in the list twice.
        defer {
            for (storage, header) in zip(storages, headers).reversed() { storage.fields.pointee = header }
        }
        return withExtendedLifetime(wide) { body() }
    }
}
