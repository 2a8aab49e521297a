/// The state of a recurrent layer, which it carries from one time step to the next.
public protocol RecurrentState {
    /// The hidden state, which is also what the layer puts out.
    var hidden: Tensor { get }
    /// The tensors that the state consists of, the hidden state first.
    var tensors: [Tensor] { get }
    /// A state of the given tensors, in the order of `tensors`.
    init(tensors: [Tensor])
}

extension RecurrentState {
    /// The same numbers, cut off from what they were computed from.
    ///
    /// A state that is carried from one training step to the next has to be detached: otherwise the second
    /// `backward()` would walk back into the first step, which is gone.
    public func detached() -> Self { Self(tensors: tensors.map { $0.detached() }) }
}

/// The state of `RNN` and `GRU`: one vector for each sequence.
///
/// - Shape: [layers · directions, batch, hidden] for a layer, whether `batchFirst` or not; [batch, hidden] for a cell
public struct HiddenState: RecurrentState {
    /// The hidden state h.
    public var hidden: Tensor

    /// A state from its vector.
    public init(_ hidden: Tensor) {
        self.hidden = hidden
    }

    /// A state from a list of one tensor.
    public init(tensors: [Tensor]) {
        require(tensors.count == 1, "HiddenState(tensors:): expected one tensor, not \(tensors.count).")
        self.init(tensors[0])
    }

    /// The hidden state alone.
    public var tensors: [Tensor] { [hidden] }
}

/// The state of `LSTM`: the hidden state, and the cell state that the gates guard.
///
/// - Shape: each [layers · directions, batch, hidden] for a layer, whether `batchFirst` or not; [batch, hidden] for
///   a cell
public struct LSTMState: RecurrentState {
    /// The hidden state h.
    public var hidden: Tensor
    /// The cell state c.
    public var cell: Tensor

    /// A state from its two vectors.
    public init(_ hidden: Tensor, _ cell: Tensor) {
        self.hidden = hidden
        self.cell = cell
    }

    /// A state from a list of two tensors.
    public init(tensors: [Tensor]) {
        require(tensors.count == 2, "LSTMState(tensors:): expected two tensors, not \(tensors.count).")
        self.init(tensors[0], tensors[1])
    }

    /// The hidden state and the cell state.
    public var tensors: [Tensor] { [hidden, cell] }
}
