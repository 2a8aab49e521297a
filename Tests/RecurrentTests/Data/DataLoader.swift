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

    @Test func `windows slide over a series`() {
        let (inputs, targets) = slidingWindows(over: [10, 20, 30, 40, 50], length: 3)
        #expect(inputs.shape == [2, 3, 1] && targets.shape == [2, 1])
        #expect(inputs.scalars == [10, 20, 30, 20, 30, 40] && targets.scalars == [40, 50])
        let pairs = Tensor([[1, 2], [3, 4], [5, 6], [7, 8]])
        let (x, y) = slidingWindows(over: pairs, length: 1, horizon: 2, stride: 1)
        #expect(x.shape == [2, 1, 2] && y.shape == [2, 2, 2])
        #expect(y.scalars == [3, 4, 5, 6, 5, 6, 7, 8])
    }

    @Test func `words are numbered as they appear`() {
        let sentences = ["The sea is calm.", "The wind, the wind is up!"].map(Vocabulary.words(of:))
        let vocabulary = Vocabulary(sentences)
        #expect(vocabulary.words == ["<pad>", "<unk>", "the", "sea", "is", "calm", "wind", "up"])
        #expect(vocabulary.encode(["the", "storm"]) == [2, 1])
        #expect(vocabulary.decode([6, 7]) == ["wind", "up"])
        let frequent = Vocabulary(sentences, minimumCount: 2, padding: nil, unknown: nil)
        #expect(frequent.words == ["the", "is", "wind"])
        #expect(frequent["sea"] == nil)
    }

    @Test func `ragged sequences are filled up`() {
        #expect(padded([[5, 2, 7], [3]]).sequences == [[5, 2, 7], [3, 0, 0]])
        let (batch, lengths) = padded(
            [Tensor([[1], [2]]), Tensor([[3]])],
            batchFirst: true,
            paddingValue: -1
        )
        #expect(batch.shape == [2, 2, 1] && batch.scalars == [1, 2, 3, -1])
        #expect(lengths == [2, 1])
    }
}
