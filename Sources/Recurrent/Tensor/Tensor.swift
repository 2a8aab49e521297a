/// A rectangular block of `Float` numbers of any rank, row-major, that can remember how it was computed.
///
/// Copying a tensor copies a reference: both copies speak of the same numbers and the same gradient, as two
/// names for one tensor do in PyTorch. Operations never change their operands; only `data` does. Assigning to entries of a
/// variable, `x[0] = y`, gives it a new tensor, through which gradients flow to both; other names keep the old numbers.
///
///     let w = Tensor([[0.5, -1], [2, 0.25]]).requiringGradient()
///     let loss = (x.matmul(w) - y).pow(2).sum()
///     loss.backward()
///     w.data -= 0.1 * w.gradient!
public struct Tensor {
    /// The length of each axis, outermost first; empty for a single number.
    public let shape: [Int]

    package internal(set) var storage: Storage

    /// The tensor's node on the tape; nil for a constant.
    package let node: Node?

    /// Creates a tensor from its numbers, shape and node.
    @inline(__always)
    package init(_ storage: Storage, shape: [Int], node: Node? = nil) {
        self.storage = storage
        self.shape = shape
        self.node = node
    }

    /// A tensor of the given shape from its numbers in row-major order.
    ///
    /// - Precondition: `scalars` has as many numbers as the shape has places.
    @export(interface)
    public init(
        shape: [Int],
        scalars: [Float],
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let count = Shape.count(shape, of: "Tensor(shape:scalars:)", file: file, line: line)
        require(
            count == scalars.count,
            "Tensor(shape:scalars:): shape \(Shape.text(shape)) has room for \(count) numbers, "
                + "but \(scalars.count) were given.",
            file: file,
            line: line
        )
        self.init(shape: shape) { target in
            scalars.withUnsafeBufferPointer { source in
                if let base = source.baseAddress { target.update(from: base, count: source.count) }
            }
        }
    }

    /// A tensor whose numbers `fill` writes, all of them, in row-major order.
    package init(shape: [Int], fill: (UnsafeMutablePointer<Float>) -> Void) {
        let storage = Storage.make(count: Shape.count(shape))
        fill(storage.floats)
        self.init(storage, shape: shape)
    }

    /// The number of axes.
    public var rank: Int { shape.count }

    /// The number of elements.
    public var count: Int { storage.count }

    /// The numbers in row-major order.
    public var scalars: [Float] {
        let storage = storage.converted(to: .single)
        return [Float](unsafeUninitializedCapacity: storage.count) { buffer, count in
            count = storage.count
            if let base = buffer.baseAddress { base.update(from: storage.floats, count: count) }
        }
    }

    /// The only number of the tensor.
    ///
    /// - Precondition: The tensor holds one number, whatever its rank.
    public var item: Float {
        require(
            count == 1,
            "item: a tensor of shape \(Shape.text(shape)) holds \(count) numbers, not one. "
                + "Pick one with an index, reduce with sum() or mean(), or read them all with scalars."
        )
        return storage.precision == .single ? storage.floats[0] : Float(storage.pointer(Double.self)[0])
    }

    /// Hands out the numbers in row-major order without copying them.
    package func withScalars<Result>(_ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
        withExtendedLifetime(storage) {
            body(UnsafeBufferPointer(start: storage.floats, count: storage.count))
        }
    }
}
