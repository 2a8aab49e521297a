extension Tensor {
    /// The sum of all numbers.
    public func sum() -> Tensor {
        let result = storage.summed(outer: 1, length: count, inner: 1)
        return Tensor(result, shape: [], node: tracked.map { Sum(of: $0) })
    }

    /// The mean of all numbers: their sum divided by how many there are.
    public func mean() -> Tensor { sum() / Float(count) }
}

/// The tape's record of a sum over everything: each operand receives the gradient of the sum.
private final class Sum: Node {
    init(of input: Node) { super.init(shape: [], first: input) }

    override var name: String { "sum" }

    override func backward(_ gradient: Storage) {
        guard let first else { return }
        let count = Shape.count(first.shape)
        let contribution = Storage.make(count: count, precision: gradient.precision)
        switch gradient.precision {
        case .single: contribution.floats.update(repeating: gradient.floats[0], count: count)
        case .double:
            contribution.pointer(Double.self).update(
                repeating: gradient.pointer(Double.self)[0],
                count: count
            )
        }
        first.receive(contribution)
    }
}
