/// The common part of `RNNCell`, `LSTMCell` and `GRUCell`: one step of a `Recurrence`.
struct BuiltInCell<Kind: Recurrence> {
    let kind: Kind
    let inputSize: Int
    let hiddenSize: Int
    let weights: RecurrentWeights

    init(
        _ kind: Kind,
        inputSize: Int,
        hiddenSize: Int,
        bias: Bool,
        generator: Generator,
        file: StaticString,
        line: UInt
    ) {
        requirePositive(inputSize, "inputSize", of: "\(Kind.name)Cell", file: file, line: line)
        requirePositive(hiddenSize, "hiddenSize", of: "\(Kind.name)Cell", file: file, line: line)
        self.kind = kind
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        weights = RecurrentWeights(
            inputSize: inputSize,
            hiddenSize: hiddenSize,
            gates: Kind.gates,
            bias: bias,
            generator: generator
        )
    }

    var structure: LayerStructure {
        LayerStructure("\(Kind.name)Cell(\(inputSize) → \(hiddenSize))", parameters: weights.named(""))
    }

    func zeroState(batchSize: Int) -> Kind.State {
        Kind.State(tensors: (0..<Kind.stateCount).map { _ in Tensor.zeros([batchSize, hiddenSize]) })
    }

    func callAsFunction(_ x: Tensor, _ state: Kind.State, file: StaticString, line: UInt) -> Kind.State {
        require(
            x.rank == 2 && x.shape[1] == inputSize,
            "\(Kind.name)Cell: expected one time step, [batch, input \(inputSize)], not a tensor of shape "
                + "\(Shape.text(x.shape)). Whole sequences go to \(Kind.name) or Unrolled.",
            file: file,
            line: line
        )
        for tensor in state.tensors {
            require(
                tensor.shape == [x.shape[0], hiddenSize],
                "\(Kind.name)Cell: expected a state of shape [batch \(x.shape[0]), hidden \(hiddenSize)], not "
                    + "\(Shape.text(tensor.shape)).",
                file: file,
                line: line
            )
        }
        let step = kind.step(affine(x, weights.input, weights.inputBias), state, weights)
        Recorder.current?.note(step, of: kind, weights)
        return step.state
    }
}
