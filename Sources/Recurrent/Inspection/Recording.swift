/// The states, gates and gradients inside a model's recurrent layers during one run.
///
/// The model is not rewritten, and computes the same numbers to the bit.
///
///     let (loss, recording) = record(model) {
///         let loss = meanSquaredError(model(x), y)
///         loss.backward()
///         return loss
///     }
///     for step in recording.passes[0].steps {
///         print(step.hidden.scalars, step.hiddenGradientNorm ?? 0)
///     }
public struct Recording {
    /// Every pass of a layer over sequences, in the order in which they were made.
    public let passes: [RecordedPass]

    /// The outputs of the engine's other layers with weights, and what the run has named by `recorded(as:)`, in the order in
    /// which they were made.
    public let tensors: [RecordedTensor]

    /// The passes of the layer with a name, as in the parameters' names: `rnn`.
    public subscript(name: String) -> [RecordedPass] { passes.filter { $0.name == name } }
}

/// A tensor of a run, and the gradient that has reached it.
public struct RecordedTensor {
    /// The name of the layer that put it out, as in the parameters' names, or the one that it was given.
    public let name: String
    private let tensor: Tensor

    init(name: String, tensor: Tensor) {
        self.name = name
        self.tensor = tensor
    }

    /// The numbers.
    public var value: Tensor { tensor.detached() }
    /// The gradient of the loss with respect to it; nil before `backward()`, and where none arrives.
    public var gradient: Tensor? { tensor.requiresGradient ? tensor.gradient : nil }
    /// The Euclidean norm of `gradient`: how much the loss depends on it.
    public var gradientNorm: Float? { gradient.map(norm) }
}

extension Tensor {
    /// Returns the tensor itself, and lets the recording of the run, if there is one, have it under a name.
    ///
    ///     let context = attention(query, keys, keys).context.recorded(as: "context")
    public func recorded(as name: String) -> Tensor {
        Recorder.current?.note(self, named: name)
        return self
    }
}

/// The Euclidean norm of all numbers.
private func norm(_ tensor: Tensor) -> Float {
    Float(Norm.power(2)(tensor.scalars.lazy.map(Double.init)))
}

/// One layer's pass over sequences, in one direction.
public struct RecordedPass {
    /// The layer's name in the model: `rnn`.
    public internal(set) var name = ""
    /// The number of the layer among stacked ones, from 0.
    public internal(set) var layer = 0
    /// Whether the sequences were read from their ends; the first step is then the last in time.
    public let isReverse: Bool
    /// The gates' names: `i f g o` of an LSTM, `r z n` of a GRU, `h` of an RNN.
    public let gateNames: [String]
    /// The steps, in the order in which they were made.
    public internal(set) var steps: [RecordedStep] = []

    init(gateNames: [String], isReverse: Bool) {
        self.gateNames = gateNames
        self.isReverse = isReverse
    }
}

/// One time step of a layer.
public struct RecordedStep {
    private let state: [Tensor]
    private let gates: [Tensor]
    private let sums: [Tensor]
    private let gateNames: [String]

    init(state: [Tensor], gates: [Tensor], sums: [Tensor], gateNames: [String]) {
        self.state = state
        self.gates = gates
        self.sums = sums
        self.gateNames = gateNames
    }

    /// The hidden state after the step [batch, hidden].
    public var hidden: Tensor { state[0].detached() }
    /// The cell state after the step [batch, hidden]; of an LSTM.
    public var cell: Tensor? { state.count > 1 ? state[1].detached() : nil }

    /// A gate after its nonlinearity [batch, hidden].
    ///
    /// - Precondition: the layer has a gate of this name.
    public func gate(_ name: String, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        gates[place(of: name, file, line)].detached()
    }

    /// The sum that a gate's nonlinearity was applied to [batch, hidden].
    ///
    /// - Precondition: the layer has a gate of this name.
    public func preActivation(_ name: String, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        sums[place(of: name, file, line)].detached()
    }

    /// The gradient of the loss with respect to the hidden state; nil before `backward()`.
    public var hiddenGradient: Tensor? { gradient(state[0]) }
    /// The gradient of the loss with respect to the cell state; nil before `backward()`, and without cells.
    public var cellGradient: Tensor? { state.count > 1 ? gradient(state[1]) : nil }

    /// The Euclidean norm of `hiddenGradient`: how much the loss depends on the hidden state here.
    public var hiddenGradientNorm: Float? { hiddenGradient.map(norm) }
    /// The Euclidean norm of `cellGradient`: how much the loss depends on the cell state here.
    public var cellGradientNorm: Float? { cellGradient.map(norm) }

    private func gradient(_ tensor: Tensor) -> Tensor? { tensor.requiresGradient ? tensor.gradient : nil }

    private func place(of name: String, _ file: StaticString, _ line: UInt) -> Int {
        guard let place = gateNames.firstIndex(of: name) else {
            stop(
                "RecordedStep: there is no gate \"\(name)\"; this layer's are called "
                    + gateNames.map { "\"\($0)\"" }.joined(separator: ", ") + ".",
                file: file,
                line: line
            )
        }
        return place
    }
}

#if hasFeature(Embedded)
    /// Runs `body` and records what goes on inside the recurrent layers of a model.
    public func record<Result, Failure: Error>(
        _ model: some Layer,
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> (result: Result, recording: Recording) {
        let recorder = Recorder()
        let result = try Recorder.looking(recorder, body)
        return (result, recorder.recording(of: model))
    }
#else
    /// Runs `body` and records what goes on inside the recurrent layers of a model.
    ///
    /// - Returns: The result of `body`, and the recording. Gradients are there if `body` has called `backward()`, or
    ///   as soon as it is called.
    public func record<Result>(
        _ model: some Layer,
        _ body: () throws -> Result
    ) rethrows -> (result: Result, recording: Recording) {
        let recorder = Recorder()
        let result = try Recorder.looking(recorder, body)
        return (result, recorder.recording(of: model))
    }
#endif
