/// A loader, which goes through a dataset in batches each time it is iterated over.
///
///     for (x, y) in DataLoader(dataset, batchSize: 2, shuffle: true) { … }
///
/// For the same seed batches are PyTorch's: each epoch draws 64 bits when it starts, and if shuffled without a
/// generator of its own 64 more, which seed the permutation.
///
/// Source: PyTorch's `DataLoader` with one process.
public struct DataLoader<Source: Dataset>: Sequence {
    /// The examples.
    public let dataset: Source
    /// The number of examples in a batch; the last one may have fewer.
    public let batchSize: Int
    private let shuffle: Bool
    private let dropLast: Bool
    private let generator: Generator?

    /// Creates a loader.
    ///
    /// - Precondition: there are examples, if they are to be shuffled.
    /// - Parameters:
    ///   - dataset: The examples.
    ///   - batchSize: The number of examples in a batch.
    ///   - shuffle: Whether each epoch has an order of its own.
    ///   - dropLast: Whether a last batch with fewer examples is left out.
    ///   - generator: The generator of the orders; by default one seeded by that of the calling thread.
    public init(
        _ dataset: Source,
        batchSize: Int = 1,
        shuffle: Bool = false,
        dropLast: Bool = false,
        generator: Generator? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            batchSize > 0,
            "DataLoader: batchSize is \(batchSize); it must be at least 1.",
            file: file,
            line: line
        )
        let count = dataset.count
        require(
            count >= (shuffle ? 1 : 0),
            "DataLoader: there are \(count) examples" + (shuffle ? " to shuffle" : "")
                + ". Is the dataset empty, or a "
                + "filter too strict?",
            file: file,
            line: line
        )
        self.dataset = dataset
        self.batchSize = batchSize
        self.shuffle = shuffle
        self.dropLast = dropLast
        self.generator = generator
    }

    /// The number of batches in an epoch.
    public var batchCount: Int {
        let (whole, rest) = dataset.count.quotientAndRemainder(dividingBy: batchSize)
        return dropLast || rest == 0 ? whole : whole + 1
    }

    /// Starts an epoch.
    public func makeIterator() -> Iterator {
        let order = shuffle ? ExampleOrder.shuffled(generator) : .given
        return Iterator(loader: self, order: order, generator: generator)
    }

    /// One epoch.
    public struct Iterator: IteratorProtocol {
        private let loader: DataLoader
        private let order: ExampleOrder
        private var places: [Int]?
        private var position = 0

        fileprivate init(loader: DataLoader, order: ExampleOrder, generator: Generator?) {
            self.loader = loader
            self.order = order
            // PyTorch seeds its worker processes with this draw, whether there are any or not.
            _ = (generator ?? .default).next()
        }

        /// The next batch; nil at the end of the epoch.
        public mutating func next() -> Source.Batch? {
            let count = loader.dataset.count
            let places = places ?? order.places(count)
            self.places = places
            guard position <= count else { return nil }
            let isShort = count - position < loader.batchSize
            let batch = places[position..<(isShort ? count : position + loader.batchSize)]
            position = isShort ? count + 1 : position + loader.batchSize
            if isShort { order.finish(count) }
            if batch.isEmpty || (loader.dropLast && isShort) { return nil }
            return loader.dataset.batch(Array(batch))
        }
    }
}

extension DataLoader: Resumable {
    /// Its name in a checkpoint.
    public var trainingRole: String { "loader" }

    /// The state of its own generator, if it has one. An epoch that is under way is not kept: its batches begin anew.
    public var trainingState: TrainingState? {
        generator.map { $0.trainingState } ?? TrainingState()
    }

    /// Goes on with the epochs of another loader.
    public func restore(_ state: TrainingState) throws(SafetensorsError) { try generator?.restore(state) }
}

/// The order of an epoch's examples.
private enum ExampleOrder {
    case given
    case shuffled(Generator?)

    func places(_ count: Int) -> [Int] {
        switch self {
        case .given:
            return Array(0..<count)
        case .shuffled(let generator?):
            return generator.permutation(count)
        case .shuffled(nil):
            let seed = Generator.default.next() & (1 << 63 - 1)
            return Generator(seed: seed).permutation(count)
        }
    }

    /// PyTorch's sampler, asked for more than there is, draws a permutation that nobody sees.
    func finish(_ count: Int) {
        if case .shuffled(let generator?) = self { _ = generator.permutation(count) }
    }
}
