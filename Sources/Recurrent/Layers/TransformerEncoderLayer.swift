/// A layer of a transformer's encoder: attention of a sequence to itself, then a network of two linear maps for each
/// step, both with a way past them.
///
/// `h = norm₁(x + attention(x))`, `y = norm₂(h + W₂ f(W₁ h + b₁) + b₂)`; with `normFirst`
/// `h = x + attention(norm₁ x)`, `y = h + W₂ f(W₁ norm₂(h) + b₁) + b₂`.
///
/// - Shape: x [time, batch, size], or [batch, time, size] if `batchFirst`, or [time, size] → the same
///
/// Source: A. Vaswani et al., "Attention is all you need" (2017), section 3.1; R. Xiong et al., "On layer
/// normalization in the transformer architecture" (2020) for `normFirst`; PyTorch's `TransformerEncoderLayer`, whose
/// weights, names and masks of dropout these are.
public struct TransformerEncoderLayer: TensorLayer {
    /// The function f between the two linear maps.
    public enum Activation: Sendable {
        /// The positive part.
        case relu
        /// x times the share of a normal distribution below it.
        case gelu
    }

    private(set) var attention: MultiHeadAttention
    let linear1: Linear
    let linear2: Linear
    let norm1: LayerNorm
    let norm2: LayerNorm
    /// Between the linear maps, after attention, and after the second map.
    private(set) var dropouts: [Dropout]
    let activation: Activation
    let normFirst: Bool

    /// Creates a layer with drawn weights.
    ///
    /// - Parameters:
    ///   - size: The number of features of a time step.
    ///   - heads: The number of heads of attention.
    ///   - feedForwardSize: The number of features between the two linear maps.
    ///   - dropout: The probability with which a weight of attention, and a number after each part, is dropped in training.
    ///   - activation: f.
    ///   - normFirst: Whether each part normalizes what it takes, instead of the sum that it leaves.
    ///   - epsilon: ε of the normalization.
    ///   - bias: Whether the maps and the normalization have biases.
    ///   - batchFirst: Whether the batch is axis 0 of input and output.
    ///   - generator: The generator of the weights and, later, of dropout.
    @export(interface)
    public init(
        size: Int,
        heads: Int,
        feedForwardSize: Int = 2048,
        dropout: Double = 0.1,
        activation: Activation = .relu,
        normFirst: Bool = false,
        epsilon: Double = 1e-5,
        bias: Bool = true,
        batchFirst: Bool = false,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requirePositive(
            feedForwardSize,
            "feedForwardSize",
            of: "TransformerEncoderLayer",
            file: file,
            line: line
        )
        attention = MultiHeadAttention(
            size: size,
            heads: heads,
            bias: bias,
            dropout: dropout,
            batchFirst: batchFirst,
            generator: generator,
            file: file,
            line: line
        )
        linear1 = Linear(inputSize: size, outputSize: feedForwardSize, bias: bias, generator: generator)
        linear2 = Linear(inputSize: feedForwardSize, outputSize: size, bias: bias, generator: generator)
        norm1 = LayerNorm([size], epsilon: epsilon, bias: bias)
        norm2 = LayerNorm([size], epsilon: epsilon, bias: bias)
        dropouts = (0..<3).map { _ in Dropout(dropout, generator: generator, file: file, line: line) }
        self.activation = activation
        self.normFirst = normFirst
    }

    /// The layer's parts, named as PyTorch names them.
    public var structure: LayerStructure {
        LayerStructure(
            "TransformerEncoderLayer(\(attention.size), \(attention.heads) heads)",
            [
                .sublayer("self_attn", attention.structure),
                .sublayer("linear1", linear1.structure),
                .sublayer("dropout", dropouts[0].structure),
                .sublayer("linear2", linear2.structure),
                .sublayer("norm1", norm1.structure),
                .sublayer("norm2", norm2.structure),
                .sublayer("dropout1", dropouts[1].structure),
                .sublayer("dropout2", dropouts[2].structure),
            ]
        )
    }

