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

/// The cross entropy of yes-or-no predictions, from probabilities: `l = −w (y ln p + (1 − y) ln (1 − p))`.
///
/// Logarithms are held above −100, so that a loss is never infinite. Where the model puts out logits,
/// `binaryCrossEntropy(logits:_:)` is more precise.
///
/// - Shape: probabilities and target any, but the same → [], or the same for `.none`
/// - Parameters:
///   - probabilities: p, the probability of yes.
///   - target: y, 1 for yes and 0 for no, or a probability.
///   - weight: w, how much each loss counts; broadcast.
///   - reduction: The way in which the losses are joined.
/// - Precondition: No probability is below 0 or above 1.
///
/// Source: PyTorch's `BCELoss`.
@export(interface)
public func binaryCrossEntropy(
    probabilities: Tensor,
    _ target: Tensor,
    weight: Tensor? = nil,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireSameShape(probabilities, target, of: "binaryCrossEntropy", file: file, line: line)
    for (place, probability) in probabilities.scalars.enumerated() {
        require(
            !(probability < 0 || probability > 1),
            "binaryCrossEntropy: the probability at place \(place) is \(probability); each must be from 0 to 1. Are these "
                + "logits? Pass them as logits:, or apply sigmoid.",
            file: file,
            line: line
        )
    }
    var losses = Tensor.combined(BinarySurprise(), probabilities, target)
    if let weight { losses = losses * weight }
    return losses.reduced(reduction)
}

private struct BinarySurprise: BinaryFunction {
    var name: String { "binaryCrossEntropy" }
    var leftSaves: Operands { [.left, .right] }
    var rightSaves: Operands { .left }
    func value<Scalar: Real>(_ p: Scalar, _ y: Scalar) -> Scalar {
        (y - 1) * max(Scalar.log(1 - p), -100) - y * max(Scalar.log(p), -100)
    }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ p: Scalar, _ y: Scalar) -> Scalar {
        gradient * (p - y) / max((1 - p) * p, 1e-12)
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ p: Scalar, _ y: Scalar) -> Scalar {
        gradient * (Scalar.log(1 - p) - Scalar.log(p))
    }
}
