/// One step of an LSTM whose sums are normalized: with `s = LN(W_ih x) + LN(W_hh h)` in blocks i, f, g, o,
/// `c' = σ(s_f) c + σ(s_i) tanh(s_g)`, `h' = σ(s_o) tanh(LN(c'))`.
///
///     let lstm = Unrolled(LayerNormLSTMCell(inputSize: 8, hiddenSize: 32), batchFirst: true)
///
/// Each normalization has a gain and a shift of its own; the shifts stand in for biases. Those of the sums go over all
/// four blocks together.
///
/// - Shape: x [batch, input], the state's tensors [batch, hidden] → the same
///
/// Source: J. Ba et al., "Layer normalization" (2016), equations 20 to 22.
public struct LayerNormLSTMCell: RecurrentCell {
    private let core: LayerNormCore

    /// Creates a cell with weights drawn from U(−1/√hidden, 1/√hidden).
    ///
    /// - Parameters:
    ///   - inputSize: The number of features of a time step.
    ///   - hiddenSize: The number of features of the hidden state.
    ///   - epsilon: ε of the normalizations.
    ///   - generator: The generator of the weights.
    @export(interface)
    public init(
        inputSize: Int,
        hiddenSize: Int,
        epsilon: Double = 1e-5,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let norms = [("norm_ih", 4), ("norm_hh", 4), ("norm_c", 1)]
        core = LayerNormCore(
            "LayerNormLSTMCell",
            sizes: (inputSize, hiddenSize),
            gates: 4,
            norms: norms,
            epsilon: epsilon,
            generator: generator,
            file: file,
            line: line
        )
    }

    /// The parameters: `weight_ih`, `weight_hh`, and those of `norm_ih`, `norm_hh` and `norm_c`.
    public var structure: LayerStructure { core.structure }

    /// A state of zeros.
    @export(interface)
    public func zeroState(batchSize: Int) -> LSTMState {
        LSTMState(core.zeros(batchSize), core.zeros(batchSize))
    }

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
        core.check(x, state.tensors, file: file, line: line)
        let (a, b) = core.sums(x, state.hidden)
        let sums = core.norms[0](a) + core.norms[1](b)
        let (i, f, g, o) = (
            core.block(sums, 0), core.block(sums, 1), core.block(sums, 2), core.block(sums, 3)
        )
        let cell = sigmoid(f) * state.cell + sigmoid(i) * tanh(g)
        return LSTMState(sigmoid(o) * tanh(core.norms[2](cell)), cell)
    }
}

/// One step of a GRU whose sums are normalized: r and z are σ of `LN(W_ih x) + LN(W_hh h)`, in their blocks, then
/// `n = tanh(LN(W_in x) + r LN(W_hn h))` and `h' = (1 − z) n + z h`.
///
/// Each normalization has a gain and a shift of its own; the shifts stand in for biases. The blocks of r and z are
/// normalized together, that of n by itself.
///
/// - Shape: x [batch, input], state [batch, hidden] → the same
///
/// Source: J. Ba et al., "Layer normalization" (2016), equations 23 to 25, with z and 1 − z exchanged, as in `GRU`.
public struct LayerNormGRUCell: RecurrentCell {
    private let core: LayerNormCore

    /// Creates a cell with weights drawn from U(−1/√hidden, 1/√hidden).
    ///
    /// - Parameters:
    ///   - inputSize: The number of features of a time step.
    ///   - hiddenSize: The number of features of the hidden state.
    ///   - epsilon: ε of the normalizations.
    ///   - generator: The generator of the weights.
    @export(interface)
    public init(
        inputSize: Int,
        hiddenSize: Int,
        epsilon: Double = 1e-5,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let norms = [("norm_ih", 2), ("norm_hh", 2), ("norm_in", 1), ("norm_hn", 1)]
        core = LayerNormCore(
            "LayerNormGRUCell",
            sizes: (inputSize, hiddenSize),
            gates: 3,
            norms: norms,
            epsilon: epsilon,
            generator: generator,
            file: file,
            line: line
        )
    }

