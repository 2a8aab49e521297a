/// The way in which the losses of single predictions are joined.
public enum LossReduction: Sendable {
    /// No reduction: one loss for each prediction.
    case none
    /// Their mean.
    case mean
    /// Their sum.
    case sum
    /// Their sum, divided by the number of examples: the length of the predictions' first axis.
    case batchMean
}

extension Tensor {
    /// The losses, joined.
    func reduced(_ reduction: LossReduction) -> Tensor {
        switch reduction {
        case .none: self
        case .mean: mean()
        case .sum: sum()
        case .batchMean: sum() / Float(shape.first ?? 1)
        }
    }
}

/// Stops where predictions and targets differ in shape, which broadcasting would hide.
func requireSameShape(
    _ prediction: Tensor,
    _ target: Tensor,
    of loss: String,
    file: StaticString,
    line: UInt
) {
    require(
        prediction.shape == target.shape,
        "\(loss): the prediction has shape \(Shape.text(prediction.shape)), the target "
            + "\(Shape.text(target.shape)). \(mismatch(prediction.shape, target.shape))",
        file: file,
        line: line
    )
}

/// The message for two shapes that differ, with what helps.
private func mismatch(_ prediction: [Int], _ target: [Int]) -> String {
    let squeezed = { (shape: [Int]) in shape.filter { $0 != 1 } }
    guard squeezed(prediction) == squeezed(target), let joint = Shape.broadcast(prediction, target) else {
        return "They must be equal."
    }
    let remedy =
        "Give the target the prediction's shape, with target.reshaped(\(Shape.text(prediction))), or the other way "
        + "round."
    if Shape.count(joint) == Shape.count(prediction) { return "They must be equal. " + remedy }
    return
        "Subtracted as they are, every prediction would meet every target, \(Shape.text(joint)) differences, and the "
        + "model would learn no more than the mean. " + remedy
}
