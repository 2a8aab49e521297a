/// A recurrent layer or cell of the engine, whose weights have a block of rows for each gate.
///
/// Its own parameters are called as PyTorch calls them, by what they multiply or add: `weight_ih…`, `weight_hh…`,
/// `bias_ih…` and `bias_hh…`.
public protocol GatedLayer: Layer {
    /// The gates' names, in the order of their blocks of rows.
    static var gateNames: [String] { get }
}

extension GatedLayer {
    /// Gives new first numbers to the weights of all layers and directions, those of each gate by themselves.
    ///
    ///     lstm.initialize(inputWeights: .xavierUniform(), hiddenWeights: .orthogonal(), biases: .zeros)
    ///
    /// They are drawn in the order in which the layer lists its parameters.
    ///
    /// - Parameters:
    ///   - inputWeights: The way for W_ih; nil leaves them as they are.
    ///   - hiddenWeights: The way for W_hh.
    ///   - biases: The way for b_ih and b_hh.
    ///   - generator: The generator of the numbers.
    public func initialize(
        inputWeights: Initializer? = nil,
        hiddenWeights: Initializer? = nil,
        biases: Initializer? = nil,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        for parameter in structure.ownParameters {
            let initializer: Initializer?
            if parameter.name.hasPrefix("weight_ih") {
                initializer = inputWeights
            } else if parameter.name.hasPrefix("weight_hh") {
                initializer = hiddenWeights
            } else {
                initializer = parameter.name.hasPrefix("bias") ? biases : nil
            }
            guard let initializer else { continue }
            parameter.tensor.initialize(
                initializer,
                gates: Self.gateNames.count,
                generator: generator,
                file: file,
                line: line
            )
        }
    }

    /// Sets a gate's bias: b_ih to the value, b_hh to zero, so that their sum is the value.
    fileprivate func setBias(ofGate gate: Int, _ value: Float, file: StaticString, line: UInt) {
        let biases = structure.ownParameters.filter { $0.name.hasPrefix("bias") }
        require(
            !biases.isEmpty,
            "setForgetBias: this \(structure.kind) was made with bias: false, so that there is none to set.",
            file: file,
            line: line
        )
        for bias in biases {
            let size = bias.tensor.count / Self.gateNames.count
            var numbers = bias.tensor.scalars
            let number = bias.name.hasPrefix("bias_ih") ? value : 0
            for index in gate * size..<(gate + 1) * size { numbers[index] = number }
            bias.tensor.data = Tensor(shape: bias.tensor.shape, scalars: numbers)
            bias.tensor.storage.noteChange()
        }
    }
}

extension RNN: GatedLayer {
    /// The one sum, h.
    public static var gateNames: [String] { ElmanRecurrence.gateNames }
}

extension RNNCell: GatedLayer {
    /// The one sum, h.
    public static var gateNames: [String] { ElmanRecurrence.gateNames }
}

extension GRU: GatedLayer {
    /// Reset, update and new: r, z, n.
    public static var gateNames: [String] { GRURecurrence.gateNames }
}

extension GRUCell: GatedLayer {
    /// Reset, update and new: r, z, n.
    public static var gateNames: [String] { GRURecurrence.gateNames }
}

extension LSTM: GatedLayer {
    /// Input, forget, cell and output: i, f, g, o.
    public static var gateNames: [String] { LSTMRecurrence.gateNames }

    /// Sets the bias of the forget gates of all layers and directions, so that at first they are open and memories last:
    /// f of `bias_ih` becomes the value, f of `bias_hh` zero. The step adds both.
    ///
    /// Source: R. Jozefowicz et al., "An empirical exploration of recurrent network architectures" (2015).
    public func setForgetBias(_ value: Float, file: StaticString = #filePath, line: UInt = #line) {
        setBias(ofGate: 1, value, file: file, line: line)
    }
}

extension LSTMCell: GatedLayer {
    /// Input, forget, cell and output: i, f, g, o.
    public static var gateNames: [String] { LSTMRecurrence.gateNames }

    /// Sets the bias of the forget gate: f of `bias_ih` becomes the value, f of `bias_hh` zero. The step adds both.
    public func setForgetBias(_ value: Float, file: StaticString = #filePath, line: UInt = #line) {
        setBias(ofGate: 1, value, file: file, line: line)
    }
}
