// Functions as layers, for `Sequential`; `Tanh`, `Sigmoid` and `ReLU` stand there.

/// Each number times the share of the normal distribution below it, as a layer.
public struct GELU: TensorLayer {
    private let form: GELUForm
    /// Creates a layer.
    public init(form: GELUForm = .exact) { self.form = form }
    /// The structure, without parameters.
    public var structure: LayerStructure { LayerStructure("GELU") }
    /// x Φ(x).
    public func callAsFunction(_ x: Tensor) -> Tensor { gelu(x, form: form) }
}

/// The positive part, and a little of the negative one, as a layer.
public struct LeakyReLU: TensorLayer {
    private let slope: Float
    /// Creates a layer.
    public init(slope: Float = 0.01) { self.slope = slope }
    /// The structure, without parameters.
    public var structure: LayerStructure { LayerStructure("LeakyReLU(\(slope))") }
    /// x, or slope · x below 0.
    public func callAsFunction(_ x: Tensor) -> Tensor { leakyReLU(x, slope: slope) }
}

/// The smooth positive part as a layer.
public struct Softplus: TensorLayer {
    private let beta: Float
    private let threshold: Float
    /// Creates a layer.
    public init(beta: Float = 1, threshold: Float = 20) {
        self.beta = beta
        self.threshold = threshold
    }
    /// The structure, without parameters.
    public var structure: LayerStructure { LayerStructure("Softplus") }
    /// ln(1 + exp(βx)) / β.
    public func callAsFunction(_ x: Tensor) -> Tensor { softplus(x, beta: beta, threshold: threshold) }
}

/// Each number times its logistic function, as a layer.
public struct SiLU: TensorLayer {
    /// Creates a layer.
    public init() {}
    /// The structure, without parameters.
    public var structure: LayerStructure { LayerStructure("SiLU") }
    /// x σ(x).
    public func callAsFunction(_ x: Tensor) -> Tensor { silu(x) }
}

/// Each number over its distance from −1 or 1, as a layer.
public struct Softsign: TensorLayer {
    /// Creates a layer.
    public init() {}
    /// The structure, without parameters.
    public var structure: LayerStructure { LayerStructure("Softsign") }
    /// x / (1 + |x|).
    public func callAsFunction(_ x: Tensor) -> Tensor { softsign(x) }
}
