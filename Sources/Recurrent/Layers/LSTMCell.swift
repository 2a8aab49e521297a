/// One step of `LSTM`: `c' = σ(f) c + σ(i) tanh(g)`, `h' = σ(o) tanh(c')`; gates in the order i, f, g, o.
///
/// Source: PyTorch's `LSTMCell`.
public struct LSTMCell: RecurrentCell {
    private let cell: BuiltInCell<LSTMRecurrence>

    /// Creates a cell with weights drawn from U(−1/√hidden, 1/√hidden).
    ///
    /// - Parameters:
    ///   - inputSize: The number of features of a time step.
    ///   - hiddenSize: The number of features of the hidden state.
    ///   - bias: Whether there are b_ih and b_hh.
    ///   - generator: The generator of the weights.
    @export(interface)
    public init(
        inputSize: Int,
        hiddenSize: Int,
        bias: Bool = true,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        cell = BuiltInCell(
            LSTMRecurrence(),
            inputSize: inputSize,
            hiddenSize: hiddenSize,
            bias: bias,
            generator: generator,
            file: file,
            line: line
        )
    }

    /// The parameters: `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
    public var structure: LayerStructure { cell.structure }

    /// A state of zeros.
    @export(interface)
    public func zeroState(batchSize: Int) -> LSTMState { cell.zeroState(batchSize: batchSize) }

    /// The state after a time step.
    @_disfavoredOverload
    @export(interface)
    public func callAsFunction(_ x: Tensor, _ state: LSTMState) -> LSTMState {
        self(x, state, file: #filePath, line: #line)
    }

    /// The state after a time step.
    ///
    /// - Shape: x [batch, input], the state's tensors [batch, hidden] → the same
    @export(interface)
    public func callAsFunction(
        _ x: Tensor,
        _ state: LSTMState,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> LSTMState {
        cell(x, state, file: file, line: line)
    }
}
