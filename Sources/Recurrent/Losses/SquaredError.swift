/// The mean squared error, `l = (x − y)²`.
///
/// - Shape: prediction and target any, but the same → [], or the same for `.none`
/// - Parameters:
///   - prediction: x, what the model says.
///   - target: y, what is right.
///   - reduction: The way in which the losses are joined.
///
/// Source: PyTorch's `MSELoss`; here a target of another shape is an error.
@export(interface)
public func meanSquaredError(
    _ prediction: Tensor,
    _ target: Tensor,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireSameShape(prediction, target, of: "meanSquaredError", file: file, line: line)
    return Tensor.combined(SquaredError(), prediction, target).reduced(reduction)
}

private struct SquaredError: BinaryFunction {
    var name: String { "meanSquaredError" }
    var leftSaves: Operands { [.left, .right] }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ x: Scalar, _ y: Scalar) -> Scalar { (x - y) * (x - y) }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        gradient * (2 * (x - y))
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        gradient * (2 * (y - x))
    }
}
