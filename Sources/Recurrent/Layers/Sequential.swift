/// Layers one after the other.
///
///     let head = Sequential(Linear(inputSize: 32, outputSize: 16), Tanh(), Linear(inputSize: 16, outputSize: 1))
///
/// Parameters are named by the layers' positions: `0.weight`, `2.bias`.
public struct Sequential: TensorLayer {
    private let applications: [(Tensor) -> Tensor]
    private let structures: [() -> LayerStructure]

    // The compiler of Embedded Swift breaks on packs of layers.
    #if !hasFeature(Embedded)
        /// Joins layers.
        public init<each Part: TensorLayer>(_ layer: repeat each Part) {
            var applications: [(Tensor) -> Tensor] = []
            var structures: [() -> LayerStructure] = []
            for layer in repeat each layer {
                applications.append { layer($0) }
                structures.append { layer.structure }
            }
            self.applications = applications
            self.structures = structures
        }
    #endif

    /// The layers, named by their positions.
    public var structure: LayerStructure {
        LayerStructure(
            "Sequential",
            structures.enumerated().map { place, structure in .sublayer("\(place)", structure()) }
        )
    }

    /// Returns the output of the last layer, each layer applied to the output of the one before.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        let y = applications.reduce(x) { $1($0) }
        Recorder.current?.note(output: y, of: structure)
        return y
    }
}

/// The hyperbolic tangent as a layer.
public struct Tanh: TensorLayer {
    /// Creates a layer.
    public init() {}
    /// The structure, without parameters.
    public var structure: LayerStructure { LayerStructure("Tanh") }
    /// tanh x.
    public func callAsFunction(_ x: Tensor) -> Tensor { tanh(x) }
}

/// The logistic function as a layer.
public struct Sigmoid: TensorLayer {
    /// Creates a layer.
    public init() {}
    /// The structure, without parameters.
    public var structure: LayerStructure { LayerStructure("Sigmoid") }
    /// σ(x).
    public func callAsFunction(_ x: Tensor) -> Tensor { sigmoid(x) }
}

/// The positive part as a layer.
public struct ReLU: TensorLayer {
    /// Creates a layer.
    public init() {}
    /// The structure, without parameters.
    public var structure: LayerStructure { LayerStructure("ReLU") }
    /// max(x, 0).
    public func callAsFunction(_ x: Tensor) -> Tensor { relu(x) }
}