    /// Returns another layer with the same weights, which are its own.
    func copied() -> TransformerEncoderLayer {
        var copy = TransformerEncoderLayer(
            size: attention.size,
            heads: attention.heads,
            feedForwardSize: linear1.outputSize,
            activation: activation,
            normFirst: normFirst,
            epsilon: norm1.epsilon,
            bias: linear1.bias != nil,
            batchFirst: attention.batchFirst,
            // What is drawn is replaced, and must not come from the caller's stream.
            generator: Generator(seed: 0)
        )
        copy.attention.dropout = attention.dropout.copied()
        copy.dropouts = dropouts.map { $0.copied() }
        for (ours, theirs) in zip(copy.parameters, parameters) { ours.data = theirs.data }
        return copy
    }

    /// The sequences after attention and the network.
    @_disfavoredOverload
    @export(interface)
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, file: #filePath, line: #line) }

    /// The sequences after attention and the network.
    ///
    /// - Parameters:
    ///   - x: The sequences.
    ///   - mask: The places that are hidden, where it is not 0; repeated to [batch, heads, time, time].
    ///   - bias: Numbers that are added to the scores; repeated likewise.
    ///   - keyPaddingMask: The time steps that are hidden, where it is not 0 [batch, time].
    ///   - isCausal: Whether a step sees only those up to itself.
    @export(interface)
    public func callAsFunction(
        _ x: Tensor,
        mask: Tensor? = nil,
        bias: Tensor? = nil,
        keyPaddingMask: Tensor? = nil,
        isCausal: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let attended = { (x: Tensor) in
            let y = attention.output(
                x,
                x,
                x,
                keyPaddingMask: keyPaddingMask,
                mask: mask,
                bias: bias,
                isCausal: isCausal,
                file: file,
                line: line
            )
            // PyTorch computes attention with time first, and draws the mask for that order.
            return dropouts[1](y, drawnTransposed: attention.batchFirst)
        }
        let y: Tensor
        if normFirst {
            let sum = x + attended(norm1(x, file: file, line: line))
            y = sum + network(norm2(sum))
        } else {
            let sum = norm1(x + attended(x))
            y = norm2(sum + network(sum))
        }
        Recorder.current?.note(output: y, of: structure)
        return y
    }

    private func network(_ x: Tensor) -> Tensor {
        let hidden = linear1(x)
        return dropouts[2](linear2(dropouts[0](activation == .relu ? relu(hidden) : gelu(hidden))))
    }
}

/// Layers of a transformer's encoder, one after the other.
///
///     let layer = TransformerEncoderLayer(size: 64, heads: 4, feedForwardSize: 256, batchFirst: true)
///     let encoder = TransformerEncoder(layer, count: 2)
///     let y = encoder(x, isCausal: true)
///
/// All begin with the weights of the layer that is given, as copies: it is not one of them.
///
/// Source: PyTorch's `TransformerEncoder`.
public struct TransformerEncoder: TensorLayer {
    let layers: [TransformerEncoderLayer]
    let norm: LayerNorm?

    /// Copies a layer.
    ///
    /// - Parameters:
    ///   - layer: The layer with the initial weights.
    ///   - count: The number of layers.
    ///   - norm: A normalization after the last one.
    @export(interface)
    public init(
        _ layer: TransformerEncoderLayer,
        count: Int,
        norm: LayerNorm? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requirePositive(count, "count", of: "TransformerEncoder", file: file, line: line)
        layers = (0..<count).map { _ in layer.copied() }
        self.norm = norm
    }

    /// The layers, as `layers.0`, `layers.1`, …, and `norm`.
    public var structure: LayerStructure {
        var parts = layers.enumerated().map { LayerStructure.Part.sublayer("layers.\($0)", $1.structure) }
        if let norm { parts.append(.sublayer("norm", norm.structure)) }
        return LayerStructure("TransformerEncoder(\(layers.count) layers)", parts)
    }

    /// The sequences after all layers.
    @_disfavoredOverload
    @export(interface)
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, file: #filePath, line: #line) }

    /// The sequences after all layers.
    ///
    /// - Parameters: As of `TransformerEncoderLayer`.
    @export(interface)
    public func callAsFunction(
        _ x: Tensor,
        mask: Tensor? = nil,
        bias: Tensor? = nil,
        keyPaddingMask: Tensor? = nil,
        isCausal: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        var y = x
        for layer in layers {
            y = layer(
                y,
                mask: mask,
                bias: bias,
                keyPaddingMask: keyPaddingMask,
                isCausal: isCausal,
                file: file,
                line: line
            )
        }
        if let norm { y = norm(y) }
        Recorder.current?.note(output: y, of: structure)
        return y
    }
}
