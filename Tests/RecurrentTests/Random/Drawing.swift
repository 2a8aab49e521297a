import Recurrent
import Testing

@Suite("Draws from probabilities") struct DrawingTests {
    private let p = Tensor([0.1, 0, 0.6, 0.3])

    @Test("have their shapes") func shapes() {
        let generator = Generator(seed: 1)
        let rows = stacked([p, p, p])
        #expect(generator.draw(from: p).shape == [])
        #expect(generator.draw(from: p, count: 2).shape == [2])
        #expect(generator.draw(from: rows).shape == [3])
        #expect(generator.draw(from: rows, count: 5, replacing: true).shape == [3, 5])
        #expect(generator.draw(fromLogits: rows, topK: 2).shape == [3])
        #expect(generator.draw(from: Tensor.zeros([0, 4]), count: 2).shape == [0, 2])
    }

    @Test("come as often as their probabilities say, and never at 0") func frequencies() {
        let generator = Generator(seed: 2)
        var counts = [0, 0, 0, 0]
        for entry in generator.draw(from: 7 * p, count: 20_000, replacing: true).scalars {
            counts[entry] += 1
        }
        #expect(counts[1] == 0)
        for (count, share) in zip(counts, p.scalars) { #expect(abs(Float(count) / 20_000 - share) < 0.01) }
        var firsts = [0, 0, 0, 0]
        for _ in 0..<5_000 { firsts[generator.draw(from: p).item] += 1 }
        #expect(firsts[1] == 0)
        for (count, share) in zip(firsts, p.scalars) { #expect(abs(Float(count) / 5_000 - share) < 0.02) }
    }

    @Test("without replacement are all different") func different() {
        let generator = Generator(seed: 3)
        for _ in 0..<50 { #expect(Set(generator.draw(from: p, count: 3).scalars) == [0, 2, 3]) }
    }

    @Test("take the default generator where none is given") func defaults() {
        manualSeed(4)
        let drawn = IntTensor.drawn(from: p, count: 6, replacing: true)
        let other = Generator(seed: 4)
        #expect(drawn == other.draw(from: p, count: 6, replacing: true))
        #expect(IntTensor.drawn(fromLogits: p, topP: 0.9) == other.draw(fromLogits: p, topP: 0.9))
        #expect(IntTensor.drawn(from: p, generator: other) == IntTensor.drawn(from: p))
    }

    @Test("of nothing leave the stream as it was") func nothing() {
        let generator = Generator(seed: 5)
        #expect(generator.draw(from: p, count: 0).shape == [0])
        #expect(generator.uniform(2) == Generator(seed: 5).uniform(2))
    }

    @Test("from logits are as bold as is asked for") func boldness() {
        let logits = Tensor([1, 3, 2, -.infinity])
        let generator = Generator(seed: 6)
        func drawn(_ temperature: Float, _ topK: Int? = nil, _ topP: Float? = nil) -> Set<Int> {
            Set(
                generator.draw(
                    fromLogits: logits,
                    count: 400,
                    replacing: true,
                    temperature: temperature,
                    topK: topK,
                    topP: topP
                ).scalars
            )
        }
        #expect(drawn(1) == [0, 1, 2])
        #expect(drawn(0.01) == [1])
        #expect(drawn(100, 2) == [1, 2])
        #expect(drawn(1, 1) == [1])
        #expect(drawn(1, 9) == [0, 1, 2])
        // The shares are 0.09, 0.665 and 0.245.
        #expect(drawn(1, nil, 0.66) == [1])
        #expect(drawn(1, nil, 0.67) == [1, 2])
        #expect(drawn(1, nil, 0.95) == [0, 1, 2])
        #expect(drawn(1, nil, 1) == [0, 1, 2])
        // Equals of the last of the k stay, as in PyTorch's text generation.
        let equal = Set(
            generator.draw(fromLogits: Tensor([1, 2, 1, 0]), count: 400, replacing: true, topK: 2).scalars
        )
        #expect(equal == [0, 1, 2])
    }
}
