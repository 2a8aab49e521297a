/// A function of one number, applied to each number of a tensor, with its derivative beside it.
package protocol UnaryFunction {
    /// The function's name in messages.
    var name: String { get }

    /// The numbers of the forward computation that `backward` needs.
    var saves: SavedForBackward { get }

    /// The function's value.
    func value<Scalar: Real>(_ x: Scalar) -> Scalar

    /// The gradient with respect to the operand, given the gradient of the result and the number saved.
    func backward<Scalar: Real>(_ gradient: Scalar, _ saved: Scalar) -> Scalar

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

/// The numbers of its forward computation that a function saves for `backward`.
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
        let saved: Storage? =
            switch function.saves {
            case .nothing: nil
            case .operand: storage
            case .result: result
            }
        let node = UnaryNode(function.name, saved: saved, shape: shape, input: input) { gradient, saved in
            switch gradient.precision {
            case .single: Tensor.backward(function, Float.self, gradient, saved)
            case .double: Tensor.backward(function, Double.self, gradient, saved)
            }
        }
        return Tensor(result, shape: shape, node: node)
    }

    private static func backward<Function: UnaryFunction, Scalar: Real>(
        _ function: Function,
        _: Scalar.Type,
        _ gradient: Storage,
        _ saved: Storage
    ) -> Storage {
        let result = Storage.make(count: gradient.count, precision: gradient.precision)
        let (y, g, s) = (
            result.pointer(Scalar.self), gradient.pointer(Scalar.self), saved.pointer(Scalar.self)
        )
        for index in 0..<gradient.count { y[index] = function.backward(g[index], s[index]) }
        return result
    }
}

/// The tape's record of an operation on one tensor whose gradient is computed from one block of saved numbers.
///
/// The computation stands in a closure: a method of a generic class is not compiled for each function, so its loop
/// would make two calls for each number.
package final class UnaryNode: Node {
    private let function: String
    private let derivative: (_ gradient: Storage, _ saved: Storage) -> Storage

    init(
        _ name: String,
        saved: Storage?,
        shape: [Int],
        input: Node,
        derivative: @escaping (_ gradient: Storage, _ saved: Storage) -> Storage
    ) {
        function = name
        self.derivative = derivative
        super.init(shape: shape, first: input, saving: saved)
    }

    package override var name: String { function }

    package override func backward(_ gradient: Storage) {
        // Where nothing was saved, nothing is looked at: any block will do.
        first?.receive(derivative(gradient, savedFirst?.storage ?? gradient))
    }
}
