import Recurrent
import Testing

@Suite struct CollationTests {
    private let sequences = [Tensor([[1], [2]]), Tensor([[3]]), Tensor([[4], [5], [6]])]

    @Test func `sequences of several lengths make padded batches`() {
        var shapes: [[Int]] = []
        var all: [Int] = []
        for (x, lengths) in DataLoader(
            sequences,
            batchSize: 2,
            collate: { padded($0, batchFirst: true, paddingValue: -1) }
        ) {
            shapes.append(x.shape)
            all += lengths
        }
        #expect(shapes == [[2, 2, 1], [1, 3, 1]])
        #expect(all == [2, 1, 3])
    }

    @Test func `sequences of several lengths make packed batches with their targets`() {
        let dataset = TensorDataset(sequences, IntTensor([7, 8, 9]))
        let loader = DataLoader(dataset, batchSize: 3, collate: { (packed($0), $1) })
        #expect(loader.batchCount == 1)
        for (x, y) in loader {
            #expect(x.data.scalars == [4, 1, 3, 5, 2, 6] && x.batchSizes == [3, 2, 1])
            #expect(x.lengths == [2, 1, 3] && y == IntTensor([7, 8, 9]))
            let (output, _) = GRU(inputSize: 1, hiddenSize: 2)(x)
            #expect(output.padded().sequences.shape == [3, 3, 2])
        }
    }

    @Test func `a collated loader shuffles as one that is not`() {
        let numbers = Array(0..<10)
        let plain = DataLoader(
            TensorDataset(numbers, numbers),
            batchSize: 4,
            shuffle: true,
            generator: Generator(seed: 5)
        )
        let sums = DataLoader(
            numbers,
            batchSize: 4,
            shuffle: true,
            generator: Generator(seed: 5),
            collate: { $0.reduce(0, +) }
        )
        #expect(Array(sums) == plain.map { $0.0.reduce(0, +) })
    }
}
