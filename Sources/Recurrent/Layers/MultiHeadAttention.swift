/// Attention with several heads: each has maps of its own for queries, keys and values, and their outputs are mapped
/// together, `y = concat(head₁, head₂, …) W_oᵀ + b_o`.
///
///     let attention = MultiHeadAttention(size: 64, heads: 4, batchFirst: true)
///     let (y, weights) = attention(x, x, x)               // weights [batch, queries, keys]
///
/// - Shape: query [queries, batch, size], key [keys, batch, keySize], value [keys, batch, valueSize]
///   → [queries, batch, size]; with the batch first if `batchFirst`, or without it
///
/// The maps are drawn as Xavier's, from U(−a, a) with `a = √(6 / (inputs + outputs))`; biases are zeros at first.
///
/// Source: A. Vaswani et al., "Attention is all you need" (2017), section 3.2.2; PyTorch's `MultiheadAttention`.
public struct MultiHeadAttention: Layer {
    /// The number of features of queries and of the output.
    public let size: Int
    /// The number of heads.
    public let heads: Int
    /// Whether the batch is axis 0 of input and output.
    public let batchFirst: Bool
    /// The maps of queries, keys and values: one matrix [3 · size, size], or one [size, …] each where sizes differ.
    let inputWeights: [Tensor]
    /// Their biases [3 · size].
    let inputBias: Tensor?
    let outputProjection: Linear
    var dropout: Dropout

    /// Creates a layer with drawn weights.
    ///
    /// - Parameters:
    ///   - size: The number of features of queries and of the output.
    ///   - heads: The number of heads, which share the features.
    ///   - keySize: The number of features of keys, by default `size`.
    ///   - valueSize: The number of features of values, by default `size`.
    ///   - bias: Whether the maps have biases.
    ///   - dropout: The probability with which a weight is dropped in training.
    ///   - batchFirst: Whether the batch is axis 0 of input and output.
    ///   - generator: The generator of the weights and, later, of dropout.
    /// - Precondition: `size` is a multiple of `heads`.
    @export(interface)
    public init(
        size: Int,
        heads: Int,
        keySize: Int? = nil,
        valueSize: Int? = nil,
        bias: Bool = true,
        dropout: Double = 0,
        batchFirst: Bool = false,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let sizes = [(size, "size"), (heads, "heads"), (keySize ?? size, "keySize")]
        for (value, name) in sizes + [(valueSize ?? size, "valueSize")] {
            requirePositive(value, name, of: "MultiHeadAttention", file: file, line: line)
        }
        require(
            size % heads == 0,
            "MultiHeadAttention: \(size) features cannot be shared evenly by \(heads) heads; size must be a multiple of "
                + "heads.",
            file: file,
            line: line
        )
        self.size = size
        self.heads = heads
        self.batchFirst = batchFirst
        self.dropout = Dropout(dropout, generator: generator, file: file, line: line)
        outputProjection = Linear(inputSize: size, outputSize: size, bias: bias, generator: generator)
        outputProjection.bias?.storage.clear()
        let isPacked = keySize ?? size == size && valueSize ?? size == size
        let shapes =
            isPacked
            ? [[3 * size, size]] : [[size, size], [size, keySize ?? size], [size, valueSize ?? size]]
        inputWeights = shapes.map { shape in
            let bound = (6 / Double(shape[0] + shape[1])).squareRoot()
            return Tensor.uniform(shape, from: -bound, to: bound, generator: generator).requiringGradient()
        }
        inputBias = bias ? Tensor.zeros([3 * size]).requiringGradient() : nil
    }

    /// The layer's parameters, named as PyTorch names them, and its mode.
    public var structure: LayerStructure {
        let names =
            inputWeights.count == 1
            ? ["in_proj_weight"] : ["q_proj_weight", "k_proj_weight", "v_proj_weight"]
        var structure = LayerStructure(
            "MultiHeadAttention(\(size), \(heads) heads)",
            parameters: zip(names, inputWeights).map { ($0, $1) } + [("in_proj_bias", inputBias)],
            mode: dropout.mode
        )
        structure.parts.append(.sublayer("out_proj", outputProjection.structure))
        return structure
    }

