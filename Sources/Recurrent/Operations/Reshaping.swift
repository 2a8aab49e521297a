extension Tensor {
    /// The same numbers, in the same row-major order, under another shape. They are shared, not copied.
    ///
    /// - Parameter shape: The new shape. One length may be −1: it is found from the others.
    @export(interface)
    public func reshaped(_ shape: [Int], file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        let target = Shape.completed(shape, from: self.shape, file: file, line: line)
        let node = tracked.map { Reshape(shape: target, first: $0) }
        return Tensor(storage, shape: target, node: node)
    }

    /// The same numbers, in the same row-major order, under another shape.
    @export(interface)
    public func reshaped(_ shape: Int..., file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        reshaped(shape, file: file, line: line)
    }
}

extension Shape {
    /// The shape that `reshaped` was asked for, with a length of −1 found from the others.
    static func completed(_ shape: [Int], from old: [Int], file: StaticString, line: UInt) -> [Int] {
        let known = shape.filter { $0 != -1 }
        let size = Shape.count(known, of: "reshaped", file: file, line: line)
        let (free, count) = (shape.count - known.count, Shape.count(old))
        require(
            free <= 1,
            "reshaped: \(Shape.text(shape)) leaves \(free) lengths open with -1; only one can be found.",
            file: file,
            line: line
        )
        require(
            free == 0 ? size == count : size > 0 && count % size == 0,
            "reshaped: shape \(Shape.text(old)) has \(count) numbers, which do not fill \(Shape.text(shape)).",
            file: file,
            line: line
        )
        return free == 0 ? shape : shape.map { $0 == -1 ? count / size : $0 }
    }
}

extension Tensor {
    /// The tensor with all numbers in one axis.
    ///
    /// - Shape: [...] → [count]
    public func flattened() -> Tensor { reshaped([count]) }

    /// Returns the tensor without an axis of length 1.
    ///
    /// - Shape: along axis 1, [3, 1, 2] → [3, 2]
    /// - Precondition: The axis has length 1.
    @export(interface)
    public func squeezed(axis: Int, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        let place = Shape.axis(axis, of: shape, for: "squeezed", file: file, line: line)
        require(
            shape[place] == 1,
            "squeezed: axis \(axis) of shape \(Shape.text(shape)) has length \(shape[place]); only an axis of length "
                + "1 can be dropped without losing numbers.",
            file: file,
            line: line
        )
        var target = shape
        target.remove(at: place)
        return reshaped(target)
    }

    /// Returns the tensor without any axis of length 1.
    ///
    /// - Shape: [3, 1, 2, 1] → [3, 2]
    @export(interface)
    public func squeezed() -> Tensor { reshaped(shape.filter { $0 != 1 }) }

    /// Returns the tensor with a new axis of length 1 at `axis`; negative numbers count from behind the last axis.
    ///
    /// - Shape: at axis 1, or -2: [3, 2] → [3, 1, 2]
    @export(interface)
    public func unsqueezed(axis: Int, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        require(
            axis >= -rank - 1 && axis <= rank,
            "unsqueezed: a new axis of shape \(Shape.text(shape)) can stand at 0 to \(rank), or at -1 to "
                + "-\(rank + 1), not at \(axis).",
            file: file,
            line: line
        )
        var target = shape
        target.insert(1, at: axis < 0 ? axis + rank + 1 : axis)
        return reshaped(target)
    }
}

/// The tape's record of another shape for the same numbers.
final class Reshape: Node {
    override var name: String { "reshaped" }
    override func backward(_ gradient: Storage) { first?.receive(gradient) }
}
