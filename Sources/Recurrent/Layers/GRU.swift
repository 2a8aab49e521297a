/// A recurrent layer of gated units, over whole sequences; reset after the product.
///
/// With `a = W_ih x + b_ih` and `b = W_hh h + b_hh`, in blocks r, z, n of `hidden` rows each:
/// `r = σ(a_r + b_r)`, `z = σ(a_z + b_z)`, `n = tanh(a_n + r b_n)`, `h' = (1 − z) n + z h`.
///
///     let gru = GRU(inputSize: 8, hiddenSize: 32, batchFirst: true)
///     let (output, state) = gru(x)
///
/// - Shape: x [time, batch, input], or [batch, time, input] if `batchFirst`, or [time, input]
///   → output [time, batch, directions · hidden], or as x; state [layers · directions, batch, hidden], always
///
/// Weights are drawn from U(−1/√hidden, 1/√hidden). A layer above the first takes the output of the one below.
/// Bidirectional layers put out both directions side by side, and their states in turns.
///
/// Source: K. Cho et al., "Learning phrase representations using RNN encoder-decoder" (2014), in the variant of
/// version 1 that resets after the product; PyTorch's `GRU`.
public struct GRU: Layer {
    let stack: RecurrentStack<GRURecurrence>

    /// Creates a layer with drawn weights.
    ///
    /// - Parameters:
    ///   - inputSize: The number of features of a time step.
    ///   - hiddenSize: The number of features of the hidden state.
    ///   - layerCount: The number of stacked layers.
    ///   - bias: Whether there are b_ih and b_hh.
    ///   - batchFirst: Whether the batch is axis 0 of input and output. States never have it first.
    ///   - dropout: The probability with which a number between layers is dropped in training.
    ///   - bidirectional: Whether the sequences are also read from their ends.
    ///   - generator: The generator of the weights and, later, of dropout.
    @export(interface)
    public init(
        inputSize: Int,
        hiddenSize: Int,
        layerCount: Int = 1,
        bias: Bool = true,
        batchFirst: Bool = false,
        dropout: Double = 0,
        bidirectional: Bool = false,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        stack = RecurrentStack(
            GRURecurrence(),
            inputSize: inputSize,
            hiddenSize: hiddenSize,
            layerCount: layerCount,
            bias: bias,
            batchFirst: batchFirst,
            dropout: dropout,
            bidirectional: bidirectional,
            generator: generator,
            file: file,
            line: line
        )
    }

    /// The parameters: for each layer and direction `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
    public var structure: LayerStructure { stack.structure }

    /// The state to start from when nothing is known: zeros.
    ///
    /// - Parameter batchSize: The number of sequences; nil for one sequence without a batch axis.
    @export(interface)
    public func zeroState(batchSize: Int?) -> HiddenState { stack.zeroState(batchSize: batchSize) }

    /// Runs sequences from a state, by default from zeros.
    ///
    /// - Returns: The last layer's hidden state at every step, and all layers' states after the last step.
    @export(interface)
    public func callAsFunction(
        _ x: Tensor,
        _ state: HiddenState? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (output: Tensor, state: HiddenState) {
        stack(x, state, file: file, line: line)
    }

    /// Runs sequences of several lengths from a state, by default from zeros.
    ///
    /// - Returns: The last layer's hidden state at every step, and all layers' states after each sequence's end.
    @export(interface)
    public func callAsFunction(
        _ x: PackedSequence,
        _ state: HiddenState? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (output: PackedSequence, state: HiddenState) {
        stack(x, state, file: file, line: line)
    }
}
