/// The perplexity that a mean cross entropy stands for: exp l, the number of equally likely classes that would surprise as
/// much.
///
///     let loss = crossEntropy(logits, words)
///     show(perplexity(loss))
///
/// - Shape: as the cross entropy
/// - Parameter crossEntropy: l, in nats, as all losses here.
///
/// Source: F. Jelinek et al., "Perplexity: a measure of the difficulty of speech recognition tasks" (1977).
public func perplexity(_ crossEntropy: Tensor) -> Tensor { exp(crossEntropy) }

/// The perplexity of true classes under logits: exp of the mean cross entropy.
///
/// - Shape: logits [batch, classes, ...] or [classes], classes without the axis of classes → []
/// - Parameters:
///   - logits: x, the higher the likelier; axis 1 has the classes, axis 0 where there is no batch.
///   - classes: y, the true classes.
///   - ignoredIndex: A class whose entries are left out, such as padding.
@export(interface)
public func perplexity(
    _ logits: Tensor,
    _ classes: IntTensor,
    ignoredIndex: Int = -100,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    let targets = ClassTargets(
        of: "perplexity",
        logits.shape,
        classes,
        weight: nil,
        ignoredIndex: ignoredIndex,
        labelSmoothing: 0,
        file: file,
        line: line
    )
    return exp(targets.loss(logSoftmax(logits, axis: targets.axis), .mean))
}
