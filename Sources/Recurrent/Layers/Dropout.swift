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

    /// The numbers, some of them dropped if the layer is being trained.
    @export(interface)
    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard isActive else { return x }
        guard probability < 1 else { return x * Tensor.zeros(x.shape) }
        let scale = 1 / Float(1 - probability)
        let mask = (generator ?? .default).bernoulli(x.count, probability: 1 - probability)
        return x * Tensor(shape: x.shape, scalars: mask.map { $0 * scale })
    }
}
