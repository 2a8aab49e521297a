/// The cross entropy of yes-or-no predictions, from logits: `l = −w (p y ln σ(x) + (1 − y) ln (1 − σ(x)))`.
///
/// The logistic function is part of the loss, which keeps it exact where σ(x) is close to 0 or 1: do not
/// apply `sigmoid` before.
///
/// - Shape: logits and target any, but the same → [], or the same for `.none`
/// - Parameters:
///   - logits: x, from which σ(x) is the probability of yes.
///   - target: y, 1 for yes and 0 for no, or a probability.
///   - weight: w, how much each loss counts; broadcast.
///   - positiveWeight: p, how much a yes counts against a no; broadcast.
///   - reduction: The way in which the losses are joined.
///
/// Source: PyTorch's `BCEWithLogitsLoss`.
@export(interface)
public func binaryCrossEntropy(
    logits: Tensor,
    _ target: Tensor,
    weight: Tensor? = nil,
    positiveWeight: Tensor? = nil,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireSameShape(logits, target, of: "binaryCrossEntropy", file: file, line: line)
    var losses: Tensor
    if let positiveWeight {
        // −ln σ(x), counted p times for a yes.
        let surprise = logits.mapped(NegativeLogSigmoid())
        losses = (1 - target) * logits + ((positiveWeight - 1) * target + 1) * surprise
    } else {
        losses = (1 - target) * logits + logits.mapped(NegativeLogSigmoid())
    }
    if let weight { losses = losses * weight }
    return losses.reduced(reduction)
}

/// `−ln σ(x) = ln(1 + exp(−x))`, in a form that neither overflows nor loses digits.
struct NegativeLogSigmoid: UnaryFunction {
    var name: String { "binaryCrossEntropy" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar {
        let small = Scalar.exp(-x.magnitude)
        let sum = 1 + small
        // What `sum` lost in rounding is put back: ln(1 + s) ≈ ln(sum) · s / (sum − 1).
        return max(-x, 0) + (sum == 1 ? small : Scalar.log(sum) * (small / (sum - 1)))
    }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        -gradient * Scalar.sigmoid(-x)
    }
}
