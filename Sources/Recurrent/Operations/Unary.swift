/// A function of one number, applied to each number of a tensor, with its derivative beside it.
package protocol UnaryFunction {
    /// The function's name in messages.
    var name: String { get }

    /// What `backward` needs of the forward computation.
    var keeps: Kept { get }

    /// The function's value.
    func value<Scalar: Real>(_ x: Scalar) -> Scalar

    /// The gradient with respect to the operand, given the gradient of the result and the number kept.
    func backward<Scalar: Real>(_ gradient: Scalar, _ kept: Scalar) -> Scalar

    /// The function's value for a row of numbers.
    func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        _ y: UnsafeMutablePointer<Scalar>,
        _ count: Int
    )
}

/// Which numbers of its forward computation a function keeps for `backward`.
package enum Kept {
    case nothing
    case operand
    case result
}

extension UnaryFunction {
    @inline(__always)
    package func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        _ y: UnsafeMutablePointer<Scalar>,
        _ count: Int
    ) {
        for index in 0..<count { y[index] = value(x[index]) }
    }
}

extension Tensor {
    /// Applies `function` to each number.
    package func mapped<Function: UnaryFunction>(_ function: Function) -> Tensor {
        let result = Storage.make(count: count, precision: storage.precision)
        switch storage.precision {
        case .single: function.apply(storage.floats, result.floats, count)
        case .double: function.apply(storage.pointer(Double.self), result.pointer(Double.self), count)
        }
        guard let input = tracked else { return Tensor(result, shape: shape) }
        let kept: Storage? =
            switch function.keeps {
            case .nothing: nil
            case .operand: storage
            case .result: result
            }
        return Tensor(result, shape: shape, node: UnaryNode(function, kept: kept, shape: shape, input: input))
    }
}

/// The tape's record of a function applied to each number.
private final class UnaryNode<Function: UnaryFunction>: Node {
    let function: Function
    var kept: Storage?

    init(_ function: Function, kept: Storage?, shape: [Int], input: Node) {
        self.function = function
        self.kept = kept
        super.init(shape: shape, first: input)
    }

    override var name: String { function.name }
    override func forget() { kept = nil }

    override func backward(_ gradient: Storage) {
        let contribution = Storage.make(count: gradient.count, precision: gradient.precision)
        switch gradient.precision {
        case .single: write(Float.self, gradient, to: contribution)
        case .double: write(Double.self, gradient, to: contribution)
        }
        first?.receive(contribution)
    }

    private func write<Scalar: Real>(_: Scalar.Type, _ gradient: Storage, to contribution: Storage) {
        let g = gradient.pointer(Scalar.self)
        let k = (kept ?? gradient).pointer(Scalar.self)
        let out = contribution.pointer(Scalar.self)
        for index in 0..<gradient.count { out[index] = function.backward(g[index], k[index]) }
    }
}
