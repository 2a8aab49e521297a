extension Tensor {
    /// This tensor's numbers as a leaf of the tape: what is computed from it can be differentiated with respect
    /// to it. The numbers are shared, not copied.
    ///
    ///     let w = Tensor.zeros([3, 2]).requiringGradient()
    @export(interface)
    public func requiringGradient() -> Tensor {
        Tensor(storage, shape: shape, node: Leaf(storage, shape: shape))
    }

    /// Whether the tape follows this tensor: it was made by `requiringGradient()` and is not frozen, or was computed from
    /// one that is so.
    public var requiresGradient: Bool { node.map { !$0.isFrozen } ?? false }

    /// The derivative that `backward` has added up for this tensor; nil before the first, and for constants.
    ///
    /// Setting it to nil, or to a tensor of the same shape, replaces the sum.
    ///
    /// - Precondition: The tensor is a leaf, or `retainGradient()` was called on it.
    public var gradient: Tensor? {
        get {
            guard let node else { return nil }
            require(
                node.isLeaf || node.keepsGradient,
                "gradient: this tensor (\(node.name), shape \(Shape.text(shape))) is an intermediate result, whose "
                    + "gradient is not kept. "
                    // Only operators have names of one letter.
                    + (node.name.utf8.count == 1
                        ? "Was it a parameter? -= and its like make a new tensor; to move a parameter in place, write "
                            + "w.data -= 0.1 * w.gradient!. If an intermediate result is meant, call retainGradient() on "
                            + "it before backward()."
                        : "Call retainGradient() on it before backward().")
            )
            let sum = node.isLeaf ? node.gradient : node.retained
            return sum.map { Tensor($0, shape: shape) }
        }
        nonmutating set {
            guard let node, node.isLeaf else {
                stop("gradient: only a tensor made by requiringGradient() has a gradient that can be set.")
            }
            if let newValue {
                require(
                    newValue.shape == shape,
                    "gradient: a gradient of shape \(Shape.text(newValue.shape)) for a tensor of shape "
                        + "\(Shape.text(shape))."
                )
            }
            node.gradient = newValue?.storage
        }
    }

    /// Drops the gradient, so that the next `backward` starts a new sum. Until then there is none: `gradient` is nil, and
    /// a step leaves the parameter alone, as after PyTorch's `zero_grad()`.
    public func zeroGradient() {
        if let node, node.isLeaf { node.gradient = nil }
    }

    /// Asks an intermediate result to keep its gradient, which `backward` otherwise hands on and forgets.
    public func retainGradient(file: StaticString = #filePath, line: UInt = #line) {
        guard let node else {
            stop(
                "retainGradient(): this tensor is a constant; no gradient will reach it. "
                    + "Call requiringGradient() on it, or on what it is computed from.",
                file: file,
                line: line
            )
        }
        node.keepsGradient = true
    }

    /// The same numbers as a constant: no gradient flows through it. The numbers are shared, not copied.
    public func detached() -> Tensor { Tensor(storage, shape: shape) }

    /// A constant with numbers of its own, which later changes of this tensor do not reach.
    public func copied() -> Tensor { Tensor(storage.duplicate(), shape: shape) }

    /// The numbers, past the tape: reading gives a constant, assigning changes them in place for everyone who
    /// shares them. This is how a training step moves a parameter, and how single entries get a value.
    ///
    ///     w.data -= 0.1 * w.gradient!
    ///     lstm.parameters[2].data[32..<64] = 1            // the bias of the forget gate; [.all, 2] = column likewise
    ///
    /// A `backward` that needs the numbers as they were when its loss was computed stops: its gradient would be wrong. There
    /// PyTorch, which does not watch `data`, goes on.
    ///
    /// - Precondition: The assigned tensor has this one's shape; what is assigned to entries can be repeated to theirs.
    public var data: Tensor {
        get { detached() }
        nonmutating _modify {
            var numbers = detached()
            let wasOpen = storage.isOpen
            storage.isOpen = true
            defer {
                storage.isOpen = wasOpen
                takeOver(numbers)
            }
            yield &numbers
        }
        nonmutating set { takeOver(newValue) }
    }

    /// Takes over the numbers of another tensor in place.
    private func takeOver(_ numbers: Tensor) {
        require(
            numbers.shape == shape,
            "data: numbers of shape \(Shape.text(numbers.shape)) assigned to a tensor of shape \(Shape.text(shape)); a "
                + "tensor keeps its shape."
        )
        if numbers.storage === storage { return }
        storage.copy(from: numbers.storage.converted(to: storage.precision))
        storage.noteChange()
    }
}
