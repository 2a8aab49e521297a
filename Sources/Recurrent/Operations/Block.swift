extension Tensor {
    /// Consecutive numbers, from a place in row-major order, as a tensor of their own.
    package func block(from start: Int, shape: [Int]) -> Tensor {
        let count = Shape.count(shape)
        let result = Storage.make(count: count, precision: storage.precision)
        switch storage.precision {
        case .single: result.floats.update(from: storage.floats + start, count: count)
        case .double:
            result.pointer(Double.self).update(from: storage.pointer(Double.self) + start, count: count)
        }
        guard let input = tracked else { return Tensor(result, shape: shape) }
        return Tensor(result, shape: shape, node: BlockNode(start: start, shape: shape, input: input))
    }
}

/// The tape's record of consecutive numbers taken out: their places receive the gradient.
private final class BlockNode: Node {
    private let start: Int

    init(start: Int, shape: [Int], input: Node) {
        self.start = start
        super.init(shape: shape, first: input)
    }

    override var name: String { "subscript" }

    override func backward(_ gradient: Storage) {
        switch gradient.precision {
        case .single: send(Float.self, gradient)
        case .double: send(Double.self, gradient)
        }
    }

    private func send<Scalar: Real>(_: Scalar.Type, _ gradient: Storage) {
        guard let first else { return }
        let (numbers, count) = (gradient.pointer(Scalar.self), gradient.count)
        first.receive(Scalar.self) { sum, holdsSum in
            if !holdsSum { sum.update(repeating: 0, count: Shape.count(first.shape)) }
            for index in 0..<count { sum[start + index] += numbers[index] }
        }
    }
}
