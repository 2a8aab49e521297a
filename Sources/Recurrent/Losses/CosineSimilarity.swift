/// The cosines of the angles between vectors: `y = a · b / (max(‖a‖, ε) max(‖b‖, ε))`.
///
/// - Shape: along axis 1, [batch, features] twice → [batch]; other axes are broadcast
/// - Parameters:
///   - left: a.
///   - right: b.
///   - axis: The axis along which the vectors lie; negative numbers count from the last.
///   - epsilon: ε, which keeps vectors of length 0 from a division by it. Gradients are those of lengths that were not
///     held above it, as PyTorch's.
///
/// Source: PyTorch's `cosine_similarity`.
@export(interface)
public func cosineSimilarity(
    _ left: Tensor,
    _ right: Tensor,
    axis: Int = 1,
    epsilon: Float = 1e-8,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    guard let shape = Shape.broadcast(left.shape, right.shape) else {
        stop(Shape.broadcastFailure("cosineSimilarity", left.shape, right.shape), file: file, line: line)
    }
    let axis = Shape.axis(axis, of: shape, for: "cosineSimilarity", file: file, line: line)
    let directions = [left, right].map { vectors in
        let vectors = vectors.broadcast(to: shape)
        let squares = vectors.pow(2).sum(axis: axis, keepingDimensions: true)
        // So a vector of zeros gets no gradient from its length, instead of NaN.
        let lengths = sqrt(maximum(squares, Tensor(.leastNormalMagnitude)))
        return vectors / (lengths + (maximum(lengths, Tensor(epsilon)) - lengths).detached())
    }
    return (directions[0] * directions[1]).sum(axis: axis)
}
