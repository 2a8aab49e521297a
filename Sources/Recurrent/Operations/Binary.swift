/// A function of two numbers, applied to the numbers of two tensors place by place, with its derivatives beside it.
package protocol BinaryFunction {
    /// The function's name in messages.
    var name: String { get }

    /// The operands that the gradient with respect to the left operand needs.
    var leftSaves: Operands { get }

    /// The operands that the gradient with respect to the right operand needs.
    var rightSaves: Operands { get }

    /// The function's value.
    func value<Scalar: Real>(_ left: Scalar, _ right: Scalar) -> Scalar

    /// The gradient with respect to the left operand, given that of the result.
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ left: Scalar, _ right: Scalar) -> Scalar

    /// The gradient with respect to the right operand, given that of the result.
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ left: Scalar, _ right: Scalar) -> Scalar
}

/// A set of the two operands.
package struct Operands: OptionSet {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static var left: Operands { Operands(rawValue: 1) }
    package static var right: Operands { Operands(rawValue: 2) }
}

extension Tensor {
    /// Applies `function` to the numbers of two tensors, the shorter repeated along the axes where it has length 1.
    package static func combined<Function: BinaryFunction>(
        _ function: Function,
        _ left: Tensor,
        _ right: Tensor,
        file: StaticString = #fileID,
        line: UInt = #line
    ) -> Tensor {
        if left.storage.precision != right.storage.precision {
            return combined(function, left.doubled(), right.doubled())
        }
        guard let rows = BroadcastRows(left.shape, right.shape, for: function.name) else {
            stop(Shape.broadcastFailure(function.name, left.shape, right.shape), file: file, line: line)
        }
        let result = Storage.make(count: rows.count, precision: left.storage.precision)
        switch result.precision {
        case .single: rows.write(result.floats, left.storage.floats, right.storage.floats, function.value)
        case .double:
            rows.write(
                result.pointer(Double.self),
                left.storage.pointer(Double.self),
                right.storage.pointer(Double.self),
                function.value
            )
        }
        let (first, second) = (left.tracked, right.tracked)
        guard first != nil || second != nil else { return Tensor(result, shape: rows.shape) }
        let keeps = (first == nil ? [] : function.leftSaves).union(second == nil ? [] : function.rightSaves)
        let node = BinaryNode(
            name: function.name,
            shape: rows.shape,
            left: keeps.contains(.left) ? left.storage : nil,
            right: keeps.contains(.right) ? right.storage : nil,
            first: first,
            second: second
        ) { node, gradient in
            switch gradient.precision {
            case .single: node.send(function, rows, Float.self, gradient)
            case .double: node.send(function, rows, Double.self, gradient)
            }
        }
        return Tensor(result, shape: rows.shape, node: node)
    }
}

/// The tape's record of a function applied to two tensors place by place.
private final class BinaryNode: Node {
    private let function: String
    private let send: (_ node: BinaryNode, _ gradient: Storage) -> Void

    init(
        name: String,
        shape: [Int],
        left: Storage?,
        right: Storage?,
        first: Node?,
        second: Node?,
        send: @escaping (_ node: BinaryNode, _ gradient: Storage) -> Void
    ) {
        function = name
        self.send = send
        super.init(shape: shape, first: first, second: second, saving: left, right)
    }

    override var name: String { function }

    override func backward(_ gradient: Storage) { send(self, gradient) }

    func send<Function: BinaryFunction, Scalar: Real>(
        _ function: Function,
        _ rows: BroadcastRows,
        _: Scalar.Type,
        _ gradient: Storage
    ) {
        // Operands that were not kept are not looked at: any pointer will do.
        let g = gradient.pointer(Scalar.self)
        let a = (savedFirst?.storage ?? gradient).pointer(Scalar.self)
        let b = (savedSecond?.storage ?? gradient).pointer(Scalar.self)
        if let first {
            let full = Storage.make(count: rows.count, precision: Scalar.precision)
            rows.write(full.pointer(Scalar.self), g, a, b, function.backwardLeft)
            first.receiveRepeated(full, of: shape)
        }
        if let second {
            let full = Storage.make(count: rows.count, precision: Scalar.precision)
            rows.write(full.pointer(Scalar.self), g, a, b, function.backwardRight)
            second.receiveRepeated(full, of: shape)
        }
    }
}
