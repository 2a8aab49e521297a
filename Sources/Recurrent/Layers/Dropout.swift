/// A layer that drops numbers at random in training, and lets everything pass in use.
///
/// Each number becomes zero with probability p, else it is divided by 1 − p, so that the expectation stays.
///
/// - Shape: any → the same
///
/// Source: N. Srivastava et al., "Dropout" (2014); masks as PyTorch draws them on a CPU without MKL.
public struct Dropout: TensorLayer {
    /// The probability with which a number is dropped.
    public let probability: Double
    /// Whether the layer is being trained.
    public let mode: LayerMode
    private let generator: Generator?

    /// Creates a layer.
    ///
    /// - Parameters:
    ///   - probability: p, from 0 to 1.
    ///   - generator: The generator of the masks; by default that of the thread that calls the layer.
    @export(interface)
    public init(
        _ probability: Double = 0.5,
        generator: Generator? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            probability >= 0 && probability <= 1,
            "Dropout: the probability is \(probability); it must be from 0 to 1.",
            file: file,
            line: line
        )
        self.probability = probability
        self.generator = generator
        mode = LayerMode()
    }

    /// The structure, with the mode and without parameters.
    public var structure: LayerStructure { LayerStructure("Dropout(\(probability))", mode: mode) }

    /// Whether anything is dropped.
    var isActive: Bool { mode.isTraining && probability > 0 }

    /// Another layer with the same probability and generator, whose mode is its own.
    func copied() -> Dropout {
        let copy = Dropout(probability, generator: generator)
        copy.mode.isTraining = mode.isTraining
        return copy
    }

    /// The numbers, some of them dropped if the layer is being trained.
    @export(interface)
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, drawnTransposed: false) }

    /// The numbers, some of them dropped if the layer is being trained.
    ///
    /// - Parameter drawnTransposed: Whether the mask is drawn for the tensor with its first two axes exchanged.
    func callAsFunction(_ x: Tensor, drawnTransposed: Bool) -> Tensor {
        guard isActive else { return x }
        guard probability < 1 else { return x * Tensor.zeros(x.shape) }
        guard drawnTransposed, x.rank > 2 else { return x * factors(x.shape) }
        return x * factors([x.shape[1], x.shape[0]] + x.shape[2...]).transposed(0, 1)
    }

    /// Draws a factor for each number: 0 for those that are dropped, and what the others are scaled by.
    func factors(_ shape: [Int]) -> Tensor {
        guard probability < 1 else { return Tensor.zeros(shape) }
        let count = Shape.count(shape)
        let scale = 1 / Float(1 - probability)
        let mask = (generator ?? .default).bernoulli(count, probability: 1 - probability)
        return Tensor(shape: shape) { target in
            for index in 0..<count { target[index] = mask[index] * scale }
        }
    }
}
