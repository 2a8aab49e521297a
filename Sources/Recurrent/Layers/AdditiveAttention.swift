/// Additive attention: keys answer a query by a small network, `score = w · tanh(W_q q + W_k k)`, and the query gets
/// the mean of the values by the softmax of the scores.
///
///     let attention = AdditiveAttention(querySize: 64, keySize: 64, hiddenSize: 32)
///     let (context, weights) = attention(state, encoded, encoded, mask: words .== padding)
///
/// - Shape: query [batch, queries, querySize], key [batch, keys, keySize], value [batch, keys, width]
///   → context [batch, queries, width], weights [batch, queries, keys]
///
/// The maps are drawn as those of `Linear`, in the order `query`, `key`, `score`.
///
/// Source: D. Bahdanau et al., "Neural machine translation by jointly learning to align and translate" (2015),
/// appendix A.1.2; `BahdanauAttention` of PyTorch's translation tutorial, whose Wa, Ua and Va are `query`, `key` and
/// `score` here.
public struct AdditiveAttention: Layer {
    /// W_q.
    public let query: Linear
    /// W_k.
    public let key: Linear
    /// w.
    public let score: Linear

    /// Creates a layer with drawn weights.
    ///
    /// - Parameters:
    ///   - querySize: The number of features of a query.
    ///   - keySize: The number of features of a key.
    ///   - hiddenSize: The number of features in between.
    ///   - bias: Whether the maps have biases.
    ///   - generator: The generator of the weights.
    @export(interface)
    public init(
        querySize: Int,
        keySize: Int,
        hiddenSize: Int,
        bias: Bool = true,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        for (size, name) in [(querySize, "querySize"), (keySize, "keySize"), (hiddenSize, "hiddenSize")] {
            requirePositive(size, name, of: "AdditiveAttention", file: file, line: line)
        }
        let map = { (inputs: Int, outputs: Int) in
            Linear(inputSize: inputs, outputSize: outputs, bias: bias, generator: generator)
        }
        query = map(querySize, hiddenSize)
        key = map(keySize, hiddenSize)
        score = map(hiddenSize, 1)
    }

    /// The three maps.
    public var structure: LayerStructure {
        LayerStructure(
            "AdditiveAttention(\(query.inputSize), \(key.inputSize) → \(query.outputSize))",
            [
                .sublayer("query", query.structure), .sublayer("key", key.structure),
                .sublayer("score", score.structure),
            ]
        )
    }

    /// Returns what the queries find, and the weights with which they look.
    ///
    /// - Parameter mask: The places that are hidden, where it is not 0: [batch, keys], or [batch, queries, keys].
    @export(interface)
    public func callAsFunction(
        _ query: Tensor,
        _ key: Tensor,
        _ value: Tensor,
        mask: Tensor? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (context: Tensor, weights: Tensor) {
        check(query, key, value, file: file, line: line)
        let sums = self.query(query).unsqueezed(axis: 2) + self.key(key).unsqueezed(axis: 1)
        var scores = score(tanh(sums)).squeezed(axis: -1)
        if let mask {
            let places = mask.rank == 2 ? mask.unsqueezed(axis: 1) : mask
            require(
                Shape.broadcast(places.shape, scores.shape) == scores.shape,
                "AdditiveAttention: a mask of shape \(Shape.text(mask.shape)) does not fit the scores, "
                    + "\(Shape.text(scores.shape, axes: ["batch", "queries", "keys"])). It can be [batch, keys] or "
                    + "[batch, queries, keys].",
                file: file,
                line: line
            )
            scores = scores.replacing(with: -.infinity, where: places)
        }
        let weights = softmax(scores, axis: -1)
        let context = weights.matmul(value)
        Recorder.current?.note(output: context, of: structure)
        return (context, weights)
    }

    private func check(_ query: Tensor, _ key: Tensor, _ value: Tensor, file: StaticString, line: UInt) {
        for (tensor, (role, size)) in zip(
            [query, key, value],
            [("query", self.query.inputSize), ("key", self.key.inputSize), ("value", nil as Int?)]
        ) {
            require(
                tensor.rank == 3 && tensor.shape[0] == query.shape[0]
                    && (size == nil || tensor.shape[2] == size),
                "AdditiveAttention: expected a \(role) [batch \(query.shape.first ?? 0), rows, features"
                    + (size.map { " \($0)" } ?? "")
                    + "], not a tensor of shape \(Shape.text(tensor.shape)). A single "
                    + "query of each sequence needs an axis of length 1, with unsqueezed(axis: 1).",
                file: file,
                line: line
            )
        }
        require(
            key.shape[1] == value.shape[1],
            "AdditiveAttention: there are \(key.shape[1]) keys, \(Shape.text(key.shape)), but \(value.shape[1]) values, "
                + "\(Shape.text(value.shape)); each key needs its value.",
            file: file,
            line: line
        )
    }
}
