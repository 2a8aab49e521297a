import Recurrent
import Testing

@Suite struct SubsetTests {
    @Test func `parts share no example and have them all`() {
        let dataset = TensorDataset(Tensor.arange(0, 10).reshaped([10, 1]), IntTensor.arange(0, 10))
        let parts = dataset.randomSplit(fractions: [0.5, 0.3, 0.2], generator: Generator(seed: 1))
        #expect(parts.map(\.count) == [5, 3, 2])
        #expect(parts.flatMap(\.indices).sorted() == Array(0..<10))
        for part in parts {
            for (x, y) in DataLoader(part, batchSize: 2) { #expect(x.scalars == y.scalars.map(Float.init)) }
        }
        // A part can be split in turn.
        let halves = parts[0].randomSplit(lengths: [3, 2])
        let examples = halves.flatMap { half in half.batch(Array(0..<half.count)).1.scalars }
        #expect(examples.sorted() == parts[0].indices.sorted())
    }
}
