/// The cross entropy of predicted and true classes, from logits: `l = −w_y ln softmax(x)_y`.
///
/// The softmax is part of the loss: do not apply it before. The mean divides by the weights of the true classes,
/// `Σ l / Σ w_y`, leaving ignored entries out.
///
///     let loss = crossEntropy(model(words), labels)       // [batch, classes], labels [batch]
///
/// - Shape: logits [batch, classes, ...] or [classes], classes without the axis of classes → [], or as the classes
///   for `.none`
/// - Parameters:
///   - logits: x, the higher the likelier; axis 1 has the classes, axis 0 where there is no batch.
///   - classes: y, the true classes.
///   - weight: w [classes], how much each class counts.
///   - ignoredIndex: A class whose entries are left out.
///   - labelSmoothing: ε; the truth is taken to be y with probability 1 − ε, else any class.
///   - reduction: The way in which the losses are joined.
///
/// Source: PyTorch's `CrossEntropyLoss`.
@export(interface)
public func crossEntropy(
    _ logits: Tensor,
    _ classes: IntTensor,
    weight: Tensor? = nil,
    ignoredIndex: Int = -100,
    labelSmoothing: Float = 0,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    let targets = ClassTargets(
        of: "crossEntropy",
        logits.shape,
        classes,
        weight: weight,
        ignoredIndex: ignoredIndex,
        labelSmoothing: labelSmoothing,
        file: file,
        line: line
    )
    return targets.loss(logSoftmax(logits, axis: targets.axis), reduction)
}

/// The cross entropy of predicted and true probabilities of classes, from logits: `l = −Σ w_c y_c ln softmax(x)_c`.
///
/// A class that cannot be, with a logit of −∞, costs nothing where its true probability is 0; PyTorch answers NaN there.
///
/// - Shape: logits and probabilities [batch, classes, ...] or [classes] → [], or without the axis of classes for
///   `.none`
/// - Parameters:
///   - logits: x.
///   - probabilities: y, of the same shape.
///   - weight: w [classes], how much each class counts.
///   - labelSmoothing: ε, the share that is spread over all classes.
///   - reduction: The way in which the losses are joined; the mean divides by the number of entries.
///
/// Source: PyTorch's `CrossEntropyLoss`.
@export(interface)
public func crossEntropy(
    _ logits: Tensor,
    probabilities: Tensor,
    weight: Tensor? = nil,
    labelSmoothing: Float = 0,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireSameShape(logits, probabilities, of: "crossEntropy", file: file, line: line)
    let targets = ClassTargets(
        of: "crossEntropy",
        probabilities,
        weight: weight,
        labelSmoothing: labelSmoothing,
        file: file,
        line: line
    )
    return targets.loss(logSoftmax(logits, axis: targets.axis), reduction)
}

/// The negative log likelihood of the true classes: `l = −w_y x_y`, where x are logarithms of probabilities.
///
/// - Shape: logarithms [batch, classes, ...] or [classes], classes without the axis of classes → [], or as the
///   classes for `.none`
/// - Parameters:
///   - logarithms: x, as from `logSoftmax`.
///   - classes: y, the true classes.
///   - weight: w [classes], how much each class counts.
///   - ignoredIndex: A class whose entries are left out.
///   - reduction: The way in which the losses are joined; the mean divides by Σ w_y.
///
/// Source: PyTorch's `NLLLoss`.
@export(interface)
public func negativeLogLikelihood(
    _ logarithms: Tensor,
    _ classes: IntTensor,
    weight: Tensor? = nil,
    ignoredIndex: Int = -100,
    reduction: LossReduction = .mean,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    let targets = ClassTargets(
        of: "negativeLogLikelihood",
        logarithms.shape,
        classes,
        weight: weight,
        ignoredIndex: ignoredIndex,
        labelSmoothing: 0,
        file: file,
        line: line
    )
    return targets.loss(logarithms, reduction)
}