    /// The parameters: `weight_ih`, `weight_hh`, and those of `norm_ih`, `norm_hh`, `norm_in` and `norm_hn`.
    public var structure: LayerStructure { core.structure }

    /// A state of zeros.
    @export(interface)
    public func zeroState(batchSize: Int) -> HiddenState { HiddenState(core.zeros(batchSize)) }

    /// The state after a time step.
    @_disfavoredOverload
    @export(interface)
    public func callAsFunction(_ x: Tensor, _ state: HiddenState) -> HiddenState {
        self(x, state, file: #filePath, line: #line)
    }

    /// The state after a time step.
    ///
    /// - Shape: x [batch, input], state [batch, hidden] → the same
    @export(interface)
    public func callAsFunction(
        _ x: Tensor,
        _ state: HiddenState,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> HiddenState {
        core.check(x, state.tensors, file: file, line: line)
        let (a, b) = core.sums(x, state.hidden)
        let gates = 0..<2 * core.hiddenSize
        let sums = sigmoid(core.norms[0](a[.all, gates]) + core.norms[1](b[.all, gates]))
        let (r, z) = (core.block(sums, 0), core.block(sums, 1))
        let n = tanh(core.norms[2](core.block(a, 2)) + r * core.norms[3](core.block(b, 2)))
        return HiddenState((state.hidden - n) * z + n)
    }
}

/// The common part of the cells that normalize: weights without biases, and normalizations.
private struct LayerNormCore {
    let name: String
    let inputSize: Int
    let hiddenSize: Int
    let weights: RecurrentWeights
    let norms: [LayerNorm]
    private let normNames: [String]

    /// - Parameter norms: The names of the normalizations, and over how many blocks each goes.
    init(
        _ name: String,
        sizes: (input: Int, hidden: Int),
        gates: Int,
        norms: [(String, Int)],
        epsilon: Double,
        generator: Generator,
        file: StaticString,
        line: UInt
    ) {
        requirePositive(sizes.input, "inputSize", of: name, file: file, line: line)
        requirePositive(sizes.hidden, "hiddenSize", of: name, file: file, line: line)
        self.name = name
        (inputSize, hiddenSize) = sizes
        weights = RecurrentWeights(
            inputSize: sizes.input,
            hiddenSize: sizes.hidden,
            gates: gates,
            bias: false,
            generator: generator
        )
        self.norms = norms.map { LayerNorm([$0.1 * sizes.hidden], epsilon: epsilon) }
        normNames = norms.map { $0.0 }
    }

    var structure: LayerStructure {
        var structure = LayerStructure("\(name)(\(inputSize) → \(hiddenSize))", parameters: weights.named(""))
        for (name, norm) in zip(normNames, norms) { structure.parts.append(.sublayer(name, norm.structure)) }
        return structure
    }

    func zeros(_ batchSize: Int) -> Tensor { Tensor.zeros([batchSize, hiddenSize]) }

    /// W_ih x and W_hh h.
    func sums(_ x: Tensor, _ hidden: Tensor) -> (Tensor, Tensor) {
        (affine(x, weights.input, nil), affine(hidden, weights.hidden, nil))
    }

    /// The columns of a gate.
    func block(_ sums: Tensor, _ gate: Int) -> Tensor {
        sums[.all, gate * hiddenSize..<(gate + 1) * hiddenSize]
    }

    func check(_ x: Tensor, _ state: [Tensor], file: StaticString, line: UInt) {
        require(
            x.rank == 2 && x.shape[1] == inputSize,
            "\(name): expected one time step, [batch, input \(inputSize)], not a tensor of shape "
                + "\(Shape.text(x.shape)). Whole sequences go to Unrolled.",
            file: file,
            line: line
        )
        for tensor in state {
            require(
                tensor.shape == [x.shape[0], hiddenSize],
                "\(name): expected a state of shape [batch \(x.shape[0]), hidden \(hiddenSize)], not "
                    + "\(Shape.text(tensor.shape)).",
                file: file,
                line: line
            )
        }
    }
}
