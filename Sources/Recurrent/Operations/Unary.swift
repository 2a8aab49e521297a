/// A function of one number, applied to each number of a tensor, with its derivative beside it.
package protocol UnaryFunction {
    /// The function's name in messages.
    var name: String { get }

    /// What `backward` needs of the forward computation.
    var saves: SavedForBackward { get }

    /// The function's value.
    func value<Scalar: Real>(_ x: Scalar) -> Scalar

    /// The gradient with respect to the operand, given the gradient of the result and the number kept.
    func backward<Scalar: Real>(_ gradient: Scalar, _ kept: Scalar) -> Scalar

    /// Writes the values for a block of numbers; to be given where there is a kernel for that.
    func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        into y: UnsafeMutablePointer<Scalar>,
        count: Int
    )
}

extension UnaryFunction {
    @inline(__always)
    package func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        into y: UnsafeMutablePointer<Scalar>,
        count: Int
    ) {
        for index in 0..<count { y[index] = value(x[index]) }
    }
}

/// Which numbers of its forward computation a function keeps for `backward`.
package enum SavedForBackward {
    case nothing
    case operand
    case result
}

extension Tensor {
    /// Applies `function` to each number.
    package func mapped<Function: UnaryFunction>(_ function: Function) -> Tensor {
        let result = Storage.make(count: count, precision: storage.precision)
        switch storage.precision {
        case .single: function.apply(storage.floats, into: result.floats, count: count)
        case .double:
            function.apply(storage.pointer(Double.self), into: result.pointer(Double.self), count: count)
        }
        guard let input = tracked else { return Tensor(result, shape: shape) }
        let kept: Storage? =
            switch function.saves {
            case .nothing: nil
            case .operand: storage
            case .result: result
            }
        let node = UnaryNode(name: function.name, kept: kept, shape: shape, input: input) { gradient, kept in
            switch gradient.precision {
            case .single: Tensor.backward(function, Float.self, gradient, kept)
            case .double: Tensor.backward(function, Double.self, gradient, kept)
            }
        }
        return Tensor(result, shape: shape, node: node)
    }

    private static func backward<Function: UnaryFunction, Scalar: Real>(
        _ function: Function,
        _: Scalar.Type,
        _ gradient: Storage,
        _ kept: Storage
    ) -> Storage {
        let result = Storage.make(count: gradient.count, precision: gradient.precision)
        let (y, g, k) = (
            result.pointer(Scalar.self), gradient.pointer(Scalar.self), kept.pointer(Scalar.self)
        )
        for index in 0..<gradient.count { y[index] = function.backward(g[index], k[index]) }
        return result
    }
}

/// The tape's record of a function applied to each number.
///
/// The function stands in a closure: a method of a generic class is not compiled for each function, so its loop
/// would make two calls for each number.
private final class UnaryNode: Node {
    private let function: String
    private let backward: (_ gradient: Storage, _ kept: Storage) -> Storage

    init(
        name: String,
        kept: Storage?,
        shape: [Int],
        input: Node,
        backward: @escaping (_ gradient: Storage, _ kept: Storage) -> Storage
    ) {
        function = name
        self.backward = backward
        super.init(shape: shape, first: input, saving: kept)
    }

    override var name: String { function }

    override func backward(_ gradient: Storage) {
        // Where nothing was kept, nothing is looked at: any block will do.
        first?.receive(backward(gradient, savedFirst?.storage ?? gradient))
    }
}
