/// The parts of a layer, from which its parameters, names, modes and summaries are read.
///
/// Layers of one's own need not write one, except where there is no reflection (Embedded Swift).
public struct LayerStructure {
    /// A part of a layer, in the order of declaration.
    public enum Part {
        /// A parameter of the layer itself.
        case parameter(NamedTensor)
        /// A layer within the layer, and its name there.
        case sublayer(String, LayerStructure)
    }

    /// The layer's type and what sets it apart: `Linear(32 → 1)`.
    public var kind: String
    /// The parameters and sublayers.
    public var parts: [Part]
    /// The switch between training and use, for a layer that behaves differently in the two.
    public var mode: LayerMode?

    /// Describes a layer.
    public init(_ kind: String, _ parts: [Part] = [], mode: LayerMode? = nil) {
        self.kind = kind
        self.parts = parts
        self.mode = mode
    }

    /// Describes a layer that has parameters only; nil parameters are left out.
    public init(_ kind: String, parameters: [(String, Tensor?)], mode: LayerMode? = nil) {
        self.init(kind, mode: mode)
        for (name, tensor) in parameters {
            if let tensor { parts.append(.parameter(NamedTensor(name, tensor))) }
        }
    }

    /// The sublayers with their names.
    public var sublayers: [(name: String, structure: LayerStructure)] {
        parts.compactMap { part in
            if case .sublayer(let name, let structure) = part { (name, structure) } else { nil }
        }
    }

    /// The parameters of the layer itself.
    public var ownParameters: [NamedTensor] {
        parts.compactMap { part in
            if case .parameter(let parameter) = part { parameter } else { nil }
        }
    }

    /// The parameters of the layer and of all layers within it: its own first, as PyTorch orders them.
    public var allParameters: [NamedTensor] {
        ownParameters
            + sublayers.flatMap { name, structure in
                structure.allParameters.map { NamedTensor(name + "." + $0.name, $0.tensor) }
            }
    }

    /// All parameters, each once, where it is met first.
    var distinctParameters: [NamedTensor] {
        var known: Set<ObjectIdentifier> = []
        return allParameters.filter { known.insert(ObjectIdentifier($0.tensor.storage)).inserted }
    }

    func setTraining(_ isTraining: Bool) {
        mode?.isTraining = isTraining
        for (_, structure) in sublayers { structure.setTraining(isTraining) }
    }
}

/// The switch of a layer between training and use. Copies of a layer share it.
public final class LayerMode {
    /// Whether the layer is being trained.
    public var isTraining: Bool

    /// Creates a switch; a new layer is in training.
    public init(isTraining: Bool = true) {
        self.isTraining = isTraining
    }
}
