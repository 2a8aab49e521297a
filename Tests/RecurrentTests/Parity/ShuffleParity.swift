import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.all("rng").flatMap { $0.content.at("seeds").list ?? [] })
    func `layers draw PyTorch's initial weights`(recorded: Recorded) throws {
        let seed = try #require(recorded["seed"]?.int)
        let layers: [(String, () -> any Layer)] = [
            ("Linear_3_2", { Linear(inputSize: 3, outputSize: 2) }),
            ("RNN_2_3_layers2", { RNN(inputSize: 2, hiddenSize: 3, layerCount: 2) }),
            ("LSTM_2_3", { LSTM(inputSize: 2, hiddenSize: 3) }),
            ("GRU_2_3_bidirectional", { GRU(inputSize: 2, hiddenSize: 3, bidirectional: true) }),
        ]
        for (key, make) in layers {
            guard let expected = recorded[key] else { continue }
            manualSeed(seed)
            let parameters = make().namedParameters
            #expect(parameters.map(\.name).sorted() == expected.keys)
            for parameter in parameters {
                #expect(
                    parameter.tensor.scalars == expected.at(parameter.name).floats,
                    "\(key): \(parameter.name)"
                )
            }
        }
        let tables: [(String, Int, Int, Int?)] = [
            ("Embedding_5_4", 5, 4, nil), ("Embedding_5_4_padding_idx_1", 5, 4, 1),
            ("Embedding_3_4_scalar_path", 3, 4, nil),
        ]
        for (key, count, size, padding) in tables {
            guard let expected = recorded[key] else { continue }
            manualSeed(seed)
            let table = Embedding(count: count, size: size, paddingIndex: padding)
            #expect(table.weight.scalars == expected.floats, "\(key)")
        }
        guard let masked = recorded["dropout_train_ones20_p0.3"] else { return }
        manualSeed(seed)
        #expect(Dropout(0.3)(Tensor.ones(masked.shape)).scalars == masked.floats)
    }

    @Test(arguments: Fixture.all("rng").flatMap { $0.content.at("seeds").list ?? [] })
    func `loaders shuffle as PyTorch's`(recorded: Recorded) throws {
        let seed = try #require(recorded["seed"]?.int)
        let numbers = TensorDataset(Array(0..<10), Array(0..<10))
        let epochs = { (loader: DataLoader<TensorDataset<[Int], [Int]>>, count: Int) in
            (0..<count).map { _ in loader.map(\.0) }
        }
        if let expected = recorded["DataLoader_arange10_bs3_shuffle_2epochs"]?.batches {
            manualSeed(seed)
            #expect(epochs(DataLoader(numbers, batchSize: 3, shuffle: true), expected.count) == expected)
        }
        if let expected = recorded["DataLoader_arange10_bs4_droplast_then_rand3"] {
            manualSeed(seed)
            let batches = expected.at("epochs").batches
            let loader = DataLoader(numbers, batchSize: 4, shuffle: true, dropLast: true)
            #expect(epochs(loader, batches.count) == batches)
            #expect(Generator.default.uniform(3) == expected.at("rand_3_afterwards").floats)
        }
        if let expected = recorded["DataLoader_own_generator_seedS_2epochs"]?.batches {
            let generator = Generator(seed: UInt64(seed))
            let loader = DataLoader(numbers, batchSize: 3, shuffle: true, generator: generator)
            #expect(epochs(loader, expected.count) == expected)
        }
    }
}

extension Recorded {
    /// Epochs of batches of places.
    fileprivate var batches: [[[Int]]] {
        (list ?? []).map { epoch in (epoch.list ?? []).map(\.ints) }
    }
}
