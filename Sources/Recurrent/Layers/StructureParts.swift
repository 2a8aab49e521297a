extension LayerStructure {
    /// Describes a layer by the parts of its properties, as reflection would: `LayerStructure("Forecaster", of:
    /// [.parts("rnn", rnn), .parts("head", head)])`.
    ///
    /// Unroll writes this for the layers of a lesson that runs in a page, where there is no reflection.
    @_documentation(visibility: internal)
    public init(_ kind: String, of parts: [[Part]], mode: LayerMode? = nil) {
        self.init(kind, Array(parts.joined()), mode: mode)
    }
}

/// The parts that properties of a layer are; arrays' entries are called by their places, dictionaries' by their keys.
@_documentation(visibility: internal)
extension [LayerStructure.Part] {
    /// The part that a layer is.
    public static func parts(_ name: String, _ layer: some Layer) -> Self {
        [.sublayer(name, layer.structure)]
    }

    /// The part that a tensor is, if it collects gradients.
    public static func parts(_ name: String, _ tensor: Tensor) -> Self {
        tensor.collectsGradient ? [.parameter(NamedTensor(name, tensor))] : []
    }

    /// The part that a layer is, if there is one.
    public static func parts<L: Layer>(_ name: String, _ layer: L?) -> Self {
        layer.map { parts(name, $0) } ?? []
    }

    /// The part that a tensor is, if there is one.
    public static func parts(_ name: String, _ tensor: Tensor?) -> Self {
        tensor.map { parts(name, $0) } ?? []
    }

    /// The parts that the layers of an array are.
    public static func parts<L: Layer>(_ name: String, _ layers: [L]) -> Self {
        layers.indices.flatMap { parts("\(name).\($0)", layers[$0]) }
    }

    /// The parts that the tensors of an array are.
    public static func parts(_ name: String, _ tensors: [Tensor]) -> Self {
        tensors.indices.flatMap { parts("\(name).\($0)", tensors[$0]) }
    }

    /// The parts that the layers of a dictionary are, in the order of their keys' descriptions.
    public static func parts<L: Layer>(_ name: String, _ layers: [some Hashable & CustomStringConvertible: L])
        -> Self
    {
        let entries = layers.map { ($0.description, $1) }.sorted { $0.0 < $1.0 }
        return entries.flatMap { parts("\(name).\($0.0)", $0.1) }
    }

    /// The parts that the tensors of a dictionary are, in the order of their keys' descriptions.
    public static func parts(_ name: String, _ tensors: [some Hashable & CustomStringConvertible: Tensor])
        -> Self
    {
        let entries = tensors.map { ($0.description, $1) }.sorted { $0.0 < $1.0 }
        return entries.flatMap { parts("\(name).\($0.0)", $0.1) }
    }
}
