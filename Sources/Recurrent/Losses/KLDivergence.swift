/// The divergence of predicted from true probabilities, `l = y (ln y − x)`, where x are logarithms.
///
/// What is true with probability 0 costs nothing.
///
/// - Shape: prediction and target any, but the same → [], or the same for `.none`
/// - Parameters:
///   - prediction: x, the logarithms of the predicted probabilities, as from `logSoftmax`.
///   - target: y, the true probabilities, or their logarithms.
///   - targetIsLogarithm: Whether the target has logarithms.
///   - reduction: The way in which the losses are joined. `.mean` divides by the number of all entries; the mean of the
///     examples' divergences is `.batchMean`.
///
/// Source: S. Kullback and R. Leibler, "On information and sufficiency" (1951); PyTorch's `KLDivLoss`.
@export(interface)
public func klDivergence(
    _ prediction: Tensor,
    _ target: Tensor,
    targetIsLogarithm: Bool = false,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireSameShape(prediction, target, of: "klDivergence", file: file, line: line)
    let losses =
        targetIsLogarithm
        ? Tensor.combined(LogarithmicDivergence(), prediction, target)
        : Tensor.combined(Divergence(), prediction, target)
    return losses.reduced(reduction)
}

private struct Divergence: BinaryFunction {
    var name: String { "klDivergence" }
    var leftSaves: Operands { .right }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ x: Scalar, _ y: Scalar) -> Scalar {
        (y == 0 ? 0 : y * Scalar.log(y)) - y * x
    }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar { -gradient * y }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        // At 0 there is no slope, and PyTorch's is NaN, too.
        gradient * ((y == 0 ? 0 : Scalar.log(y)) + y / y - x)
    }
}

private struct LogarithmicDivergence: BinaryFunction {
    var name: String { "klDivergence" }
    var leftSaves: Operands { .right }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ x: Scalar, _ y: Scalar) -> Scalar { Scalar.exp(y) * (y - x) }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        -gradient * Scalar.exp(y)
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ y: Scalar) -> Scalar {
        gradient * (Scalar.exp(y) * (y - x + 1))
    }
}
