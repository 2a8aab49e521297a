/// One time step of a recurrent network: what `Unrolled` runs over time.
///
/// A cell of one's own:
///
///     struct LeakyCell: RecurrentCell {
///         let input = Linear(inputSize: 1, outputSize: 8)
///         func zeroState(batchSize: Int) -> HiddenState { HiddenState(.zeros([batchSize, 8])) }
///         func callAsFunction(_ x: Tensor, _ state: HiddenState) -> HiddenState {
///             HiddenState(0.9 * state.hidden + tanh(input(x)))
///         }
///     }
///     let (output, state) = Unrolled(LeakyCell())(x)
public protocol RecurrentCell: Layer {
    /// The state that is carried from step to step.
    associatedtype State: RecurrentState

    /// The state to start from when nothing is known.
    func zeroState(batchSize: Int) -> State

    /// The state after a time step.
    ///
    /// - Shape: x [batch, input], the state's tensors [batch, hidden] → the same
    func callAsFunction(_ x: Tensor, _ state: State) -> State
}

/// A cell run over time: the loop that `RNN`, `LSTM` and `GRU` have inside, for cells of any kind.
///
/// - Shape: x [time, batch, input], or [batch, time, input] if `batchFirst` → output with hidden for input
public struct Unrolled<Cell: RecurrentCell>: Layer {
    /// The cell that each time step runs.
    public let cell: Cell
    /// Whether the batch is axis 0 of input and output.
    public let batchFirst: Bool

    /// Makes a layer of a cell.
    public init(_ cell: Cell, batchFirst: Bool = false) {
        self.cell = cell
        self.batchFirst = batchFirst
    }

    /// The cell.
    public var structure: LayerStructure { LayerStructure("Unrolled", [.sublayer("cell", cell.structure)]) }

    /// Runs the cell over sequences from a state, by default the cell's zero state.
    ///
    /// - Returns: The hidden states of all steps, and the state after the last.
    public func callAsFunction(
        _ x: Tensor,
        _ state: Cell.State? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (output: Tensor, state: Cell.State) {
        require(
            x.rank == 3 && x.shape[batchFirst ? 1 : 0] > 0,
            "Unrolled: expected sequences \(batchFirst ? "[batch, time, input]" : "[time, batch, input]") with a "
                + "time step, not a tensor of shape \(Shape.text(x.shape)).",
            file: file,
            line: line
        )
        let steps = batchFirst ? x.transposed(0, 1) : x
        var state = state ?? cell.zeroState(batchSize: steps.shape[1])
        var outputs: [Tensor] = []
        for time in 0..<steps.shape[0] {
            state = cell(steps[time], state)
            outputs.append(state.hidden)
        }
        let output = batchFirst ? stacked(outputs, axis: 1) : stacked(outputs)
        Recorder.current?.note(output: output, of: structure)
        return (output, state)
    }
}
