/// A part of a model: it has parameters, or layers that have some.
///
/// Conforming takes no code. The tensors that collect gradients and the layers among a type's stored properties,
/// and in arrays, dictionaries, optionals, tuples, enums, structs and classes that they hold, are found by themselves
/// and named as PyTorch names them. What a closure captures is not found.
///
///     struct SineForecaster: Layer {
///         let rnn = RNN(inputSize: 1, hiddenSize: 32, batchFirst: true)
///         let head = Linear(inputSize: 32, outputSize: 1)
///         func callAsFunction(_ x: Tensor) -> Tensor {
///             let (output, _) = rnn(x)
///             return head(output[.all, -1])
///         }
///     }
///     let model = SineForecaster()
///     model.namedParameters.map(\.name)   // rnn.weight_ih_l0, …, head.weight, head.bias
///
/// Properties draw their initial weights in the order in which they are declared.
public protocol Layer {
    /// The layer's parameters and sublayers, in order.
    var structure: LayerStructure { get }
}

extension Layer {
    /// All parameters with their names, sublayers' prefixed by theirs: `rnn.weight_ih_l0`.
    ///
    /// A tensor that is used in two places is listed once, at the first.
    public var namedParameters: [NamedTensor] {
        let parameters = structure.distinctParameters
        for parameter in parameters { parameter.tensor.node?.leaf?.note(modelName: parameter.name) }
        return parameters
    }

    /// All parameters, in the order of `namedParameters`.
    public var parameters: [Tensor] { namedParameters.map { $0.tensor } }

    /// The number of elements in all parameters.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

    /// Puts the layer and its sublayers into training: dropout drops.
    public func train() { structure.setTraining(true) }

    /// Puts the layer and its sublayers into use: dropout lets everything pass.
    public func eval() { structure.setTraining(false) }

    /// Drops the gradients of all parameters, so that the next `backward` starts new sums.
    public func zeroGradients() {
        for parameter in parameters { parameter.zeroGradient() }
    }
}

/// A layer from one tensor to another, which can stand in a `Sequential`.
public protocol TensorLayer: Layer {
    /// Returns the layer's output for a tensor.
    func callAsFunction(_ x: Tensor) -> Tensor
}

/// A tensor and what it is called in its model.
public struct NamedTensor {
    /// The name, with dots between the levels.
    public var name: String
    /// The tensor.
    public var tensor: Tensor

    /// Creates a named tensor.
    public init(_ name: String, _ tensor: Tensor) {
        self.name = name
        self.tensor = tensor
    }
}

extension Tensor {
    /// Whether this is a parameter: a tensor that collects gradients and was not computed.
    var collectsGradient: Bool { node?.isLeaf ?? false }
}
