internal import KernelInterface
internal import Kernels

/// One layer in one direction over whole sequences, as one step on the tape.
///
/// It computes what `RecurrentPass` computes cell by cell, to the bit, with the kernels of the whole sequence.
struct FusedPass<Kind: Recurrence> {
    let kind: Kind
    let weights: RecurrentWeights
    let layout: SequenceLayout
    let isReverse: Bool

    /// - Shape: rows [rows, input], state [batch, hidden] → output [rows, hidden], state [batch, hidden]
    func run(_ rows: Tensor, _ initial: Kind.State) -> (output: Tensor, final: Kind.State) {
        let work = FusedWork(
            kind: kind.kernel,
            layout: layout,
            isReverse: isReverse,
            weights: [weights.input, weights.hidden, weights.inputBias, weights.hiddenBias].map {
                $0?.storage
            },
            input: rows,
            hiddenSize: weights.hidden.shape[1],
            initial: initial.tensors.map { $0.storage }
        )
        let state = [layout.sequenceCount, work.hiddenSize]
        let finals = initial.tensors.map { _ in Storage.make(count: Shape.count(state)) }
        work.forward(finals)

        let outputShape = [rows.shape[0], work.hiddenSize]
        let parameters = [weights.input, weights.hidden, weights.inputBias, weights.hiddenBias].map {
            $0?.tracked
        }
        let sources = parameters + initial.tensors.map { $0.tracked }
        guard rows.tracked != nil || sources.contains(where: { $0 != nil }) else {
            return (
                Tensor(work.output, shape: outputShape),
                Kind.State(tensors: finals.map { Tensor($0, shape: state) })
            )
        }
        let node = FusedPassNode(
            work,
            shape: outputShape,
            name: Kind.name,
            input: rows.tracked,
            sources: sources
        )
        let states = finals.enumerated().map { part, storage in
            Tensor(storage, shape: state, node: FinalStateNode(part, of: node, shape: state))
        }
        return (Tensor(work.output, shape: outputShape, node: node), Kind.State(tensors: states))
    }
}

/// The numbers of one fused pass: its inputs, its outputs, and those saved for the backward pass.
private struct FusedWork {
    let kind: RecurrentKind
    let layout: SequenceLayout
    let isReverse: Bool
    /// W_ih, W_hh, b_ih, b_hh.
    let weights: [Storage?]
    let input: Storage
    /// h₀, and c₀ for an LSTM.
    let initial: [Storage]
    let inputSize: Int
    let hiddenSize: Int
    let output: Storage
    let saved: Storage?

    init(
        kind: RecurrentKind,
        layout: SequenceLayout,
        isReverse: Bool,
        weights: [Storage?],
        input: Tensor,
        hiddenSize: Int,
        initial: [Storage]
    ) {
        self.kind = kind
        self.layout = layout
        self.isReverse = isReverse
        self.weights = weights
        self.input = input.storage
        self.initial = initial
        let rows = input.shape[0]
        inputSize = input.shape[1]
        self.hiddenSize = hiddenSize
        output = Storage.make(count: rows * hiddenSize)
        let blocks = kind.savedBlocks
        saved = blocks == 0 ? nil : Storage.make(count: rows * blocks * hiddenSize)
    }

    func forward(_ finals: [Storage]) {
        withPass { pass in
            pass.runForward(
                finalHidden: finals[0].floats,
                finalCell: finals.count > 1 ? finals[1].floats : nil
            )
        }
    }

    func backward(_ gradients: RecurrentGradients) {
        withPass { $0.runBackward(gradients) }
    }

