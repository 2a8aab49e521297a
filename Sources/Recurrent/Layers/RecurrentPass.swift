/// One layer in one direction over rows that lie step after step, cell by cell on the tape.
///
/// At each step the first `batchSizes[step]` sequences are running. Forward, a sequence that ends leaves its state
/// behind; in reverse, a sequence joins at its last step with its initial state.
struct RecurrentPass<Kind: Recurrence> {
    let kind: Kind
    let weights: RecurrentWeights
    let batchSizes: [Int]
    let isReverse: Bool

    init(_ kind: Kind, _ weights: RecurrentWeights, _ batchSizes: [Int], isReverse: Bool) {
        self.kind = kind
        self.weights = weights
        self.batchSizes = batchSizes
        self.isReverse = isReverse
    }

    /// - Shape: rows [rows, input], state [batch, hidden] → output [rows, hidden], state [batch, hidden]
    func run(_ rows: Tensor, _ initial: Kind.State) -> (output: Tensor, final: Kind.State) {
        Recorder.current?.beginPass(of: kind, weights, isReverse: isReverse)
        let a = affine(rows, weights.input, weights.inputBias, steps: batchSizes)
        let ends = batchSizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        return isReverse ? runReverse(a, ends, initial) : runForward(a, ends, initial)
    }

    private func advanced(_ a: Tensor, _ state: Kind.State) -> Kind.State {
        let step = kind.step(a, state, weights)
        Recorder.current?.note(step, of: kind, weights)
        return step.state
    }

    private func runForward(_ a: Tensor, _ ends: [Int], _ initial: Kind.State) -> (Tensor, Kind.State) {
        var state = initial
        var outputs: [Tensor] = []
        var left: [Kind.State] = []
        for (step, size) in batchSizes.enumerated() {
            let running = state.hidden.shape[0]
            if size < running {
                left.append(state.rows(size..<running))
                state = state.rows(0..<size)
            }
            state = advanced(a[ends[step]..<ends[step + 1]], state)
            outputs.append(state.hidden)
        }
        return (concatenated(outputs, axis: 0), .joined([state] + left.reversed()))
    }

    private func runReverse(_ a: Tensor, _ ends: [Int], _ initial: Kind.State) -> (Tensor, Kind.State) {
        var state = initial.rows(0..<(batchSizes.last ?? 0))
        var outputs: [Tensor] = []
        for (step, size) in batchSizes.enumerated().reversed() {
            let running = state.hidden.shape[0]
            if size > running { state = .joined([state, initial.rows(running..<size)]) }
            state = advanced(a[ends[step]..<ends[step + 1]], state)
            outputs.append(state.hidden)
        }
        return (concatenated(outputs.reversed(), axis: 0), state)
    }
}

extension RecurrentState {
    /// The states of some sequences; [batch, hidden].
    fileprivate func rows(_ range: Range<Int>) -> Self {
        range == 0..<hidden.shape[0] ? self : Self(tensors: tensors.map { $0[range] })
    }

    /// The states of several groups of sequences; [batch, hidden].
    fileprivate static func joined(_ states: [Self]) -> Self {
        if states.count == 1 { return states[0] }
        return Self(
            tensors: states[0].tensors.indices.map { part in
                concatenated(states.map { $0.tensors[part] }, axis: 0)
            }
        )
    }
}
