import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("layers"))
    func `layers compute PyTorch's outputs and gradients`(layer: Case) throws {
        let run = try LayerRun(layer)
        let expected = layer["outputs"]
        for (name, output) in run.outputs {
            expectClose(output.scalars, expected.at(name).floats, within: 1e-6, "\(layer.id): \(name)")
            #expect(output.shape == expected.at(name).shape, "\(layer.id): \(name)")
        }
        run.backward(layer)
        let gradients = layer["grads"]
        for (name, input) in run.inputs {
            expectClose(
                try #require(input.gradient).scalars,
                gradients.at(name).floats,
                within: 2e-6,
                "\(layer.id): gradient of \(name)"
            )
        }
        for parameter in run.parameters {
            expectClose(
                try #require(parameter.tensor.gradient).scalars,
                gradients.at("params").at(parameter.name).floats,
                within: 2e-6,
                "\(layer.id): gradient of \(parameter.name)"
            )
        }
        #expect(run.parameters.map(\.name).sorted() == layer["params"].keys)
    }
}

extension Parity {
    /// Someone who looks on sees cells; the layers that are not watched run sequences as one operation.
    @Test(arguments: Fixture.cases("layers").filter { ["recurrent", "packed"].contains($0.kind) })
    func `a whole sequence in one operation equals its cells to the bit`(layer: Case) throws {
        let fused = try LayerRun(layer)
        fused.backward(layer)
        let cells = try record(NoLayer()) {
            let run = try LayerRun(layer)
            run.backward(layer)
            return run
        }.result
        for ((name, ours), (_, theirs)) in zip(fused.outputs, cells.outputs) {
            expectSameBits(ours, theirs, "\(layer.id): \(name)")
        }
        for ((name, ours), (_, theirs)) in zip(fused.inputs, cells.inputs) {
            let (ours, theirs) = (try #require(ours.gradient), try #require(theirs.gradient))
            expectSameBits(ours, theirs, "\(layer.id): gradient of \(name)")
        }
        for (ours, theirs) in zip(fused.parameters, cells.parameters) {
            let (a, b) = (try #require(ours.tensor.gradient), try #require(theirs.tensor.gradient))
            expectSameBits(a, b, "\(layer.id): gradient of \(ours.name)")
        }
    }

    private func expectSameBits(_ ours: Tensor, _ theirs: Tensor, _ what: String) {
        #expect(ours.scalars.map(\.bitPattern) == theirs.scalars.map(\.bitPattern), "\(what)")
    }
}

/// A subject of a recording that has no names to give.
private struct NoLayer: Layer {}

/// A layer made and run as a case says.
private struct LayerRun {
    var parameters: [NamedTensor] = []
    /// Inputs whose gradients are recorded, by name.
    var inputs: [(String, Tensor)] = []
    var outputs: [(String, Tensor)] = []

    init(_ layer: Case) throws {
        switch (layer.kind, layer["module"].text) {
        case ("recurrent", "RNN"), ("packed", "RNN"):
            let (options, rnn) = (Options(layer["args"]), Options(layer["args"]).rnn())
            try run(layer, options, rnn, rnn.callAsFunction, rnn.callAsFunction)
        case ("recurrent", "LSTM"), ("packed", "LSTM"):
            let (options, lstm) = (Options(layer["args"]), Options(layer["args"]).lstm())
            try run(layer, options, lstm, lstm.callAsFunction, lstm.callAsFunction)
        case ("recurrent", "GRU"), ("packed", "GRU"):
            let (options, gru) = (Options(layer["args"]), Options(layer["args"]).gru())
            try run(layer, options, gru, gru.callAsFunction, gru.callAsFunction)
        case ("linear", _):
            let args = layer["args"]
            let linear = Linear(
                inputSize: try #require(args["in_features"]?.int),
                outputSize: try #require(args["out_features"]?.int),
                bias: args["bias"]?.bool ?? true
            )
            run(layer, linear)
        case ("embedding", _):
            let args = layer["args"]
            let embedding = Embedding(
                count: try #require(args["num_embeddings"]?.int),
                size: try #require(args["embedding_dim"]?.int),
                paddingIndex: args["padding_idx"]?.int
            )
            load(layer, into: embedding)
            let indices = layer["inputs"].at("input")
            outputs = [("output", embedding(IntTensor(shape: indices.shape, scalars: indices.ints)))]
        case ("layernorm", _):
            let args = layer["args"]
            let norm = LayerNorm(
                args.at("normalized_shape").ints,
                epsilon: try #require(args["eps"]?.number),
                affine: args["elementwise_affine"]?.bool ?? true,
                bias: args["bias"]?.bool ?? true
            )
            run(layer, norm)
        case ("cell", "LayerNormLSTMCell"):
            let cell = LayerNormLSTMCell(
                inputSize: Options(layer["args"]).inputs,
                hiddenSize: Options(layer["args"]).hidden
            )
            run(layer, cell, as: LSTMState.self)
        case ("cell", "LayerNormGRUCell"):
            let cell = LayerNormGRUCell(
                inputSize: Options(layer["args"]).inputs,
                hiddenSize: Options(layer["args"]).hidden
            )
            run(layer, cell, as: HiddenState.self)
        case ("activation", let module):
            run(layer, try Self.activation(module ?? "", layer["args"]))
        case ("dropout", _):
            let args = layer["args"]
            let dropout = Dropout(try #require(args["p"]?.number))
            if args["mode"]?.text == "eval" { dropout.eval() }
            run(layer, dropout)
        default:
            throw UnknownCase(description: "\(layer.kind) \(layer.id)")
        }
    }

    /// Takes the gradients of the case's loss.
    func backward(_ layer: Case) {
        let weights = layer["loss_weights"]
        let losses = outputs.map { name, output in (output * Tensor(weights.at(name))).sum() }
        losses.reduce(Tensor(0), +).backward()
    }

    private mutating func run(_ layer: Case, _ tensorLayer: some TensorLayer) {
        load(layer, into: tensorLayer)
        let x = Tensor(layer["inputs"].at("input")).requiringGradient()
        inputs = [("input", x)]
        outputs = [("output", tensorLayer(x))]
    }

    private mutating func run(_ layer: Case, _ activation: @escaping (Tensor) -> Tensor) {
        let x = Tensor(layer["inputs"].at("input")).requiringGradient()
        inputs = [("input", x)]
        outputs = [("output", activation(x))]
    }

    private static func activation(_ module: String, _ arguments: Recorded) throws -> (Tensor) -> Tensor {
        let number = { (name: String, usual: Double) in Float(arguments[name]?.number ?? usual) }
        switch module {
        case "GELU":
            return GELU(form: arguments["approximate"]?.text == "tanh" ? .tanh : .exact).callAsFunction
        case "LeakyReLU": return LeakyReLU(slope: number("negative_slope", 0.01)).callAsFunction
        case "Softplus":
            return Softplus(beta: number("beta", 1), threshold: number("threshold", 20)).callAsFunction
        case "SiLU": return SiLU().callAsFunction
        case "Softsign": return Softsign().callAsFunction
        default: throw UnknownCase(description: module)
        }
    }

    private mutating func run<Cell: RecurrentCell>(_ layer: Case, _ cell: Cell, as _: Cell.State.Type) {
        load(layer, into: cell)
        let recorded = layer["inputs"]
        inputs = recorded.keys.map { ($0, Tensor(recorded.at($0)).requiringGradient()) }
        let tensors = ["h0", "c0"].compactMap { name in inputs.first { $0.0 == name }?.1 }
        let x = inputs.first { $0.0 == "input" }?.1 ?? Tensor(0)
        let (output, state) = Unrolled(cell)(x, Cell.State(tensors: tensors))
        outputs = [("output", output)] + zip(["h_n", "c_n"], state.tensors).map { ($0, $1) }
    }

    private mutating func load(_ layer: Case, into model: some Layer) {
        parameters = model.namedParameters
        for parameter in parameters { parameter.tensor.data = Tensor(layer["params"].at(parameter.name)) }
    }

    private mutating func run<State: RecurrentState>(
        _ layer: Case,
        _ options: Options,
        _ model: some Layer,
        _ onPadded: (Tensor, State?, StaticString, UInt) -> (output: Tensor, state: State),
        _ onPacked: (PackedSequence, State?, StaticString, UInt) -> (output: PackedSequence, state: State)
    ) throws {
        load(layer, into: model)
        model.eval()
        let recorded = layer["inputs"]
        let x = Tensor(recorded.at("input")).requiringGradient()
        inputs = [("input", x)]
        var initial: [Tensor] = []
        for name in ["h0", "c0"] {
            guard let tensor = recorded[name] else { continue }
            initial.append(Tensor(tensor).requiringGradient())
            inputs.append((name, initial[initial.count - 1]))
        }
        let state = initial.isEmpty ? nil : State(tensors: initial)
        let final: State
        if layer.kind == "packed" {
            let sequence = packed(
                x,
                lengths: layer["lengths"].ints,
                batchFirst: options.batchFirst,
                enforceSorted: layer["enforce_sorted"].bool ?? true
            )
            check(sequence, layer["packed_input"])
            let (output, end) = onPacked(sequence, state, #filePath, #line)
            expectClose(output.data.scalars, layer["packed_output"].at("data").floats, within: 1e-6, layer.id)
            let (padded, lengths) = output.padded(
                batchFirst: options.batchFirst,
                paddingValue: Float(try #require(layer["padding_value"].number)),
                totalLength: layer.content["total_length"]?.int
            )
            #expect(lengths == layer["outputs"].at("lengths").ints)
            outputs = [("output", padded)]
            final = end
        } else {
            let (output, end) = onPadded(x, state, #filePath, #line)
            outputs = [("output", output)]
            final = end
        }
        for (name, tensor) in zip(["h_n", "c_n"], final.tensors) { outputs.append((name, tensor)) }
    }

    private func check(_ sequence: PackedSequence, _ recorded: Recorded) {
        #expect(sequence.data.scalars == recorded.at("data").floats)
        #expect(sequence.batchSizes == recorded.at("batch_sizes").ints)
        if let sorted = recorded["sorted_indices"] { #expect(sequence.sortedIndices == sorted.ints) }
        if let unsorted = recorded["unsorted_indices"] { #expect(sequence.unsortedIndices == unsorted.ints) }
    }
}

/// A case that no code runs.
struct UnknownCase: Error, CustomStringConvertible {
    let description: String
}

/// The arguments of a recurrent layer, as PyTorch calls them.
private struct Options {
    let arguments: Recorded

    init(_ arguments: Recorded) {
        self.arguments = arguments
    }

    var batchFirst: Bool { flag("batch_first", false) }
    /// The layer in use, where dropout lets everything pass, as it was recorded.
    private var dropout: Double { arguments["num_layers"]?.int == 1 ? 0 : arguments["dropout"]?.number ?? 0 }
    private func size(_ name: String, _ usual: Int? = nil) -> Int { arguments[name]?.int ?? usual ?? 0 }
    private func flag(_ name: String, _ usual: Bool) -> Bool { arguments[name]?.bool ?? usual }

    func rnn() -> RNN {
        RNN(
            inputSize: size("input_size"),
            hiddenSize: size("hidden_size"),
            layerCount: size("num_layers", 1),
            nonlinearity: arguments["nonlinearity"]?.text == "relu" ? .relu : .tanh,
            bias: flag("bias", true),
            batchFirst: batchFirst,
            dropout: dropout,
            bidirectional: flag("bidirectional", false)
        )
    }

    var inputs: Int { size("input_size") }
    var hidden: Int { size("hidden_size") }

    func lstm() -> LSTM {
        LSTM(
            inputSize: size("input_size"),
            hiddenSize: size("hidden_size"),
            projectionSize: arguments["proj_size"]?.int,
            layerCount: size("num_layers", 1),
            bias: flag("bias", true),
            batchFirst: batchFirst,
            dropout: dropout,
            bidirectional: flag("bidirectional", false)
        )
    }

    func gru() -> GRU {
        GRU(
            inputSize: size("input_size"),
            hiddenSize: size("hidden_size"),
            layerCount: size("num_layers", 1),
            bias: flag("bias", true),
            batchFirst: batchFirst,
            dropout: dropout,
            bidirectional: flag("bidirectional", false)
        )
    }
}
