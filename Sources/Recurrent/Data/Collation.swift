/// A dataset whose batches are put together by a function: what `DataLoader(…, collate:)` goes through.
public struct CollatedDataset<Source: Dataset, Batch>: Dataset {
    /// The examples.
    public let source: Source
    private let collate: (Source.Batch) -> Batch

    /// Joins examples and the function that makes a batch of several.
    public init(_ source: Source, collate: @escaping (Source.Batch) -> Batch) {
        self.source = source
        self.collate = collate
    }

    /// The number of examples.
    public var count: Int { source.count }

    /// The batch that the function makes of the examples at the given indices.
    public func batch(_ places: [Int]) -> Batch { collate(source.batch(places)) }
}

extension DataLoader {
    /// Creates a loader whose batches a function puts together, for examples that do not fit into one tensor as they are:
    /// sequences of several lengths.
    ///
    ///     let sentences: [Tensor] = …                         // each [time, feature]
    ///     for (x, lengths) in DataLoader(sentences, batchSize: 8, shuffle: true, collate: { padded($0) }) { … }
    ///     for x in DataLoader(sentences, batchSize: 8, collate: { packed($0) }) { … }
    ///
    ///     let labeled = TensorDataset(sentences, classes)
    ///     for (x, y) in DataLoader(labeled, batchSize: 8, collate: { (packed($0), $1) }) { … }
    ///
    /// Source: PyTorch's `collate_fn`.
    ///
    /// - Precondition: there are examples, if they are to be shuffled.
    /// - Parameters:
    ///   - dataset: The examples: an array, a `TensorDataset`, or a dataset of one's own.
    ///   - batchSize: The number of examples in a batch.
    ///   - shuffle: Whether each epoch has an order of its own.
    ///   - dropLast: Whether a last batch with fewer examples is left out.
    ///   - generator: The generator of the orders; by default one seeded by that of the calling thread.
    ///   - collate: Makes a batch of several examples.
    public init<Examples: Dataset, Batch>(
        _ dataset: Examples,
        batchSize: Int = 1,
        shuffle: Bool = false,
        dropLast: Bool = false,
        generator: Generator? = nil,
        file: StaticString = #filePath,
        line: UInt = #line,
        collate: @escaping (Examples.Batch) -> Batch
    ) where Source == CollatedDataset<Examples, Batch> {
        self.init(
            CollatedDataset(dataset, collate: collate),
            batchSize: batchSize,
            shuffle: shuffle,
            dropLast: dropLast,
            generator: generator,
            file: file,
            line: line
        )
    }
}

extension Array: Dataset {
    /// The entries at the given indices, in this order.
    public func batch(_ places: [Int]) -> [Element] { examples(places) }
}
