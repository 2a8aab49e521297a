public import Recurrent

@_documentation(visibility: internal)
extension Tensor: BuiltValue {
    /// Adds the tensor's numbers, and whether it is a parameter. How it was computed is not kept.
    public func add(_ name: String, to values: inout BuiltValues) {
        addNumbers(name, to: &values)
        if node?.isLeaf == true { true.add("\(name).isParameter", to: &values) }
    }

    fileprivate func addNumbers(_ name: String, to values: inout BuiltValues) {
        values.add(name, "F32", shape: shape, scalars.map { $0.builtBits })
        if isFrozen { true.add("\(name).isFrozen", to: &values) }
    }

    /// Returns the tensor of a name.
    @export(interface)
    public static func read(_ name: String, from values: BuiltValues) -> Tensor {
        let (shape, bits) = values.read(name, "F32")
        let tensor = Tensor(shape: shape, scalars: bits.map { Float.built($0, name) })
        guard values.has("\(name).isParameter") else { return tensor }
        let parameter = tensor.requiringGradient()
        if values.has("\(name).isFrozen") { parameter.freeze() }
        return parameter
    }

    /// Takes over the numbers of a name, and whether they are frozen.
    @export(interface)
    func load(_ name: String, from values: BuiltValues) {
        let read = Tensor.read(name, from: values)
        guard read.shape == shape else {
            Recurrent.stop(
                "\(name) has another shape in the page than when the page was built; a built cell gives it its own"
            )
        }
        data = read.data
        storage.noteChange()
        guard node?.isLeaf == true else { return }
        if values.has("\(name).isFrozen") { freeze() } else { unfreeze() }
    }
}

@_documentation(visibility: internal)
extension IntTensor: BuiltValue {
    /// Adds the tensor's numbers.
    public func add(_ name: String, to values: inout BuiltValues) {
        values.add(name, "I64", shape: shape, scalars.map { $0.builtBits })
    }

    /// Returns the tensor of a name.
    @export(interface)
    public static func read(_ name: String, from values: BuiltValues) -> IntTensor {
        let (shape, bits) = values.read(name, "I64")
        return IntTensor(shape: shape, scalars: bits.map { Int.built($0, name) })
    }
}

extension LayerStructure {
    /// Adds the parameters, and the switches between training and use.
    @export(interface)
    package func add(_ name: String, to values: inout BuiltValues) {
        for parameter in allParameters {
            parameter.tensor.addNumbers("\(name).\(parameter.name)", to: &values)
        }
        modes.map { $0.isTraining }.add("\(name) is in training", to: &values)
    }

    /// Takes over the parameters and the switches.
    @export(interface)
    package func load(_ name: String, from values: BuiltValues) {
        for parameter in allParameters { parameter.tensor.load("\(name).\(parameter.name)", from: values) }
        for (mode, isTraining) in zip(modes, [Bool].read("\(name) is in training", from: values)) {
            mode.isTraining = isTraining
        }
    }

    private var modes: [LayerMode] {
        (mode.map { [$0] } ?? []) + sublayers.flatMap { $0.structure.modes }
    }
}
