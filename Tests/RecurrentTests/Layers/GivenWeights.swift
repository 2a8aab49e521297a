import Recurrent
import Testing

private struct Tied: Layer {
    let encoder: Embedding
    let decoder: Linear

    init(_ encoder: Embedding) {
        self.encoder = encoder
        decoder = Linear(weight: encoder.weight, bias: Tensor.zeros([encoder.count]))
    }

    func callAsFunction(_ words: IntTensor) -> Tensor { decoder(encoder(words)) }
}

@Suite struct GivenWeightTests {
    @Test func `a linear layer computes with given weights, and draws nothing`() {
        manualSeed(3)
        let layer = Linear(weight: Tensor([[1, 2, 3], [0, -1, 1]]), bias: Tensor([10, 20]))
        #expect(Generator.default.uniform(1) == Generator(seed: 3).uniform(1))
        #expect(layer.inputSize == 3 && layer.outputSize == 2)
        #expect(layer(Tensor([1, 1, 1])).scalars == [16, 20])
        #expect(layer.namedParameters.map(\.name) == ["weight", "bias"])
        #expect(Linear(weight: Tensor.ones([2, 2])).bias == nil)
    }

    @Test func `a tied weight is one parameter, whose gradients add up`() throws {
        let model = Tied(Embedding(count: 5, size: 3, generator: Generator(seed: 1)))
        #expect(model.namedParameters.map(\.name) == ["encoder.weight", "decoder.bias"])
        let words = IntTensor([1, 3, 3])
        let summary = model.summary { model(words) }
        #expect(summary.rows.map(\.parameterCount) == [20, 15, 20] && model.parameterCount == 20)
        #expect(summary.rows.map(\.output) == [nil, [3, 3], [3, 5]])
        let check = gradientCheck(model.namedParameters) { crossEntropy(model(words), IntTensor([3, 0, 2])) }
        #expect(check.passes && check.count == 20, "\(check)")

        // The sum of what both would get if they were two.
        let (vectors, scores) = (model.encoder.weight.copied(), model.encoder.weight.copied())
        let encoder = Embedding(pretrained: vectors, frozen: false)
        let decoder = Linear(weight: scores, bias: Tensor.zeros([5]))
        crossEntropy(model(words), IntTensor([3, 0, 2])).backward()
        crossEntropy(decoder(encoder(words)), IntTensor([3, 0, 2])).backward()
        let sum = try #require(encoder.weight.gradient) + #require(decoder.weight.gradient)
        let gradient = try #require(model.encoder.weight.gradient)
        expectClose(gradient.scalars, sum.scalars, within: 1e-6, "the sum of both")

        Adam(model.parameters, learningRate: 0.1).step()
        #expect(model.encoder.weight.scalars == model.decoder.weight.scalars)
    }

    @Test func `a tied weight is saved once, and read under either name`() throws {
        let model = Tied(Embedding(count: 4, size: 2))
        let saved = try Safetensors(bytes: model.parameterBytes)
        #expect(saved.tensors.map(\.name) == ["encoder.weight", "decoder.bias"])
        func read(_ tensors: [NamedTensor]) throws -> [Float] {
            let target = Tied(Embedding(count: 4, size: 2))
            let report = try target.loadParameters(from: Safetensors(tensors))
            #expect(report.matched == ["encoder.weight", "decoder.bias"] && report.leftOver == [])
            return target.encoder.weight.scalars
        }
        let (one, two) = (Tensor.full([4, 2], 1), Tensor.full([4, 2], 2))
        let bias = NamedTensor("decoder.bias", Tensor.zeros([4]))
        let (encoder, decoder) = (NamedTensor("encoder.weight", one), NamedTensor("decoder.weight", two))
        #expect(try read([bias, encoder]) == one.scalars)
        #expect(try read([bias, decoder]) == two.scalars)
        // PyTorch's dictionary has both, and takes over one after the other.
        #expect(try read([decoder, bias, encoder]) == two.scalars)
    }

    @Test func `given vectors are frozen, unless it is said otherwise`() {
        let vectors = Tensor([[1, 2], [3, 4], [5, 6]])
        let table = Embedding(pretrained: vectors, paddingIndex: -1)
        #expect(table.isFrozen && table.count == 3 && table.size == 2 && table.paddingIndex == 2)
        // Also the vector of padding stays as given, as in PyTorch.
        #expect(table(IntTensor([2, 0])).scalars == [5, 6, 1, 2])
        #expect(!table(IntTensor([2, 0])).requiresGradient)

        let learning = Embedding(pretrained: vectors.copied(), frozen: false, paddingIndex: 0)
        learning(IntTensor([0, 1, 1])).sum().backward()
        #expect(learning.weight.gradient?.scalars == [0, 0, 2, 2, 0, 0])
    }

    @Test func `a recurrent layer takes weights from a part of a file`() throws {
        let source = LSTM(inputSize: 2, hiddenSize: 3, bidirectional: true)
        let file = Safetensors(
            source.namedParameters.map { NamedTensor("encoder.rnn." + $0.name, $0.tensor) }
                + [NamedTensor("encoder.rnnless", Tensor([1])), NamedTensor("head.weight", Tensor([[1]]))]
        )
        let lstm = LSTM(inputSize: 2, hiddenSize: 3, bidirectional: true)
        try lstm.loadParameters(from: file.sublayer("encoder.rnn"))
        #expect(lstm.parameters.map(\.scalars) == source.parameters.map(\.scalars))
    }
}
