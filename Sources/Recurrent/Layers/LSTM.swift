/// A recurrent layer with a long short-term memory, over whole sequences.
///
/// With `a = W_ih x + b_ih` and `b = W_hh h + b_hh`, in blocks i, f, g, o of `hidden` rows each:
/// `c' = σ(a_f + b_f) c + σ(a_i + b_i) tanh(a_g + b_g)`, `h' = σ(a_o + b_o) tanh(c')`.
///
///     let lstm = LSTM(inputSize: 8, hiddenSize: 32, batchFirst: true)
///     let (output, state) = lstm(x)           // state.hidden and state.cell
/// With a `projectionSize`, `h' = W_hr (σ(o) tanh(c'))` instead, and hidden states have that many features; such a layer is
/// computed step by step, which takes longer than a whole sequence at once.
///
/// - Shape: x [time, batch, input], or [batch, time, input] if `batchFirst`, or [time, input]
///   → output [time, batch, directions · hidden], or as x; state's tensors [layers · directions, batch, hidden], always
///
/// Weights are drawn from U(−1/√hidden, 1/√hidden). A layer above the first takes the output of the one below.
/// Bidirectional layers put out both directions side by side, and their states in turns.
///
/// Source: S. Hochreiter and J. Schmidhuber, "Long short-term memory" (1997), with the forget gate of F. Gers et
/// al. (2000) and the projection of H. Sak et al. (2014); PyTorch's `LSTM`.
public struct LSTM: Layer {
    let stack: RecurrentStack<LSTMRecurrence>

    /// Creates a layer with drawn weights.
    ///
    /// - Parameters:
    ///   - inputSize: The number of features of a time step.
    ///   - hiddenSize: The number of features of the hidden state.
    ///   - projectionSize: The number of features that hidden states are projected to, below `hiddenSize`; nil for none.
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
        projectionSize: Int? = nil,
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
            LSTMRecurrence(),
            inputSize: inputSize,
            hiddenSize: hiddenSize,
            projectionSize: projectionSize,
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

    /// The parameters: for each layer and direction `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`, and `weight_hr`
    /// with a projection.
    public var structure: LayerStructure { stack.structure }

    /// The state to start from when nothing is known: zeros.
    ///
    /// - Parameter batchSize: The number of sequences; nil for one sequence without a batch axis.
    @export(interface)
    public func zeroState(batchSize: Int?) -> LSTMState { stack.zeroState(batchSize: batchSize) }

    /// Runs sequences from a state, by default from zeros.
    ///
    /// - Returns: The last layer's hidden state at every step, and all layers' states after the last step.
    @export(interface)
    public func callAsFunction(
        _ x: Tensor,
        _ state: LSTMState? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (output: Tensor, state: LSTMState) {
        stack(x, state, file: file, line: line)
    }

    /// Runs sequences of several lengths from a state, by default from zeros.
    ///
    /// - Returns: The last layer's hidden state at every step, and all layers' states after each sequence's end.
    @export(interface)
    public func callAsFunction(
        _ x: PackedSequence,
        _ state: LSTMState? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (output: PackedSequence, state: LSTMState) {
        stack(x, state, file: file, line: line)
    }
}
