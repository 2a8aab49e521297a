import Recurrent
import Testing

extension Parity {
    /// Sizes and options are read off the recorded parameters.
    @Test(arguments: RandomCase.all.filter { $0.layer != nil })
    func `layers draw PyTorch's initial weights`(random: RandomCase) throws {
        manualSeed(Int(random.seed))
        let draw = try #require(random.layer)
        let parameters = draw().namedParameters
        if random.key.hasPrefix("Embedding") {
            #expect(parameters[0].tensor.scalars == random.recorded.floats)
            return
        }
        #expect(parameters.map(\.name).sorted() == random.recorded.keys)
        for parameter in parameters {
            let expected = random.recorded.at(parameter.name).floats
            #expect(parameter.tensor.scalars == expected, "\(random.key): \(parameter.name)")
        }
    }

    @Test(arguments: RandomCase.all.filter { $0.key.hasPrefix("dropout_") })
    func `dropout draws PyTorch's masks`(random: RandomCase) throws {
        let probability = try #require(random.key.split(separator: "_p").last.flatMap { Double($0) })
        manualSeed(Int(random.seed))
        let dropped = Dropout(probability)(Tensor.ones(random.recorded.shape))
        #expect(dropped.scalars == random.recorded.floats)
    }

    @Test(arguments: RandomCase.all.filter { $0.key.hasPrefix("DataLoader_") })
    func `loaders shuffle as PyTorch's`(random: RandomCase) throws {
        let epochs = (random.recorded["epochs"] ?? random.recorded).batches
        let places = try #require(epochs.first).flatMap(\.self)
        let batchSize = try #require(epochs.first?.first).count
        let dropsLast = random.key.contains("droplast")
        let count = random.number(after: "arange") ?? places.count
        let numbers = TensorDataset(Array(0..<count), Array(0..<count))
        let generator = random.key.contains("own_generator") ? Generator(seed: random.seed) : nil
        manualSeed(Int(random.seed))
        let loader = DataLoader(
            numbers,
            batchSize: batchSize,
            shuffle: true,
            dropLast: dropsLast,
            generator: generator
        )
        for (epoch, batches) in epochs.enumerated() {
            #expect(loader.map(\.0) == batches, "\(random.key): epoch \(epoch)")
        }
        for key in random.recorded.keys where key.hasPrefix("rand_") {
            let expected = random.recorded.at(key).floats
            #expect(Generator.default.uniform(expected.count) == expected, "\(random.key): \(key)")
        }
    }
}

extension RandomCase {
    /// The layer whose parameters were recorded, drawn from the default generator.
    fileprivate var layer: (() -> any Layer)? {
        let shape = { (name: String) in recorded[name]?.shape ?? [] }
        let (input, hidden) = (shape("weight_ih_l0").last ?? 0, shape("weight_hh_l0").last ?? 0)
        let names = recorded.keys
        let layerCount = names.filter { $0.hasPrefix("weight_ih") && !$0.hasSuffix("_reverse") }.count
        let bidirectional = names.contains { $0.hasSuffix("_reverse") }
        let bias = names.contains { $0.hasPrefix("bias") }
        switch key.prefix(while: { $0 != "_" }) {
        case "Linear":
            let weight = shape("weight")
            return { Linear(inputSize: weight[1], outputSize: weight[0], bias: bias) }
        case "Embedding":
            let (size, padding) = (recorded.shape, number(after: "padding_idx_"))
            return { Embedding(count: size[0], size: size[1], paddingIndex: padding) }
        case "RNN":
            return {
                RNN(
                    inputSize: input,
                    hiddenSize: hidden,
                    layerCount: layerCount,
                    bias: bias,
                    bidirectional: bidirectional
                )
            }
        case "LSTM":
            return {
                LSTM(
                    inputSize: input,
                    hiddenSize: hidden,
                    layerCount: layerCount,
                    bias: bias,
                    bidirectional: bidirectional
                )
            }
        case "GRU":
            return {
                GRU(
                    inputSize: input,
                    hiddenSize: hidden,
                    layerCount: layerCount,
                    bias: bias,
                    bidirectional: bidirectional
                )
            }
        default: return nil
        }
    }

    /// The number that follows a word in the key.
    fileprivate func number(after word: String) -> Int? {
        guard let range = key.firstRange(of: word) else { return nil }
        return Int(key[range.upperBound...].prefix { $0.isNumber })
    }
}

extension Recorded {
    /// Epochs of batches of places.
    fileprivate var batches: [[[Int]]] {
        (list ?? []).map { epoch in (epoch.list ?? []).map(\.ints) }
    }
}
