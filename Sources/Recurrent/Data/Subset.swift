/// Some examples of a dataset.
///
/// Source: PyTorch's `Subset`.
public struct Subset<Source: Dataset>: Dataset {
    /// The dataset that the examples are of.
    public let dataset: Source
    /// The indices of the examples in the dataset.
    public let indices: [Int]

    /// Chooses the examples at some indices, in this order.
    ///
    /// - Precondition: every index is one of the dataset's.
    public init(_ dataset: Source, _ indices: [Int], file: StaticString = #filePath, line: UInt = #line) {
        let count = dataset.count
        for index in indices {
            require(
                index >= 0 && index < count,
                "Subset: example \(index) is out of range: the dataset has \(count).",
                file: file,
                line: line
            )
        }
        self.dataset = dataset
        self.indices = indices
    }

    /// The number of examples.
    public var count: Int { indices.count }

    /// A batch of some of the examples.
    public func batch(_ places: [Int]) -> Source.Batch { dataset.batch(indices.examples(places)) }
}

extension Dataset {
    /// Parts of the given lengths, which share no example, as `torch.utils.data.random_split`: a word for each example but
    /// the last.
    ///
    ///     let parts = dataset.randomSplit(lengths: [800, 200])
    ///     let (training, validation) = (parts[0], parts[1])
    ///
    /// - Precondition: the lengths add up to the number of examples.
    /// - Parameters:
    ///   - lengths: The number of examples in each part.
    ///   - generator: The generator of the order.
    public func randomSplit(
        lengths: [Int],
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Subset<Self>] {
        require(
            lengths.allSatisfy { $0 >= 0 && $0 <= count } && lengths.reduce(0, &+) == count,
            "randomSplit: the lengths \(lengths) do not add up to the \(count) examples that there are.",
            file: file,
            line: line
        )
        let order = generator.permutation(count, file: file, line: line)
        var start = 0
        return lengths.map { length in
            defer { start += length }
            return Subset(self, Array(order[start..<start + length]), file: file, line: line)
        }
    }

    /// Parts that are the given shares of the dataset, and share no example, as `torch.utils.data.random_split`.
    ///
    /// Each has `⌊share · count⌋` examples; those that are left go to the parts in turn, one each.
    ///
    ///     let parts = dataset.randomSplit(fractions: [0.8, 0.1, 0.1], generator: Generator(seed: 42))
    ///
    /// - Precondition: the shares are from 0 to 1 and add up to 1.
    /// - Parameters:
    ///   - fractions: The share of each part.
    ///   - generator: The generator of the order.
    public func randomSplit(
        fractions: [Double],
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Subset<Self>] {
        require(
            fractions.allSatisfy { $0 >= 0 && $0 <= 1 } && (fractions.reduce(0, +) - 1).magnitude <= 1e-9,
            "randomSplit: the fractions \(fractions) must be from 0 to 1, and add up to 1. Numbers of examples go to "
                + "randomSplit(lengths:).",
            file: file,
            line: line
        )
        var lengths = fractions.map { Int((Double(count) * $0).rounded(.down)) }
        let rest = count - lengths.reduce(0, +)
        for index in stride(from: 0, to: rest, by: 1) { lengths[index % lengths.count] += 1 }
        return randomSplit(lengths: lengths, generator: generator, file: file, line: line)
    }
}
