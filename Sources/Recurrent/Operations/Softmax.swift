/// Shares that add up to 1 along an axis: yᵢ = exp xᵢ / Σⱼ exp xⱼ.
///
/// The largest x is subtracted first, which changes no share and keeps the exponentials finite.
///
/// - Parameters:
///   - x: The numbers, the higher the larger their share.
///   - axis: The axis whose entries share; negative numbers count from the last.
@export(interface)
public func softmax(
    _ x: Tensor,
    axis: Int = -1,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    x.normalized(Softmax(), axis, file: file, line: line)
}

/// The logarithms of the softmax along an axis: yᵢ = xᵢ − log Σⱼ exp xⱼ.
///
/// More precise than the logarithm of `softmax`, which loses small shares.
///
/// - Parameters:
///   - x: The numbers, the higher the larger their share.
///   - axis: The axis whose entries share; negative numbers count from the last.
@export(interface)
public func logSoftmax(
    _ x: Tensor,
    axis: Int = -1,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    x.normalized(LogSoftmax(), axis, file: file, line: line)
}

/// The part in which softmax and its logarithm differ: how a row is computed, and its gradient.
private protocol RowNormalization {
    var name: String { get }

    /// - Parameter y: Holds xᵢ − max x and receives the row's result.
    func finish<Scalar: Real>(
        _ y: UnsafeMutablePointer<Scalar>,
        exponentials: UnsafeMutablePointer<Scalar>,
        _ count: Int
    )

    func backward<Scalar: Real>(
        _ gradient: UnsafeMutablePointer<Scalar>,
        _ y: UnsafeMutablePointer<Scalar>,
        into result: UnsafeMutablePointer<Scalar>,
        _ count: Int
    )
}

private struct Softmax: RowNormalization {
    var name: String { "softmax" }

    func finish<Scalar: Real>(
        _ y: UnsafeMutablePointer<Scalar>,
        exponentials: UnsafeMutablePointer<Scalar>,
        _ count: Int
    ) {
        let sum = Summation.total(exponentials, count)
        for index in 0..<count { y[index] = exponentials[index] / sum }
    }

    /// dL/dxᵢ = yᵢ · (gᵢ − Σⱼ gⱼ yⱼ).
    func backward<Scalar: Real>(
        _ gradient: UnsafeMutablePointer<Scalar>,
        _ y: UnsafeMutablePointer<Scalar>,
        into result: UnsafeMutablePointer<Scalar>,
        _ count: Int
    ) {
        for index in 0..<count { result[index] = gradient[index] * y[index] }
        let sum = Summation.total(result, count)
        for index in 0..<count { result[index] = y[index] * (gradient[index] - sum) }
    }
}

private struct LogSoftmax: RowNormalization {
    var name: String { "logSoftmax" }

    func finish<Scalar: Real>(
        _ y: UnsafeMutablePointer<Scalar>,
        exponentials: UnsafeMutablePointer<Scalar>,
        _ count: Int
    ) {
        let logarithm = Scalar.log(Summation.total(exponentials, count))
        for index in 0..<count { y[index] -= logarithm }
    }

    /// dL/dxᵢ = gᵢ − exp yᵢ · Σⱼ gⱼ.
    func backward<Scalar: Real>(
        _ gradient: UnsafeMutablePointer<Scalar>,
        _ y: UnsafeMutablePointer<Scalar>,
        into result: UnsafeMutablePointer<Scalar>,
        _ count: Int
    ) {
        let sum = Summation.total(gradient, count)
        Scalar.exp(y, into: result, count: count)
        for index in 0..<count { result[index] = gradient[index] - result[index] * sum }
    }
}

extension Tensor {
    fileprivate func normalized<Kind: RowNormalization>(
        _ kind: Kind,
        _ axis: Int,
        file: StaticString,
        line: UInt
    ) -> Tensor {
        // A single number is one entry that has all, as in PyTorch.
        if rank == 0 && (axis == 0 || axis == -1) {
            return reshaped([1]).normalized(kind, 0, file: file, line: line).reshaped([])
        }
        let axis = Shape.axis(axis, of: shape, for: kind.name, file: file, line: line)
        let last = rank - 1
        if axis != last {
            return transposed(axis, last).normalized(kind, last, file: file, line: line).transposed(
                axis,
                last
            )
        }
        let result = Storage.make(count: count, precision: storage.precision)
        switch storage.precision {
        case .single: Tensor.forward(kind, storage.floats, result.floats, count, shape[last])
        case .double:
            Tensor.forward(
                kind,
                storage.pointer(Double.self),
                result.pointer(Double.self),
                count,
                shape[last]
            )
        }
        guard let input = tracked else { return Tensor(result, shape: shape) }
        let width = shape[last]
        let node = UnaryNode(kind.name, saved: result, shape: shape, input: input) { gradient, y in
            switch gradient.precision {
            case .single: Tensor.backward(kind, Float.self, gradient, y, width)
            case .double: Tensor.backward(kind, Double.self, gradient, y, width)
            }
        }
        return Tensor(result, shape: shape, node: node)
    }

    private static func forward<Kind: RowNormalization, Scalar: Real>(
        _ kind: Kind,
        _ x: UnsafeMutablePointer<Scalar>,
        _ y: UnsafeMutablePointer<Scalar>,
        _ count: Int,
        _ width: Int
    ) {
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: width) { exponentials in
            guard let exponentials = exponentials.baseAddress else { return }
            for start in stride(from: 0, to: count, by: Swift.max(width, 1)) {
                let (x, y) = (x + start, y + start)
                var largest = x[0]
                for index in 1..<Swift.max(width, 1) where x[index] > largest { largest = x[index] }
                for index in 0..<width { y[index] = x[index] - largest }
                Scalar.exp(y, into: exponentials, count: width)
                kind.finish(y, exponentials: exponentials, width)
            }
        }
    }

    private static func backward<Kind: RowNormalization, Scalar: Real>(
        _ kind: Kind,
        _: Scalar.Type,
        _ gradient: Storage,
        _ y: Storage,
        _ width: Int
    ) -> Storage {
        let result = Storage.make(count: gradient.count, precision: gradient.precision)
        let (g, y, out) = (gradient.pointer(Scalar.self), y.pointer(Scalar.self), result.pointer(Scalar.self))
        for start in stride(from: 0, to: gradient.count, by: Swift.max(width, 1)) {
            kind.backward(g + start, y + start, into: out + start, width)
        }
        return result
    }
}
