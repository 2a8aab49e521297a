/// Examples that a `DataLoader` makes batches of.
public protocol Dataset {
    /// A batch: several examples together.
    associatedtype Batch
    /// The number of examples.
    var count: Int { get }
    /// Returns the examples at the given indices, in this order.
    func batch(_ places: [Int]) -> Batch
}

/// A list with an entry for each example along axis 0.
public protocol ExampleRows {
    /// The number of examples.
    var exampleCount: Int { get }
    /// Returns the entries of the examples at the given indices, in this order.
    func examples(_ places: [Int]) -> Self
}

extension Tensor: ExampleRows {
    /// The length of axis 0.
    public var exampleCount: Int { shape.first ?? 0 }

    /// The rows at the given indices.
    public func examples(_ places: [Int]) -> Tensor {
        requireExamples(places, exampleCount)
        return gatheringRows(places)
    }
}

extension Array: ExampleRows {
    /// The number of entries.
    public var exampleCount: Int { count }

    /// The entries at the given indices.
    public func examples(_ places: [Int]) -> [Element] {
        requireExamples(places, exampleCount)
        return places.map { self[$0] }
    }
}

/// Stops if an example is asked for that is not there.
private func requireExamples(_ places: [Int], _ count: Int) {
    for place in places {
        require(
            place >= 0 && place < count,
            "examples: example \(place) is out of range: there are \(count) along axis 0."
        )
    }
}

/// Inputs and targets, an example for each index along their axis 0.
///
///     let dataset = TensorDataset(x, y)
///     for (x, y) in DataLoader(dataset, batchSize: 2, shuffle: true) { … }
///
/// Source: PyTorch's `TensorDataset`.
public struct TensorDataset<Input: ExampleRows, Target: ExampleRows>: Dataset {
    /// The inputs of the model.
    public let inputs: Input
    /// The expected outputs.
    public let targets: Target

    /// Joins inputs and targets.
    ///
    /// - Precondition: there are as many of one as of the other.
    public init(_ inputs: Input, _ targets: Target, file: StaticString = #filePath, line: UInt = #line) {
        require(
            inputs.exampleCount == targets.exampleCount,
            "TensorDataset: there are \(inputs.exampleCount) inputs and \(targets.exampleCount) targets along axis 0; "
                + "each input needs its target.",
            file: file,
            line: line
        )
        self.inputs = inputs
        self.targets = targets
    }

    /// The number of examples.
    public var count: Int { inputs.exampleCount }

    /// Inputs and targets of some examples.
    public func batch(_ places: [Int]) -> (Input, Target) {
        (inputs.examples(places), targets.examples(places))
    }
}

extension IntTensor: ExampleRows {
    /// The length of axis 0.
    public var exampleCount: Int { shape.first ?? 0 }

    /// The rows at the given indices.
    public func examples(_ places: [Int]) -> IntTensor {
        requireExamples(places, exampleCount)
        let width = shape.dropFirst().reduce(1, *)
        let numbers = places.flatMap { scalars[$0 * width..<($0 + 1) * width] }
        return IntTensor(shape: [places.count] + shape.dropFirst(), scalars: numbers)
    }
}
