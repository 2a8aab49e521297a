import Recurrent
import Testing

@Suite struct DataLoaderTests {
    /// Examples that are their own places.
    private struct Places: Dataset {
        let count: Int
        func batch(_ places: [Int]) -> [Int] { places }
    }

    @Test func `batches come in order, the last one shorter or left out`() {
        #expect(Array(DataLoader(Places(count: 5), batchSize: 2)) == [[0, 1], [2, 3], [4]])
        #expect(Array(DataLoader(Places(count: 5), batchSize: 2, dropLast: true)) == [[0, 1], [2, 3]])
        #expect(Array(DataLoader(Places(count: 4), batchSize: 2)) == [[0, 1], [2, 3]])
        #expect(Array(DataLoader(Places(count: 0), batchSize: 2)).isEmpty)
        #expect(DataLoader(Places(count: 5), batchSize: 2).batchCount == 3)
        // As large as it gets: everything in one batch.
        let whole = DataLoader(Places(count: 3), batchSize: .max)
        #expect(Array(whole) == [[0, 1, 2]] && whole.batchCount == 1)
        #expect(Array(DataLoader(Places(count: 3), batchSize: .max, dropLast: true)).isEmpty)
    }

    @Test func `inputs and targets stay together`() {
        let dataset = TensorDataset(Tensor([[1, 1], [2, 2], [3, 3]]), Tensor([10, 20, 30]))
        for (x, y) in DataLoader(dataset, batchSize: 2, shuffle: true, generator: Generator(seed: 3)) {
            #expect((x.sum() * 5).item == y.sum().item)
        }
    }
}
