extension Tensor {
    /// The same numbers, in the same row-major order, under another shape. They are shared, not copied.
    ///
    /// - Parameter shape: The new shape. One length may be −1: it is found from the others.
    public func reshaped(_ shape: [Int], file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        let known = shape.filter { $0 != -1 }
        let size = Shape.count(known, of: "reshaped", file: file, line: line)
        let free = shape.count - known.count
        require(
            free <= 1,
            "reshaped: \(Shape.text(shape)) leaves \(free) lengths open with -1; only one can be found.",
            file: file,
            line: line
        )
        require(
            free == 0 ? size == count : size > 0 && count % size == 0,
            "reshaped: shape \(Shape.text(self.shape)) has \(count) numbers, which do not fill \(Shape.text(shape)).",
            file: file,
            line: line
        )
        let target = free == 0 ? shape : shape.map { $0 == -1 ? count / size : $0 }
        let node = tracked.map { Reshape(shape: target, first: $0) }
        return Tensor(storage, shape: target, node: node)
    }

    /// The same numbers, in the same row-major order, under another shape.
    public func reshaped(_ shape: Int..., file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        reshaped(shape, file: file, line: line)
    }
}

/// The tape's record of another shape for the same numbers.
final class Reshape: Node {
    override var name: String { "reshaped" }
    override func backward(_ gradient: Storage) { first?.receive(gradient) }
}
