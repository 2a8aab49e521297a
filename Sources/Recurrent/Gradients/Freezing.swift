extension Tensor {
    /// Whether this is a parameter that operations take for a constant.
    public var isFrozen: Bool { node?.isFrozen ?? false }

    /// Makes operations take this parameter for a constant, until `unfreeze()`: no gradient is computed for it, optimizers
    /// leave it as it is, whether they were made before or after, and the gradient so far is dropped. It stays a
    /// parameter of its model, listed and saved.
    ///
    /// A loss that was computed before still sends it a gradient, which no step follows.
    ///
    /// - Precondition: The tensor was made by `requiringGradient()`, as a layer's weights are.
    ///
    /// Source: PyTorch's `requires_grad_(False)`.
    public func freeze(file: StaticString = #filePath, line: UInt = #line) {
        setFrozen(true, "freeze()", file: file, line: line)
        node?.gradient = nil
    }

    /// Lets a parameter collect gradients again.
    ///
    /// - Precondition: The tensor was made by `requiringGradient()`.
    public func unfreeze(file: StaticString = #filePath, line: UInt = #line) {
        setFrozen(false, "unfreeze()", file: file, line: line)
    }

    private func setFrozen(_ isFrozen: Bool, _ operation: String, file: StaticString, line: UInt) {
        guard let node, node.isLeaf else {
            stop(
                "\(operation): this tensor of shape \(Shape.text(shape)) is no parameter but "
                    + (node == nil ? "a constant" : "the result of an operation")
                    + ". What is made by requiringGradient(), as a layer's weights are, can be frozen; a result is cut "
                    + "off from its past by detached().",
                file: file,
                line: line
            )
        }
        node.isFrozen = isFrozen
    }
}

extension Layer {
    /// Whether the layer has parameters, and all are frozen.
    public var isFrozen: Bool {
        let parameters = structure.allParameters
        return !parameters.isEmpty && parameters.allSatisfy { $0.tensor.isFrozen }
    }

    /// Makes training leave all parameters of the layer and of its sublayers as they are, until `unfreeze()`: no gradient
    /// is computed for them, and optimizers pass them over, whether they were made before or after. They are still listed
    /// and saved.
    ///
    ///     model.encoder.freeze()
    ///
    /// What has a mode, such as dropout, keeps it.
    ///
    /// Source: PyTorch's `requires_grad_(False)`.
    public func freeze() { for parameter in structure.allParameters { parameter.tensor.freeze() } }

    /// Lets all parameters of the layer and of its sublayers learn again.
    public func unfreeze() { for parameter in structure.allParameters { parameter.tensor.unfreeze() } }
}
