import Recurrent
import Testing

private struct Forecaster: Layer {
    let rnn = RNN(inputSize: 1, hiddenSize: 4, batchFirst: true)
    let head = Linear(inputSize: 4, outputSize: 1)
    func callAsFunction(_ x: Tensor) -> Tensor {
        let (output, _) = rnn(x)
        return head(output[.all, -1])
    }
}

private struct Mixed: Layer {
    let scale = Tensor.ones([2]).requiringGradient()
    let constant = Tensor.ones([3])
    var blocks = [Linear(inputSize: 2, outputSize: 2), Linear(inputSize: 2, outputSize: 2, bias: false)]
    let none: Linear? = nil
    let some: Linear? = Linear(inputSize: 2, outputSize: 1)
    let byName = [
        "b": Linear(inputSize: 1, outputSize: 1, bias: false), "a": Linear(inputSize: 1, outputSize: 1),
    ]
    let note = "not a layer"
}

private class Base: Layer {
    let first = Linear(inputSize: 1, outputSize: 1, bias: false)
}

private final class Derived: Base {
    let second = Linear(inputSize: 1, outputSize: 1, bias: false)
    lazy var third = Linear(inputSize: 1, outputSize: 1, bias: false)
}

private struct Tied: Layer {
    let encoder: Linear
    let decoder: Linear
    init() {
        encoder = Linear(inputSize: 2, outputSize: 2, bias: false)
        decoder = encoder
    }
}

@Suite struct LayerTests {
    @Test func `parameters are found and named as in PyTorch`() {
        #expect(
            Forecaster().namedParameters.map(\.name) == [
                "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0", "head.weight",
                "head.bias",
            ]
        )
        #expect(Forecaster().parameterCount == 4 + 16 + 4 + 4 + 4 + 1)
    }

    @Test func `arrays, optionals and dictionaries of layers are searched, constants are not`() {
        #expect(
            Mixed().namedParameters.map(\.name) == [
                "scale", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "some.weight", "some.bias",
                "byName.a.weight", "byName.a.bias", "byName.b.weight",
            ]
        )
    }

    @Test func `a superclass's layers come first, and lazy ones in their place`() {
        let model = Derived()
        _ = model.third
        #expect(model.namedParameters.map(\.name) == ["first.weight", "second.weight", "third.weight"])
    }

    @Test func `a tensor used twice is one parameter`() {
        #expect(Tied().namedParameters.map(\.name) == ["encoder.weight"])
    }

    @Test func `training and use reach every layer`() {
        let layers = Sequential(Dropout(0.5), Linear(inputSize: 3, outputSize: 3))
        let x = Tensor.ones([4, 3])
        layers.eval()
        #expect(layers(x).scalars == layers(x).scalars)
        layers.train()
        manualSeed(1)
        #expect(layers(x).scalars != layers(x).scalars)
        let rnn = RNN(inputSize: 1, hiddenSize: 2, layerCount: 2, dropout: 0.5)
        rnn.eval()
        let series = Tensor.ones([3, 1, 1])
        #expect(rnn(series).output.scalars == rnn(series).output.scalars)
    }

    @Test func `drawn weights are PyTorch's, layer after layer`() {
        manualSeed(0)
        let model = Forecaster()
        let generator = Generator(seed: 0)
        for (parameter, count) in zip(model.parameters.prefix(4), [4, 16, 4, 4]) {
            #expect(parameter.scalars == generator.uniform(count, from: -0.5, to: 0.5))
        }
        #expect(model.head.weight.scalars == generator.uniform(4, from: -0.5, to: 0.5))
    }
}
