/// Joins tensors along an axis that they all have; the other axes must agree.
///
/// - Shape: [3, 1] and [3, 6] along axis 1 → [3, 7]
/// - Parameters:
///   - tensors: At least one.
///   - axis: The axis to join along; negative numbers count from the last.
public func concatenated(
    _ tensors: [Tensor],
    axis: Int = 0,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    guard let head = tensors.first else {
        stop("concatenated: there are no tensors to join.", file: file, line: line)
    }
    let axis = Shape.axis(axis, of: head.shape, for: "concatenated", file: file, line: line)
    var shape = head.shape
    shape[axis] = 0
    var isDouble = false
    var isTracked = false
    for (index, tensor) in tensors.enumerated() {
        require(
            fits(tensor.shape, head.shape, except: axis),
            "concatenated: tensor 0 has shape \(Shape.text(head.shape)), tensor \(index) \(Shape.text(tensor.shape)); "
                + "joined along axis \(axis), they must agree in every other axis.",
            file: file,
            line: line
        )
        shape[axis] += tensor.shape[axis]
        isDouble = isDouble || tensor.storage.precision == .double
        isTracked = isTracked || tensor.tracked != nil
    }
    let parts = isDouble ? tensors.map { $0.doubled() } : tensors
    let result = Storage.make(count: Shape.count(shape), precision: isDouble ? .double : .single)
    let inner = Shape.count(Array(shape[(axis + 1)...]))
    var start = 0
    for part in parts {
        let width = part.shape[axis] * inner
        let rows = Interleaving(start: start, width: width, stride: shape[axis] * inner, count: part.count)
        switch result.precision {
        case .single: rows.write(part.storage.floats, to: result.floats)
        case .double: rows.write(part.storage.pointer(Double.self), to: result.pointer(Double.self))
        }
        start += width
    }
    guard isTracked else { return Tensor(result, shape: shape) }
    let node = Concatenation(
        shape: shape,
        inputs: parts.map { $0.tracked },
        widths: parts.map { $0.shape[axis] * inner }
    )
    return Tensor(result, shape: shape, node: node)
}

private func fits(_ shape: [Int], _ other: [Int], except free: Int) -> Bool {
    if shape.count != other.count { return false }
    for axis in shape.indices where axis != free && shape[axis] != other[axis] { return false }
    return true
}

/// Where the rows of one part lie among the rows of the whole.
private struct Interleaving {
    let start: Int
    let width: Int
    let stride: Int
    let count: Int

    func write<Scalar: Real>(_ part: UnsafeMutablePointer<Scalar>, to whole: UnsafeMutablePointer<Scalar>) {
        var (place, target) = (0, start)
        while place < count {
            (whole + target).update(from: part + place, count: width)
            place += width
            target += stride
        }
    }

    func read<Scalar: Real>(_ whole: UnsafeMutablePointer<Scalar>, to part: UnsafeMutablePointer<Scalar>) {
        var (place, source) = (0, start)
        while place < count {
            (part + place).update(from: whole + source, count: width)
            place += width
            source += stride
        }
    }
}

/// The tape's record of a concatenation: each part receives its rows of the gradient.
private final class Concatenation: Node {
    let widths: [Int]

    init(shape: [Int], inputs: [Node?], widths: [Int]) {
        self.widths = widths
        super.init(shape: shape, others: inputs)
    }

    override var name: String { "concatenated" }

    override func backward(_ gradient: Storage) {
        let stride = widths.reduce(0, +)
        var start = 0
        for (input, width) in zip(others, widths) {
            if let input {
                let count = Shape.count(input.shape)
                let part = Storage.make(count: count, precision: gradient.precision)
                let rows = Interleaving(start: start, width: width, stride: stride, count: count)
                switch gradient.precision {
                case .single: rows.read(gradient.floats, to: part.floats)
                case .double: rows.read(gradient.pointer(Double.self), to: part.pointer(Double.self))
                }
                input.receive(part)
            }
            start += width
        }
    }
}
