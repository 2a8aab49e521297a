internal import KernelInterface

/// One time step of a recurrent layer, by kind.
///
/// A step takes `a = W_ih x + b_ih`, which does not depend on the state and can be made for all steps at once, and
/// the state, and gives the next state.
protocol Recurrence {
    associatedtype State: RecurrentState

    /// The name of the layer in messages.
    static var name: String { get }
    /// The number of blocks of `hidden` rows in the weights.
    static var gates: Int { get }
    /// The number of tensors in a state.
    static var stateCount: Int { get }

    /// The same step in the kernels, which take a whole sequence at once and give the same bits.
    var kernel: RecurrentKind { get }

    /// The gates' names, in the order of the weights' blocks.
    static var gateNames: [String] { get }

    /// One step, from a [batch, gates · hidden] and a state of [batch, hidden].
    func step(_ a: Tensor, _ state: State, _ weights: RecurrentWeights) -> RecurrentStep<State>
}

/// The result of one step of a recurrent layer.
struct RecurrentStep<State: RecurrentState> {
    /// The next state.
    let state: State
    /// The sums before their nonlinearities, one for each gate.
    let sums: [Tensor]
    /// The gates.
    let gates: [Tensor]
}

/// `h' = tanh(b + a)`, or with relu in place of tanh.
struct ElmanRecurrence: Recurrence {
    static var name: String { "RNN" }
    static var gateNames: [String] { ["h"] }
    static var gates: Int { 1 }
    static var stateCount: Int { 1 }
    let nonlinearity: Nonlinearity
    var kernel: RecurrentKind { nonlinearity == .tanh ? .tanh : .relu }

    func step(_ a: Tensor, _ state: HiddenState, _ weights: RecurrentWeights) -> RecurrentStep<HiddenState> {
        let sum = affine(state.hidden, weights.hidden, weights.hiddenBias) + a
        let hidden = nonlinearity == .tanh ? tanh(sum) : relu(sum)
        return RecurrentStep(state: HiddenState(hidden), sums: [sum], gates: [hidden])
    }
}

/// Gates in the order i, f, g, o: `c' = σ(f) c + σ(i) tanh(g)`, `h' = σ(o) tanh(c')`, or `W_hr` times that.
struct LSTMRecurrence: Recurrence {
    static var name: String { "LSTM" }
    static var gateNames: [String] { ["i", "f", "g", "o"] }
    static var gates: Int { 4 }
    static var stateCount: Int { 2 }
    var kernel: RecurrentKind { .lstm }

    func step(_ a: Tensor, _ state: LSTMState, _ weights: RecurrentWeights) -> RecurrentStep<LSTMState> {
        let sums = affine(state.hidden, weights.hidden, weights.hiddenBias) + a
        let size = weights.hidden.shape[0] / 4
        let blocks = (0..<4).map { gate in sums[.all, gate * size..<(gate + 1) * size] }
        let (i, f, g, o) = (sigmoid(blocks[0]), sigmoid(blocks[1]), tanh(blocks[2]), sigmoid(blocks[3]))
        let cell = f * state.cell + i * g
        let output = o * tanh(cell)
        let hidden = weights.projection.map { affine(output, $0, nil) } ?? output
        return RecurrentStep(state: LSTMState(hidden, cell), sums: blocks, gates: [i, f, g, o])
    }
}

/// Gates in the order r, z, n: `n = tanh(a_n + r b_n)`, reset after the product; `h' = (h − n) z + n`.
struct GRURecurrence: Recurrence {
    static var name: String { "GRU" }
    static var gateNames: [String] { ["r", "z", "n"] }
    static var gates: Int { 3 }
    static var stateCount: Int { 1 }
    var kernel: RecurrentKind { .gru }

    func step(_ a: Tensor, _ state: HiddenState, _ weights: RecurrentWeights) -> RecurrentStep<HiddenState> {
        let b = affine(state.hidden, weights.hidden, weights.hiddenBias)
        let size = weights.hidden.shape[1]
        let block = { (sums: Tensor, gate: Int) in sums[.all, gate * size..<(gate + 1) * size] }
        let resetSum = block(b, 0) + block(a, 0)
        let r = sigmoid(resetSum)
        let updateSum = block(b, 1) + block(a, 1)
        let z = sigmoid(updateSum)
        let newSum = block(a, 2) + block(b, 2) * r
        let n = tanh(newSum)
        return RecurrentStep(
            state: HiddenState((state.hidden - n) * z + n),
            sums: [resetSum, updateSum, newSum],
            gates: [r, z, n]
        )
    }
}

/// The function that an `RNN` applies to the sum of its inputs.
public enum Nonlinearity: Sendable {
    /// The hyperbolic tangent.
    case tanh
    /// The positive part.
    case relu
}
