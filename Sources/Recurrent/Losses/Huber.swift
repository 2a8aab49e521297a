/// Huber's loss: squared near the target, `l = (x − y)² / 2` up to a distance of δ, from there on straight,
/// `l = δ (|x − y| − δ / 2)`, so that outliers pull less.
///
/// - Shape: prediction and target any, but the same → [], or the same for `.none`
/// - Parameters:
///   - prediction: x, what the model says.
///   - target: y, what is right.
///   - delta: δ, above 0.
///   - reduction: The way in which the losses are joined.
///
/// Source: P. Huber, "Robust estimation of a location parameter" (1964); PyTorch's `HuberLoss`.
@export(interface)
public func huberLoss(
    _ prediction: Tensor,
    _ target: Tensor,
    delta: Float = 1,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireSameShape(prediction, target, of: "huberLoss", file: file, line: line)
    require(delta > 0, "huberLoss: delta is \(delta); it must be above 0.", file: file, line: line)
    return Tensor.combined(Huber(delta: delta), prediction, target).reduced(reduction)
}

/// Huber's loss over β: `l = (x − y)² / 2β` up to a distance of β, from there on `l = |x − y| − β / 2`.
///
/// - Shape: prediction and target any, but the same → [], or the same for `.none`
/// - Parameters:
///   - prediction: x, what the model says.
///   - target: y, what is right.
///   - beta: β, at least 0; with 0 this is the absolute error.
///   - reduction: The way in which the losses are joined.
///
/// Source: PyTorch's `SmoothL1Loss`.
@export(interface)
public func smoothL1Loss(
    _ prediction: Tensor,
    _ target: Tensor,
    beta: Float = 1,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireSameShape(prediction, target, of: "smoothL1Loss", file: file, line: line)
    require(beta >= 0, "smoothL1Loss: beta is \(beta); it must be at least 0.", file: file, line: line)
    if beta == 0 { return meanAbsoluteError(prediction, target, reduction: reduction) }
    return Tensor.combined(SmoothL1(beta: beta), prediction, target).reduced(reduction)
}

private struct Huber: BinaryFunction {
    let delta: Float
    var name: String { "huberLoss" }
    var leftSaves: Operands { [.left, .right] }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ x: Scalar, _ y: Scalar) -> Scalar {
        let (distance, delta) = ((x - y).magnitude, Scalar(delta))
        return distance < delta ? distance * distance / 2 : delta * (distance - delta / 2)
    }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        let delta = Scalar(delta)
        return gradient * min(max(x - y, -delta), delta)
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        backwardLeft(gradient, y, x)
    }
}

private struct SmoothL1: BinaryFunction {
    let beta: Float
    var name: String { "smoothL1Loss" }
    var leftSaves: Operands { [.left, .right] }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ x: Scalar, _ y: Scalar) -> Scalar {
        let (distance, beta) = ((x - y).magnitude, Scalar(beta))
        return distance < beta ? distance * distance / 2 / beta : distance - beta / 2
    }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        gradient * min(max((x - y) / Scalar(beta), -1), 1)
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        backwardLeft(gradient, y, x)
    }
}
