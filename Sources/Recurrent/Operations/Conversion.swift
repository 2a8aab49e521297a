extension Tensor {
    /// This tensor in double precision, for computing with one that is; gradients come back in single.
    @export(interface)
    package func doubled() -> Tensor {
        if storage.precision == .double { return self }
        let node = tracked.map { Conversion(shape: shape, first: $0) }
        return Tensor(storage.converted(to: .double), shape: shape, node: node)
    }
}

/// The tape's record of a change of precision.
private final class Conversion: Node {
    override var name: String { "conversion" }
    override func backward(_ gradient: Storage) { first?.receive(gradient.converted(to: .single)) }
}
