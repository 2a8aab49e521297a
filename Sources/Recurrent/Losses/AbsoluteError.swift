/// The mean absolute error, `l = |x − y|`; its slope at no difference is 0.
///
/// - Shape: prediction and target any, but the same → [], or the same for `.none`
/// - Parameters:
///   - prediction: x, what the model says.
///   - target: y, what is right.
///   - reduction: The way in which the losses are joined.
///
/// Source: PyTorch's `L1Loss`.
@export(interface)
public func meanAbsoluteError(
    _ prediction: Tensor,
    _ target: Tensor,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireSameShape(prediction, target, of: "meanAbsoluteError", file: file, line: line)
    return Tensor.combined(AbsoluteError(), prediction, target).reduced(reduction)
}

private struct AbsoluteError: BinaryFunction {
    var name: String { "meanAbsoluteError" }
    var leftSaves: Operands { [.left, .right] }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ x: Scalar, _ y: Scalar) -> Scalar { (x - y).magnitude }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        // A product, so that a gradient that is no number stays none.
        gradient * (x > y ? 1 : x < y ? -1 : 0)
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        backwardLeft(gradient, y, x)
    }
}
