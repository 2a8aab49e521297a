/// Attention: each query's mean of the values, by how well the keys answer it,
/// `O = softmax(scale · Q Kᵀ + bias) V`.
///
///     let context = scaledDotProductAttention(query, key, value, isCausal: true)
///
/// A query that may look at no key gets zeros.
///
/// - Shape: query [..., queries, features], key [..., keys, features], value [..., keys, width]
///   → [..., queries, width]
/// - Parameters:
///   - query: Q.
///   - key: K.
///   - value: V.
///   - mask: The places that are hidden, where it is not 0; repeated to [..., queries, keys]. PyTorch's function of this
///     name reads truth values the other way round, its `MultiheadAttention` as here.
///   - bias: Numbers that are added to the scores; repeated likewise.
///   - isCausal: Whether a query sees only the keys up to its own position.
///   - dropout: The probability with which a weight is dropped.
///   - scale: The factor of the scores, by default 1/√features.
///   - generator: The generator of dropout.
///
/// Source: A. Vaswani et al., "Attention is all you need" (2017), equation 1; PyTorch's
/// `scaled_dot_product_attention`.
@export(interface)
public func scaledDotProductAttention(
    _ query: Tensor,
    _ key: Tensor,
    _ value: Tensor,
    mask: Tensor? = nil,
    bias: Tensor? = nil,
    isCausal: Bool = false,
    dropout: Double = 0,
    scale: Double? = nil,
    generator: Generator = .default,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    requireFitting(query, key, value, file: file, line: line)
    let batch = Array(query.shape.dropLast(2))
    let operands = [query, key, value].enumerated().map { block, tensor in
        let (length, width) = (tensor.shape[tensor.rank - 2], tensor.shape[tensor.rank - 1])
        return AttentionOperand(
            tensor: tensor,
            block: block,
            offset: 0,
            length: length,
            width: width,
            batchStride: length * width,
            rowStride: width
        )
    }
    let bias = scoreBias(
        bias,
        [mask],
        for: batch + [operands[0].length, operands[1].length],
        of: "scaledDotProductAttention",
        file: file,
        line: line
    )
    let width = operands[2].width
    return attention(
        operands,
        bias: bias,
        batch: batch,
        heads: 1,
        scale: scale,
        isCausal: isCausal,
        dropout: Dropout(dropout, generator: generator, file: file, line: line),
        hiddenWeight: 0,
        output: (operands[0].length * width, width),
        shape: Array(query.shape.dropLast()) + [width]
    ).output
}

/// Attention of heads, wherever their rows lie; as one step on the tape.
func attention(
    _ operands: [AttentionOperand],
    bias: Tensor?,
    batch: [Int],
    heads: Int,
    scale: Double? = nil,
    isCausal: Bool,
    dropout: Dropout,
    hiddenWeight: Float,
    output: (batchStride: Int, rowStride: Int),
    shape: [Int]
) -> (output: Tensor, weights: Tensor) {
    let isDouble = (operands.map { $0.tensor } + [bias].compactMap { $0 }).contains {
        $0.storage.precision == .double
    }
    let operands = operands.map { operand in
        var operand = operand
        if isDouble { operand.tensor = operand.tensor.doubled() }
        return operand
    }
    let count = Shape.count(batch) * operands[0].length * operands[1].length
    let factors = dropout.isActive ? dropout.factors([count]).storage : nil
    let pass = AttentionPass(
        query: operands[0],
        key: operands[1],
        value: operands[2],
        bias: isDouble ? bias?.doubled() : bias,
        factors: factors?.converted(to: isDouble ? .double : .single),
        batch: batch,
        heads: heads,
        scale: scale ?? 1 / Double(max(operands[0].width, 1)).squareRoot(),
        isCausal: isCausal,
        hiddenWeight: hiddenWeight,
        output: output
    )
    return pass.run(shape: shape)
}

/// What is added to scores of a shape: the bias, and −∞ wherever a mask is not 0; nil if there is nothing to add.
func scoreBias(
    _ bias: Tensor?,
    _ masks: [Tensor?],
    for shape: [Int],
    of operation: String,
    file: StaticString,
    line: UInt
) -> Tensor? {
    if let bias { requireRepeatable(bias, to: shape, "bias", of: operation, file: file, line: line) }
    var sum = bias
    for mask in masks {
        guard let mask else { continue }
        requireRepeatable(mask, to: shape, "mask", of: operation, file: file, line: line)
        let hidden = Tensor(0).replacing(with: -.infinity, where: mask)
        sum = sum.map { $0 + hidden } ?? hidden
    }
    return sum
}

private func requireRepeatable(
    _ tensor: Tensor,
    to shape: [Int],
    _ name: String,
    of operation: String,
    file: StaticString,
    line: UInt
) {
    let names = ["batch", "heads", "queries", "keys"]
    let axes = shape.count == 3 ? ["batch", "queries", "keys"] : Array(names.suffix(shape.count))
    require(
        Shape.broadcast(tensor.shape, shape) == shape,
        "\(operation): a \(name) of shape \(Shape.text(tensor.shape)) cannot be repeated to the scores, "
            + "\(Shape.text(shape, axes: axes)). Axes are matched from the last; give it axes of length 1 with "
            + "unsqueezed(axis:)?",
        file: file,
        line: line
    )
}

/// Stops where queries, keys and values do not belong together.
private func requireFitting(_ query: Tensor, _ key: Tensor, _ value: Tensor, file: StaticString, line: UInt) {
    let name = "scaledDotProductAttention"
    for (tensor, role) in [(query, "query"), (key, "key"), (value, "value")] {
        require(
            tensor.rank >= 2 && tensor.shape.dropLast(2).elementsEqual(query.shape.dropLast(2)),
            "\(name): expected [..., rows, features] with the same leading axes for query, key and value; the \(role) "
                + "has shape \(Shape.text(tensor.shape))"
                + (tensor.rank < 2
                    ? "." : ", the query \(Shape.text(query.shape)). Repeat it with broadcast(to:)?"),
            file: file,
            line: line
        )
    }
    require(
        query.shape[query.rank - 1] == key.shape[key.rank - 1],
        "\(name): a query has \(query.shape[query.rank - 1]) features, \(Shape.text(query.shape)), a key "
            + "\(key.shape[key.rank - 1]), \(Shape.text(key.shape)); their product needs as many. Map one of them with a "
            + "Linear, or use AdditiveAttention?",
        file: file,
        line: line
    )
    require(
        key.shape[key.rank - 2] == value.shape[value.rank - 2],
        "\(name): there are \(key.shape[key.rank - 2]) keys, \(Shape.text(key.shape)), but "
            + "\(value.shape[value.rank - 2]) values, \(Shape.text(value.shape)); each key needs its value.",
        file: file,
        line: line
    )
}