    /// Returns what the queries find, and the weights with which they look.
    ///
    /// A query that may look at no key gets NaN here, as in PyTorch, and zeros of `output(_:_:_:)`.
    ///
    /// - Parameters:
    ///   - query: The queries.
    ///   - key: The keys.
    ///   - value: The values, as many as keys.
    ///   - keyPaddingMask: The keys that are hidden, where it is not 0 [batch, keys].
    ///   - mask: The places that are hidden, where it is not 0; repeated to [batch, heads, queries, keys].
    ///   - bias: Numbers that are added to the scores; repeated likewise. PyTorch's masks of floats.
    ///   - isCausal: Whether a query sees only the keys up to its own position.
    ///   - averagingHeads: Whether the weights are averaged over the heads.
    /// - Returns: The output, and the weights [batch, queries, keys] or, one by one, [batch, heads, queries, keys].
    @export(interface)
    public func callAsFunction(
        _ query: Tensor,
        _ key: Tensor,
        _ value: Tensor,
        keyPaddingMask: Tensor? = nil,
        mask: Tensor? = nil,
        bias: Tensor? = nil,
        isCausal: Bool = false,
        averagingHeads: Bool = true,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (output: Tensor, weights: Tensor) {
        let masks = AttentionMasks(keyPadding: keyPaddingMask, mask: mask, bias: bias, isCausal: isCausal)
        let (output, weights) = attend(query, key, value, masks, hiddenWeight: .nan, file: file, line: line)
        return (output, averagingHeads ? weights.mean(axis: -3) : weights)
    }

    /// Returns what the queries find, without the weights: PyTorch's `need_weights=False`.
    ///
    /// - Parameters: As of `callAsFunction`.
    @export(interface)
    public func output(
        _ query: Tensor,
        _ key: Tensor,
        _ value: Tensor,
        keyPaddingMask: Tensor? = nil,
        mask: Tensor? = nil,
        bias: Tensor? = nil,
        isCausal: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let masks = AttentionMasks(keyPadding: keyPaddingMask, mask: mask, bias: bias, isCausal: isCausal)
        return attend(query, key, value, masks, hiddenWeight: 0, file: file, line: line).output
    }

    /// - Parameter hiddenWeight: The weight of every key for a query that may look at none.
    private func attend(
        _ query: Tensor,
        _ key: Tensor,
        _ value: Tensor,
        _ masks: AttentionMasks,
        hiddenWeight: Float,
        file: StaticString,
        line: UInt
    ) -> (output: Tensor, weights: Tensor) {
        check(query, key, value, file: file, line: line)
        let hasBatch = query.rank == 3
        let batchAxis = batchFirst ? 0 : 1
        let batch = hasBatch ? query.shape[batchAxis] : 1
        let operands = projected(query, key, value, batch: batch)
        let (queries, keys) = (operands[0].length, operands[1].length)
        let scores = (hasBatch ? [batch] : []) + [heads, queries, keys]
        let (output, weights) = attention(
            operands,
            bias: masks.bias(for: scores, hasBatch: hasBatch, file: file, line: line),
            batch: Array(scores.dropLast(2)),
            heads: heads,
            isCausal: masks.isCausal,
            dropout: dropout,
            hiddenWeight: hiddenWeight,
            output: batchFirst || !hasBatch ? (queries * size, size) : (size, batch * size),
            shape: query.shape
        )
        let y = outputProjection(output)
        Recorder.current?.note(output: y, of: structure)
        return (y, weights)
    }

    /// Maps queries, keys and values, by one product for those that are one tensor.
    private func projected(_ query: Tensor, _ key: Tensor, _ value: Tensor, batch: Int) -> [AttentionOperand]
    {
        let inputs = [query, key, value]
        var operands: [AttentionOperand] = []
        while operands.count < 3 {
            let first = operands.count
            var end = first + 1
            while inputWeights.count == 1, end < 3, inputs[end].isSame(as: inputs[first]) { end += 1 }
            let rows = first * size..<end * size
            let weight =
                inputWeights.count > 1
                ? inputWeights[first]
                : rows.count == 3 * size
                    ? inputWeights[0] : inputWeights[0][rows]
            let block = affine(
                inputs[first],
                weight,
                rows.count == 3 * size ? inputBias : inputBias.map { $0[rows] }
            )
            let length = inputs[first].shape[inputs[first].rank == 3 && batchFirst ? 1 : 0]
            for part in 0..<end - first {
                operands.append(
                    AttentionOperand(
                        tensor: block,
                        block: first,
                        offset: part * size,
                        length: length,
                        width: size / heads,
                        batchStride: batchFirst ? length * rows.count : rows.count,
                        rowStride: batchFirst ? rows.count : batch * rows.count
                    )
                )
            }
        }
        return operands
    }

    private func check(_ query: Tensor, _ key: Tensor, _ value: Tensor, file: StaticString, line: UInt) {
        let name = "MultiHeadAttention"
        let widths =
            inputWeights.count == 1 ? [size, size, size] : inputWeights.map { $0.shape[1] }
        for (tensor, (role, width)) in zip([query, key, value], zip(["query", "key", "value"], widths)) {
            let axes = batchFirst ? "[batch, rows, features \(width)]" : "[rows, batch, features \(width)]"
            require(
                tensor.rank == query.rank && (tensor.rank == 2 || tensor.rank == 3)
                    && tensor.shape.last == width,
                "\(name): expected a \(role) \(axes), or [rows, features \(width)] if none has a batch, not a tensor of "
                    + "shape \(Shape.text(tensor.shape)). Is \(role == "query" ? "size" : role + "Size") the number of "
                    + "its features?",
                file: file,
                line: line
            )
            guard tensor.rank == 3 else { continue }
            let (ours, queries) = (tensor.shape[batchFirst ? 0 : 1], query.shape[batchFirst ? 0 : 1])
            require(
                ours == queries,
                "\(name): the \(role) \(Shape.text(tensor.shape)), \(axes), is of a batch of \(ours), the query of one of "
                    + "\(queries). Is batchFirst: \(!batchFirst) meant?",
                file: file,
                line: line
            )
        }
        let axis = query.rank == 3 && batchFirst ? 1 : 0
        require(
            key.shape[axis] == value.shape[axis],
            "\(name): there are \(key.shape[axis]) keys, \(Shape.text(key.shape)), but \(value.shape[axis]) values, "
                + "\(Shape.text(value.shape)); each key needs its value.",
            file: file,
            line: line
        )
    }
}

/// What a call of attention hides.
struct AttentionMasks {
    var keyPadding: Tensor?
    var mask: Tensor?
    var bias: Tensor?
    var isCausal = false

    /// What is added to scores [batch, heads, queries, keys], or without the batch.
    func bias(for scores: [Int], hasBatch: Bool, file: StaticString, line: UInt) -> Tensor? {
        let name = "MultiHeadAttention"
        var padding = keyPadding
        if let keyPadding {
            let expected = (hasBatch ? [scores[0]] : []) + [scores[scores.count - 1]]
            require(
                keyPadding.shape == expected,
                "\(name): expected a keyPaddingMask of shape "
                    + Shape.text(expected, axes: hasBatch ? ["batch", "keys"] : ["keys"])
                    + ", not \(Shape.text(keyPadding.shape)). The batch is always first here. A mask of queries and keys is "
                    + "passed as mask:.",
                file: file,
                line: line
            )
            if hasBatch { padding = keyPadding.reshaped([expected[0], 1, 1, expected[1]]) }
        }
        return scoreBias(bias, [mask, padding], for: scores, of: name, file: file, line: line)
    }
}

extension Tensor {
    /// Whether this is another name for a tensor.
    fileprivate func isSame(as other: Tensor) -> Bool {
        storage === other.storage && node === other.node && shape == other.shape
    }
}
