import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("weights", in: "initial"))
    func `initial weights are PyTorch's`(initial: Case) throws {
        let generator = Generator(seed: UInt64(try #require(initial["seed"].int)))
        let weight = Tensor.zeros(initial["shape"].ints).requiringGradient()
        let gates = try #require(initial["gates"].int)
        weight.initialize(try initializer(initial), gates: gates, generator: generator)
        if let exact = initial.content["exact"] {
            // LAPACK's floats are off by as much as was recorded.
            let noise = try #require(initial["noise"].number)
            expectClose(weight.scalars, exact.floats, within: 1e-6, initial.id)
            expectClose(weight.scalars, initial["weight"].floats, within: 1e-6 + noise, initial.id)
        } else {
            let expected = initial["weight"].floats
            #expect(weight.scalars.map(\.bitPattern) == expected.map(\.bitPattern), "\(initial.id)")
        }
        #expect(generator.uniform(1) == initial["next"].floats, "\(initial.id): what is drawn next")
    }

    private func initializer(_ initial: Case) throws -> Initializer {
        let options = initial["args"]
        func number(_ name: String, _ usual: Double) -> Double { options[name]?.number ?? usual }
        let fan = options["mode"]?.text == "fan_out" ? Initializer.Fan.output : .input
        func rectifierGain() throws -> Initializer.Gain {
            switch options["nonlinearity"]?.text {
            case nil, "leaky_relu": .leakyReLU(slope: number("a", 0))
            case "relu": .relu
            case "tanh": .tanh
            case "sigmoid": .sigmoid
            case "linear": .linear
            default: throw UnknownCase(description: initial.id)
            }
        }
        switch initial["function"].text {
        case "constant_": return .constant(Float(number("val", 0)))
        case "eye_": return .identity
        case "uniform_": return .uniform(from: number("a", 0), to: number("b", 1))
        case "normal_": return .normal(mean: number("mean", 0), standardDeviation: number("std", 1))
        case "trunc_normal_":
            return .truncatedNormal(
                mean: number("mean", 0),
                standardDeviation: number("std", 1),
                from: number("a", -2),
                to: number("b", 2)
            )
        case "xavier_uniform_": return .xavierUniform(gain: .init(number("gain", 1)))
        case "xavier_normal_": return .xavierNormal(gain: .init(number("gain", 1)))
        case "kaiming_uniform_": return try .kaimingUniform(fan: fan, gain: rectifierGain())
        case "kaiming_normal_": return try .kaimingNormal(fan: fan, gain: rectifierGain())
        case "orthogonal_": return .orthogonal(gain: .init(number("gain", 1)))
        default: throw UnknownCase(description: initial.id)
        }
    }

    @Test(arguments: Fixture.cases("weights", in: "training"))
    func `tied and frozen weights train as PyTorch's do`(training: Case) throws {
        let model = try WordModel(training)
        // Before and after: the optimizer is made in between.
        let frozen = Set((training["frozen"].list ?? []).compactMap(\.text))
        let optimizer = SGD(
            model.parameters,
            learningRate: try #require(training["learning_rate"].number),
            momentum: try #require(training["momentum"].number)
        )
        for parameter in model.namedParameters where frozen.contains(parameter.name) {
            parameter.tensor.freeze()
        }
        let words = IntTensor(shape: training["words"].shape, scalars: training["words"].ints)
        let last = words.shape[1] - 1
        for (step, recorded) in (training["losses"].list ?? []).enumerated() {
            let scores = model(words[.all, ..<last]).reshaped(-1, model.encoder.count)
            let loss = crossEntropy(scores, words[.all, 1...].reshaped(-1))
            expectClose([loss.item], [Float(try #require(recorded.number))], within: 2e-6, "loss \(step)")
            optimizer.zeroGradients()
            loss.backward()
            if step == 0 { checkGradients(model, training["first_step_grads"]) }
            optimizer.step()
        }
        #expect(model.namedParameters.map(\.name).sorted() == training["final_params"].keys)
        for parameter in model.namedParameters {
            let expected = training["final_params"].at(parameter.name).floats
            expectClose(parameter.tensor.scalars, expected, within: 1e-5, parameter.name)
            if frozen.contains(parameter.name) {
                #expect(
                    parameter.tensor.scalars == training["initial_params"].at(parameter.name).floats
                )
            }
        }
    }

    private func checkGradients(_ model: WordModel, _ recorded: Recorded) {
        for parameter in model.namedParameters {
            let gradient = parameter.tensor.gradient
            if let expected = recorded[parameter.name] {
                expectClose(gradient?.scalars ?? [], expected.floats, within: 2e-6, parameter.name)
            } else {
                #expect(gradient == nil, "\(parameter.name) is frozen")
            }
        }
    }
}

/// A word model: each word's vector, an LSTM, and a score for each next word, by the same vectors if they are tied.
private struct WordModel: Layer {
    let encoder: Embedding
    let rnn: LSTM
    let decoder: Linear

    init(_ training: Case) throws {
        let (count, size) = (try #require(training["count"].int), try #require(training["size"].int))
        let initial = training["initial_params"]
        encoder = Embedding(pretrained: Tensor(initial.at("encoder.weight")), frozen: false)
        rnn = LSTM(inputSize: size, hiddenSize: size, batchFirst: true)
        let isTied = training["tied"].bool == true
        decoder = Linear(
            weight: isTied ? encoder.weight : Tensor(initial.at("decoder.weight")),
            bias: Tensor(initial.at("decoder.bias"))
        )
        #expect(decoder.inputSize == size && decoder.outputSize == count)
        try loadParameters(
            from: Safetensors(initial.keys.map { NamedTensor($0, Tensor(initial.at($0))) })
        )
    }

    func callAsFunction(_ words: IntTensor) -> Tensor { decoder(rnn(encoder(words)).output) }
}
