/// Joins tensors along an axis that they all have; the other axes must agree.
///
/// A tensor of shape [0] joins with any shape: it is nothing yet, to which others are added.
///
/// - Shape: [3, 1] and [3, 6] along axis 1 → [3, 7]
/// - Parameters:
///   - tensors: At least one.
///   - axis: The axis to join along; negative numbers count from the last.
@export(interface)
public func concatenated(
    _ tensors: [Tensor],
    axis: Int = 0,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    guard !tensors.isEmpty else {
        stop("concatenated: there are no tensors to join.", file: file, line: line)
    }
    let number = tensors.firstIndex { !isNothing($0) } ?? 0
    let head = tensors[number]
    let axis = Shape.axis(axis, of: head.shape, for: "concatenated", file: file, line: line)
    var shape = head.shape
    shape[axis] = 0
    for (index, tensor) in tensors.enumerated() {
        require(
            isNothing(tensor) || fits(tensor.shape, head.shape, except: axis),
            "concatenated: tensor \(number) has shape \(Shape.text(head.shape)), tensor \(index) \(Shape.text(tensor.shape)); "
                + "joined along axis \(axis), they must agree in every other axis.",
            file: file,
            line: line
        )
        if isNothing(tensor) { continue }
        shape[axis] += tensor.shape[axis]
        if shape[axis] > Shape.limit { break }
    }
    _ = Shape.count(shape, of: "concatenated", file: file, line: line)
    let inner = Shape.count(Array(shape[(axis + 1)...]))
    let parts = number > 0 || tensors.contains(where: isNothing) ? tensors.filter { !isNothing($0) } : tensors
    return interleaved(parts, name: "concatenated", shape: shape, inner: inner, axis: axis)
}

/// Joins tensors of one shape along a new axis.
///
/// - Shape: two of [3, 6] along axis 0 → [2, 3, 6], along axis 1 → [3, 2, 6]
/// - Parameters:
///   - tensors: At least one.
///   - axis: The place of the new axis; negative numbers count from behind the last.
@export(interface)
public func stacked(
    _ tensors: [Tensor],
    axis: Int = 0,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    guard let head = tensors.first else {
        stop("stacked: there are no tensors to join.", file: file, line: line)
    }
    for (index, tensor) in tensors.enumerated() {
        require(
            tensor.shape == head.shape,
            "stacked: tensor 0 has shape \(Shape.text(head.shape)), tensor \(index) \(Shape.text(tensor.shape)); "
                + "only tensors of one shape can be stacked. To join along an axis that is there, use concatenated.",
            file: file,
            line: line
        )
    }
    require(
        axis >= -head.rank - 1 && axis <= head.rank,
        "stacked: a new axis of shape \(Shape.text(head.shape)) can stand at 0 to \(head.rank), or at -1 to "
            + "-\(head.rank + 1), not at \(axis).",
        file: file,
        line: line
    )
    let axis = axis < 0 ? axis + head.rank + 1 : axis
    let inner = Shape.count(Array(head.shape[axis...]))
    var shape = head.shape
    shape.insert(tensors.count, at: axis)
    _ = Shape.count(shape, of: "stacked", file: file, line: line)
    return interleaved(tensors, name: "stacked", shape: shape, inner: inner, axis: nil)
}

/// Joins rows: row i of the result is row i of every part, one behind the other.
///
/// - Parameters:
///   - inner: The number of elements that a part has for each entry of the axis to join along.
///   - axis: The axis to join along; nil when each part is one entry of a new axis.
private func interleaved(
    _ tensors: [Tensor],
    name: StaticString,
    shape: [Int],
    inner: Int,
    axis: Int?
) -> Tensor {
    let isDouble = tensors.contains { $0.storage.precision == .double }
    let parts = isDouble ? tensors.map { $0.doubled() } : tensors
    let width = { (part: Tensor) in axis.map { part.shape[$0] * inner } ?? inner }
    let stride = inner * (axis.map { shape[$0] } ?? parts.count)
    let result = Storage.make(count: Shape.count(shape), precision: isDouble ? .double : .single)
    var start = 0
    for part in parts {
        let rows = Interleaving(start: start, width: width(part), stride: stride, count: part.count)
        switch result.precision {
        case .single: rows.write(part.storage.floats, to: result.floats)
        case .double: rows.write(part.storage.pointer(Double.self), to: result.pointer(Double.self))
        }
        start += rows.width
    }
    guard Tape.isRecording, parts.contains(where: { $0.node != nil }) else {
        return Tensor(result, shape: shape)
    }
    let node = Concatenation(name, shape: shape, inputs: parts.map { $0.node }, widths: parts.map(width))
    return Tensor(result, shape: shape, node: node)
}

/// Whether a tensor is nothing to begin with, of shape [0].
private func isNothing(_ tensor: Tensor) -> Bool { tensor.shape.count == 1 && tensor.shape[0] == 0 }

private func fits(_ shape: [Int], _ other: [Int], except free: Int) -> Bool {
    if shape.count != other.count { return false }
    for axis in shape.indices where axis != free && shape[axis] != other[axis] { return false }
    return true
}

/// The position of one part's rows among the rows of the whole.
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
    private let operation: StaticString
    private let widths: [Int]

    init(_ name: StaticString, shape: [Int], inputs: [Node?], widths: [Int]) {
        operation = name
        self.widths = widths
        super.init(shape: shape, others: inputs)
    }

    override var name: String { operation.description }

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
