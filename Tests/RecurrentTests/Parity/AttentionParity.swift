import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("attention").filter { $0.kind != "positions" })
    func `attention computes PyTorch's outputs, weights and gradients`(attention: Case) throws {
        let run = try AttentionRun(attention)
        let expected = attention["outputs"]
        #expect(run.outputs.map(\.0).sorted() == expected.keys)
        for (name, output) in run.outputs {
            let what = "\(attention.id): \(name)"
            expectClose(output.scalars, expected.at(name).floats, within: 1e-6, what)
            #expect(output.shape == expected.at(name).shape, "\(what)")
        }
        let weights = attention["loss_weights"]
        for (name, output) in run.outputs {
            output.backward(Tensor(weights.at(name)), retainGraph: true)
        }
        let gradients = attention["grads"]
        for (name, input) in run.inputs {
            expectClose(
                try #require(input.gradient).scalars,
                gradients.at(name).floats,
                within: 2e-6,
                "\(attention.id): gradient of \(name)"
            )
        }
        for parameter in run.parameters {
            expectClose(
                try #require(parameter.tensor.gradient).scalars,
                gradients.at("params").at(parameter.name).floats,
                within: 2e-6,
                "\(attention.id): gradient of \(parameter.name)"
            )
        }
        #expect(run.parameters.map(\.name).sorted() == attention["params"].keys)
    }

    @Test(arguments: Fixture.cases("attention").filter { $0.content["drawn"] != nil })
    func `layers of attention draw PyTorch's weights to the bit`(attention: Case) throws {
        manualSeed(try #require(attention["seed"].int))
        for parameter in try AttentionRun.layer(attention).namedParameters {
            let expected = attention["drawn"].at(parameter.name).floats
            #expect(parameter.tensor.scalars == expected, "\(attention.id): \(parameter.name)")
        }
    }

    @Test(arguments: Fixture.cases("attention").filter { $0.kind == "positions" })
    func `waves of positions are rounded once`(positions: Case) throws {
        let layer = PositionalEncoding(
            size: try #require(positions["size"].int),
            length: try #require(positions["length"].int)
        )
        #expect(layer.waves.shape == positions["waves"].shape)
        expectClose(layer.waves.scalars, positions["waves"].floats, within: 1e-7, positions.id)
    }
}

/// A layer of attention made and run as a case says.
private struct AttentionRun {
    var parameters: [NamedTensor] = []
    /// Inputs whose gradients are recorded, by name.
    var inputs: [(String, Tensor)] = []
    var outputs: [(String, Tensor)] = []

    private let attention: Case

    init(_ attention: Case) throws {
        self.attention = attention
        let recorded = attention["inputs"]
        inputs = recorded.keys.map { ($0, Tensor(recorded.at($0)).requiringGradient()) }
        if attention.kind == "sdpa" {
            runFunction()
            return
        }
        let layer = try Self.layer(attention)
        parameters = layer.namedParameters
        for parameter in parameters {
            parameter.tensor.data = Tensor(attention["params"].at(parameter.name))
        }
        if let seed = attention.content["dropout_seed"]?.int { manualSeed(seed) } else { layer.eval() }
        switch layer {
        case let layer as MultiHeadAttention: run(layer)
        case let layer as AdditiveAttention: run(layer)
        case let layer as TransformerEncoderLayer:
            let y = layer(
                try #require(input("query")),
                keyPaddingMask: tensor("padding"),
                isCausal: isCausal
            )
            outputs = [("output", y)]
        case let layer as TransformerEncoder:
            let y = layer(
                try #require(input("query")),
                keyPaddingMask: tensor("padding"),
                isCausal: isCausal
            )
            outputs = [("output", y)]
        default: throw UnknownCase(description: attention.id)
        }
    }

    /// The layer of a case, with weights drawn from the default generator.
    static func layer(_ attention: Case) throws -> any Layer {
        let arguments = attention["args"]
        let size = { (name: String) throws -> Int in try #require(arguments[name]?.int) }
        switch attention.kind {
        case "multihead":
            return MultiHeadAttention(
                size: try size("embed_dim"),
                heads: try size("num_heads"),
                keySize: arguments["kdim"]?.int,
                valueSize: arguments["vdim"]?.int,
                bias: arguments["bias"]?.bool ?? true,
                dropout: arguments["dropout"]?.number ?? 0,
                batchFirst: arguments["batch_first"]?.bool ?? false
            )
        case "additive":
            return AdditiveAttention(
                querySize: try size("query_size"),
                keySize: try size("key_size"),
                hiddenSize: try size("hidden_size"),
                bias: arguments["bias"]?.bool ?? true
            )
        case "encoder":
            let layer = TransformerEncoderLayer(
                size: try size("d_model"),
                heads: try size("nhead"),
                feedForwardSize: try size("dim_feedforward"),
                dropout: arguments["dropout"]?.number ?? 0.1,
                activation: arguments["activation"]?.text == "gelu" ? .gelu : .relu,
                normFirst: arguments["norm_first"]?.bool ?? false,
                epsilon: arguments["layer_norm_eps"]?.number ?? 1e-5,
                bias: arguments["bias"]?.bool ?? true,
                batchFirst: arguments["batch_first"]?.bool ?? false
            )
            guard let count = attention.content["layers"]?.int else { return layer }
            let hasNorm = attention["params"]["norm.weight"] != nil
            let norm = hasNorm ? LayerNorm([try size("d_model")]) : nil
            return TransformerEncoder(layer, count: count, norm: norm)
        default: throw UnknownCase(description: attention.id)
        }
    }

    private var isCausal: Bool { attention.content["is_causal"]?.bool ?? false }
    private func tensor(_ name: String) -> Tensor? { attention.content[name].map { Tensor($0) } }
    private func input(_ name: String) -> Tensor? { inputs.first { $0.0 == name }?.1 }

    private mutating func runFunction() {
        guard let query = input("query"), let key = input("key"), let value = input("value") else { return }
        let y = scaledDotProductAttention(
            query,
            key,
            value,
            mask: tensor("mask"),
            bias: input("bias"),
            isCausal: isCausal,
            scale: attention.content["scale"]?.number
        )
        outputs = [("output", y)]
    }

    private mutating func run(_ layer: MultiHeadAttention) {
        guard let query = input("query") else { return }
        let key = input("key") ?? query
        let value = input("value") ?? key
        if attention["need_weights"].bool == false {
            let y = layer.output(
                query,
                key,
                value,
                keyPaddingMask: tensor("padding"),
                mask: tensor("mask"),
                bias: input("bias"),
                isCausal: isCausal
            )
            outputs = [("output", y)]
            return
        }
        let (y, weights) = layer(
            query,
            key,
            value,
            keyPaddingMask: tensor("padding"),
            mask: tensor("mask"),
            bias: input("bias"),
            isCausal: isCausal,
            averagingHeads: attention["average"].bool ?? true
        )
        outputs = [("output", y), ("weights", weights)]
    }

    private mutating func run(_ layer: AdditiveAttention) {
        guard let query = input("query"), let key = input("key"), let value = input("value") else { return }
        let (context, weights) = layer(query, key, value, mask: tensor("mask"))
        outputs = [("context", context), ("weights", weights)]
    }
}
