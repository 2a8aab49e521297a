import Recurrent
import Testing

@Suite struct AttentionTests {
    @Test func `attention takes the mean of the values by the softmax of the scores`() {
        let (q, k, v) = (Tensor.randn([2, 3, 4]), Tensor.randn([2, 5, 4]), Tensor.randn([2, 5, 6]))
        let scores = q.matmul(k.transposed()) / 2
        let y = scaledDotProductAttention(q, k, v)
        expectClose(y.scalars, softmax(scores).matmul(v).scalars, within: 1e-6, "output")
        let mask = Tensor([0, 1, 0, 0, 1])
        let masked = softmax(scores.replacing(with: -.infinity, where: mask)).matmul(v)
        let hidden = scaledDotProductAttention(q, k, v, mask: mask)
        expectClose(hidden.scalars, masked.scalars, within: 1e-6, "masked output")
    }

    @Test func `what is hidden does not matter`() {
        let (q, k, v) = (Tensor.randn([1, 4, 4]), Tensor.randn([1, 4, 4]), Tensor.randn([1, 4, 2]))
        let y = scaledDotProductAttention(q, k, v, isCausal: true)
        let other = scaledDotProductAttention(q, k[.all, 0..<2], v[.all, 0..<2], isCausal: true)
        #expect(y[.all, 0..<2].scalars == other[.all, 0..<2].scalars)
    }

    @Test func `a query that sees nothing gets zeros, and no gradient`() throws {
        let x = Tensor.randn([1, 2, 3]).requiringGradient()
        let y = scaledDotProductAttention(
            x,
            Tensor.randn([1, 2, 3]),
            Tensor.randn([1, 2, 3]),
            mask: Tensor([[1, 1], [0, 1]])
        )
        #expect(y[0, 0].scalars == [0, 0, 0])
        y.sum().backward()
        #expect(try #require(x.gradient)[0, 0].scalars == [0, 0, 0])
    }

    @Test func `attention over no keys is zero`() throws {
        let q = Tensor.randn([2, 3, 4]).requiringGradient()
        let y = scaledDotProductAttention(q, Tensor.zeros([2, 0, 4]), Tensor.zeros([2, 0, 5]))
        #expect(y.scalars == [Float](repeating: 0, count: 30))
        y.sum().backward()
        #expect(try #require(q.gradient).scalars.allSatisfy { $0 == 0 })
    }

    @Test func `dropout scales what it leaves, in training only`() {
        let layer = MultiHeadAttention(size: 4, heads: 2, dropout: 0.5, batchFirst: true)
        let x = Tensor.randn([2, 6, 4])
        let (_, dropped) = layer(x, x, x, averagingHeads: false)
        layer.eval()
        let (_, weights) = layer(x, x, x, averagingHeads: false)
        let ratios = zip(dropped.scalars, weights.scalars).map { $0 / $1 }
        #expect(ratios.contains(0) && ratios.contains { $0 != 0 })
        #expect(ratios.allSatisfy { $0 == 0 || abs($0 - 2) < 1e-5 })
        expectClose(weights.sum(axis: -1).scalars, [Float](repeating: 1, count: 24), within: 1e-6, "sums")
    }

    @Test func `one tensor under three names is projected as three tensors`() throws {
        let layer = MultiHeadAttention(size: 4, heads: 2, batchFirst: true, generator: Generator(seed: 3))
        let x = Tensor.randn([2, 3, 4])
        let (y, weights) = layer(x, x, x)
        let (other, otherWeights) = layer(x, x.copied(), x.copied())
        #expect(y.scalars == other.scalars)
        #expect(weights.scalars == otherWeights.scalars)
        y.sum().backward()
        let gradients = try layer.parameters.map { try #require($0.gradient).scalars }
        layer.zeroGradients()
        other.sum().backward()
        for (parameter, gradient) in zip(layer.parameters, gradients) {
            expectClose(try #require(parameter.gradient).scalars, gradient, within: 1e-6, "gradient")
        }
    }

    @Test func `the bits do not depend on the number of threads`() throws {
        let before = threadCount
        defer { threadCount = before }
        func run(_ threads: Int) throws -> [[UInt32]] {
            threadCount = threads
            let generator = Generator(seed: 5)
            let layer = TransformerEncoderLayer(size: 32, heads: 4, feedForwardSize: 64, generator: generator)
            let x = Tensor.randn([40, 8, 32], generator: generator).requiringGradient()
            let y = layer(x)
            (y * y).sum().backward()
            let gradients = try ([x] + layer.parameters).map { try #require($0.gradient) }
            return ([y] + gradients).map { $0.scalars.map(\.bitPattern) }
        }
        #expect(try run(1) == run(3))
    }

    @Test func `an encoder's layers begin alike, and learn apart`() throws {
        let layer = TransformerEncoderLayer(size: 4, heads: 2, feedForwardSize: 8, dropout: 0.5)
        manualSeed(3)
        let encoder = TransformerEncoder(layer, count: 2)
        #expect(Tensor.rand([1]).item == Generator(seed: 3).uniform(1)[0])
        let parameters = encoder.namedParameters
        #expect(parameters.count == 24)
        #expect(parameters[0].name == "layers.0.self_attn.in_proj_weight")
        #expect(parameters[12].tensor.scalars == layer.parameters[0].scalars)
        parameters[0].tensor.data = Tensor.zeros([12, 4])
        #expect(parameters[12].tensor.scalars == layer.parameters[0].scalars)
        encoder.eval()
        let x = Tensor.randn([3, 2, 4])
        #expect(encoder(x).scalars == encoder(x).scalars)
        layer.train()
        #expect(layer(x).scalars != layer(x).scalars)
    }

    @Test func `positions are added to every sequence alike`() {
        let x = Tensor.zeros([3, 2, 4])
        let layer = PositionalEncoding(size: 4, length: 7)
        let y = layer(x)
        #expect(y[.all, 0].scalars == layer.waves[0..<3].scalars)
        #expect(y[.all, 1].scalars == layer.waves[0..<3].scalars)
        let first = PositionalEncoding(size: 4, length: 7, batchFirst: true)
        #expect(first(x.transposed(0, 1))[1].scalars == layer.waves[0..<3].scalars)
        #expect(first(x[.all, 0]).scalars == layer.waves[0..<3].scalars)
    }
}
