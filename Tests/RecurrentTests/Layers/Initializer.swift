import Recurrent
import Testing

@Suite struct InitializerTests {
    private func matrix(_ shape: [Int], _ initializer: Initializer, gates: Int = 1) -> Tensor {
        let weight = Tensor.zeros(shape).requiringGradient()
        weight.initialize(initializer, gates: gates, generator: Generator(seed: 3))
        return weight.detached()
    }

    /// The distance of a matrix from the identity times a factor.
    private func distance(_ product: Tensor, from factor: Float) -> Float {
        let identity = matrix(product.shape, .identity) * factor
        return (product - identity).scalars.map(\.magnitude).max() ?? 0
    }

    @Test(arguments: [[1, 1], [5, 5], [40, 40], [60, 20], [20, 60], [64, 63]])
    func `orthogonal rows or columns are at right angles`(shape: [Int]) {
        let q = matrix(shape, .orthogonal(gain: 2))
        let product =
            shape[0] > shape[1] ? q.transposed().matmul(q) : q.matmul(q.transposed())
        #expect(distance(product, from: 4) < 1e-5)
    }

    @Test func `gates are drawn each by itself, in one stream`() {
        let whole = matrix([12, 4], .orthogonal(), gates: 3)
        let generator = Generator(seed: 3)
        for gate in 0..<3 {
            let block = Tensor.zeros([4, 4])
            block.initialize(.orthogonal(), generator: generator)
            #expect(whole[gate * 4..<gate * 4 + 4].scalars == block.scalars)
        }
    }

    @Test func `a weight is changed in place, for whoever shares it, and counts as changed`() {
        let layer = Linear(inputSize: 3, outputSize: 2)
        let output = layer(Tensor([[1, 2, 3]]).requiringGradient())
        layer.weight.initialize(.constant(0.5))
        layer.bias?.initialize(.zeros)
        #expect(layer(Tensor([[1, 2, 3]])).scalars == [3, 3])
        #expect(layer.namedParameters.map(\.name) == ["weight", "bias"])
        #expect(reachesStaleNumbers(output))
    }

    @Test func `a recurrent layer's weights are drawn in the order of its parameters`() {
        for bidirectional in [false, true] {
            let lstm = LSTM(inputSize: 3, hiddenSize: 4, layerCount: 2, bidirectional: bidirectional)
            lstm.initialize(
                inputWeights: .xavierUniform(),
                hiddenWeights: .orthogonal(),
                biases: .uniform(from: -1, to: 1),
                generator: Generator(seed: 5)
            )
            let generator = Generator(seed: 5)
            for parameter in lstm.namedParameters {
                let expected = Tensor.zeros(parameter.tensor.shape)
                let initializer: Initializer =
                    switch parameter.name.prefix(9) {
                    case "weight_ih": .xavierUniform()
                    case "weight_hh": .orthogonal()
                    default: .uniform(from: -1, to: 1)
                    }
                expected.initialize(initializer, gates: 4, generator: generator)
                #expect(parameter.tensor.scalars == expected.scalars, "\(parameter.name)")
            }
        }
        let cell = GRUCell(inputSize: 2, hiddenSize: 3)
        let before = cell.parameters.map(\.scalars)
        cell.initialize(hiddenWeights: .ones)
        #expect(zip(cell.parameters, before).map { $0.scalars == $1 } == [true, false, true, true])
    }

    @Test func `the forget gate's bias is set in every layer and direction, and no other number`() {
        let lstm = LSTM(inputSize: 2, hiddenSize: 3, layerCount: 2, bidirectional: true)
        let before = lstm.parameters.map(\.scalars)
        lstm.setForgetBias(1.5)
        for (parameter, before) in zip(lstm.namedParameters, before) {
            var expected = before
            if parameter.name.hasPrefix("bias_ih") { expected.replaceSubrange(3..<6, with: [1.5, 1.5, 1.5]) }
            if parameter.name.hasPrefix("bias_hh") { expected.replaceSubrange(3..<6, with: [0, 0, 0]) }
            #expect(parameter.tensor.scalars == expected, "\(parameter.name)")
        }
        let cell = LSTMCell(inputSize: 2, hiddenSize: 1)
        cell.setForgetBias(2)
        let biases = cell.namedParameters.filter { $0.name.hasPrefix("bias") }
        #expect(biases.map { $0.tensor.scalars[1] } == [2, 0])
    }

    @Test func `a truncated normal distribution has no number beyond its limits`() {
        let wide = matrix([40, 50], .truncatedNormal(standardDeviation: 1.5, from: -1, to: 0.5)).scalars
        #expect(wide.allSatisfy { $0 >= -1 && $0 <= 0.5 })
        let tail = matrix([40, 50], .truncatedNormal(from: 2, to: 3)).scalars
        #expect(tail.allSatisfy { $0 >= 2 && $0 <= 3 })
        // Of the distribution beyond 2, more than half lies below 2.4.
        #expect(tail.filter { $0 < 2.4 }.count > 1200)
    }
}
