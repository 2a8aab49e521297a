import Recurrent
import Testing

private struct Model: Layer {
    let encoder = GRU(inputSize: 2, hiddenSize: 3)
    let head = Linear(inputSize: 3, outputSize: 1)
    func callAsFunction(_ x: Tensor) -> Tensor { head(encoder(x).output) }
}

@Suite struct FreezingTests {
    private let x = scatteredParameters([4, 2, 2])[0].detached()

    @Test func `a frozen layer collects no gradient, and no step moves it`() {
        for frozenFirst in [true, false] {
            let model = Model()
            if frozenFirst { model.encoder.freeze() }
            let optimizer = SGD(model.parameters, learningRate: 0.1, momentum: 0.9)
            if !frozenFirst {
                model(x).sum().backward()
                model.encoder.freeze()
                #expect(model.encoder.parameters.allSatisfy { $0.gradient == nil })
            }
            let before = model.encoder.parameters.map(\.scalars)
            let head = model.head.weight.scalars
            for _ in 0..<2 {
                optimizer.zeroGradients()
                model(x).sum().backward()
                // Set by hand, as a loss from before the freezing might.
                model.encoder.parameters[0].gradient = Tensor.ones([9, 2])
                optimizer.step()
            }
            #expect(model.encoder.parameters.map(\.scalars) == before)
            #expect(model.encoder.parameters.dropFirst().allSatisfy { $0.gradient == nil })
            #expect(model.head.weight.scalars != head)

            model.encoder.unfreeze()
            optimizer.zeroGradients()
            model(x).sum().backward()
            optimizer.step()
            #expect(zip(model.encoder.parameters, before).allSatisfy { $0.scalars != $1 })
        }
    }

    @Test func `nothing is recorded for what is frozen`() {
        let model = Model()
        #expect(!model.isFrozen && !model.encoder.isFrozen)
        model.encoder.freeze()
        #expect(!model.isFrozen && model.encoder.isFrozen)
        #expect(!model.encoder(x).output.requiresGradient && model(x).requiresGradient)
        #expect(model.encoder.parameters.allSatisfy { $0.isFrozen && !$0.requiresGradient })
        // A gradient still passes through to what the layer reads.
        let input = x.copied().requiringGradient()
        model(input).sum().backward()
        model.encoder.unfreeze()
        let whole = x.copied().requiringGradient()
        model(whole).sum().backward()
        #expect(input.gradient?.scalars == whole.gradient?.scalars)
        #expect(!Dropout(0.5).isFrozen)
    }

    @Test(arguments: ["weight_ih", "weight_hh", "bias_ih", "bias_hh"])
    func `single weights can be frozen, and the others learn as before`(name: String) throws {
        for bidirectional in [false, true] {
            let lstm = LSTM(inputSize: 2, hiddenSize: 3, layerCount: 2, bidirectional: bidirectional)
            func gradients() -> [[UInt32]?] {
                lstm.zeroGradients()
                let (output, state) = lstm(x)
                ((output * output).sum() + state.cell.sum()).backward()
                return lstm.parameters.map { $0.gradient?.scalars.map(\.bitPattern) }
            }
            let all = gradients()
            for parameter in lstm.namedParameters where parameter.name.hasPrefix(name) {
                parameter.tensor.freeze()
            }
            for (parameter, (some, all)) in zip(lstm.namedParameters, zip(gradients(), all)) {
                #expect(some == (parameter.name.hasPrefix(name) ? nil : all), "\(parameter.name)")
            }
            let check = gradientCheck(lstm.namedParameters) { lstm(x).output }
            let learning = lstm.parameters.filter { !$0.isFrozen }
            #expect(check.passes && check.count == learning.map(\.count).reduce(0, +))
        }
    }

    @Test func `what is frozen is listed, counted, saved and loaded`() throws {
        let model = Model()
        let (names, count) = (model.namedParameters.map(\.name), model.parameterCount)
        model.encoder.freeze()
        #expect(model.namedParameters.map(\.name) == names && model.parameterCount == count)
        let other = Model()
        try model.loadParameters(bytes: other.parameterBytes)
        #expect(model.parameters.map(\.scalars) == other.parameters.map(\.scalars))
        #expect(model.encoder.isFrozen && !model.head.isFrozen)
    }

    @Test func `a summary says what is frozen`() {
        let model = Model()
        model.encoder.freeze()
        model.head.bias?.freeze()
        let expected = """
            layer                     output  parameters
            Model                                     67  64 frozen
              encoder  GRU(2 → 3)                     63  frozen
              head     Linear(3 → 1)                   4  1 frozen
            """
        #expect("\(model.summary())" == expected)
        #expect(model.summary().rows.map(\.frozenCount) == [64, 63, 1])
    }
}