    /// Returns the numbers that the backward pass reads; biases are not among them.
    func savedTensors(inputGradient: Bool, weightGradients: Bool, stateGradients: Bool) -> [SavedTensor] {
        var read: [SavedTensor] = []
        read.reserveCapacity(initial.count + 5)
        for state in initial { read.append(SavedTensor(state)) }
        read.append(SavedTensor(output))
        if let saved { read.append(SavedTensor(saved)) }
        if weightGradients { read.append(SavedTensor(input)) }
        if inputGradient { read.append(SavedTensor(weights[0]!)) }
        // Over a single step the gradient passes through W_hh only to reach the initial state.
        if stateGradients || layout.stepCount > 1 { read.append(SavedTensor(weights[1]!)) }
        return read
    }

    /// - Note: A batch of no sequences has no steps to take.
    private func withPass(_ body: (RecurrentLayerPass) -> Void) {
        if output.count == 0 { return }
        layout.withRows { rows in
            body(
                RecurrentLayerPass(
                    kind: kind,
                    inputSize: inputSize,
                    hiddenSize: hiddenSize,
                    rows: rows,
                    isReversed: isReverse,
                    inputWeight: weights[0]!.floats,
                    hiddenWeight: weights[1]!.floats,
                    inputBias: weights[2].map { UnsafePointer($0.floats) },
                    hiddenBias: weights[3].map { UnsafePointer($0.floats) },
                    input: input.floats,
                    initialHidden: initial[0].floats,
                    initialCell: initial.count > 1 ? UnsafePointer(initial[1].floats) : nil,
                    output: output.floats,
                    outputStride: hiddenSize,
                    saved: saved?.floats
                )
            )
        }
    }
}

/// The tape's record of a fused pass.
private final class FusedPassNode: Node {
    private var work: FusedWork?
    private let layer: String
    /// The gradients of the final states that have arrived before this node's turn.
    var finalGradients: [Storage?]

    init(_ work: FusedWork, shape: [Int], name: String, input: Node?, sources: [Node?]) {
        self.work = work
        layer = name
        finalGradients = [Storage?](repeating: nil, count: work.initial.count)
        super.init(shape: shape, first: input, others: sources)
        savedOthers = work.savedTensors(
            inputGradient: input != nil,
            weightGradients: sources[0] != nil,
            stateGradients: sources[4...].contains { $0 != nil }
        )
    }

    override var name: String { layer }
    override func forget() { work = nil }

    override func backward(_ gradient: Storage) {
        guard let work else { return }
        var gradients = RecurrentGradients()
        gradients.output = UnsafePointer(gradient.floats)
        gradients.finalHidden = finalGradients[0].map { UnsafePointer($0.floats) }
        gradients.finalCell =
            finalGradients.count > 1 ? finalGradients[1].map { UnsafePointer($0.floats) } : nil
        gradients.input = first?.openedGradient()
        gradients.inputWeight = others[0]?.openedGradient()
        gradients.hiddenWeight = others[1]?.openedGradient()
        gradients.inputBias = others[2]?.openedGradient()
        gradients.hiddenBias = others[3]?.openedGradient()
        gradients.initialHidden = others[4]?.openedGradient()
        gradients.initialCell = others.count > 5 ? others[5]?.openedGradient() : nil
        work.backward(gradients)
        finalGradients = finalGradients.map { _ in nil }
    }
}

/// The tape's record of a final state, which hands its gradient to the pass that it comes from.
private final class FinalStateNode: Node {
    private let part: Int
    private let pass: FusedPassNode

    init(_ part: Int, of pass: FusedPassNode, shape: [Int]) {
        self.part = part
        self.pass = pass
        super.init(shape: shape, first: pass)
    }

    override var name: String { "final state" }

    override func backward(_ gradient: Storage) {
        pass.finalGradients[part] = gradient
        // The pass has its turn even if nobody used its output.
        if pass.gradient == nil { pass.gradient = .zeros(count: Shape.count(pass.shape)) }
    }
}

extension Node {
    /// The accumulated gradient, zeros if none has arrived; valid while the node lives.
    fileprivate func openedGradient() -> UnsafeMutablePointer<Float> {
        var place: UnsafeMutablePointer<Float>?
        add(Float.self) { place = $0 }
        return place!
    }
}
