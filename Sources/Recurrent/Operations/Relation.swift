// Comparisons place by place, with the operators that Swift has for vectors. Their results hold 1 where the comparison
// is true and 0 where it is not; so a mean is a share and a sum a count. No gradient flows through them.

extension Tensor {
    /// 1 where the numbers are equal, else 0.
    @export(interface)
    public static func .== (left: Tensor, right: Tensor) -> Tensor { compared("==", left, right, Equal()) }
    /// 1 where the numbers are equal, else 0.
    public static func .== (left: Tensor, right: Float) -> Tensor { left .== Tensor(right) }

    /// 1 where the numbers differ, else 0.
    @export(interface)
    public static func .!= (left: Tensor, right: Tensor) -> Tensor { compared("!=", left, right, Unequal()) }
    /// 1 where the numbers differ, else 0.
    public static func .!= (left: Tensor, right: Float) -> Tensor { left .!= Tensor(right) }

    /// 1 where the left number is the smaller, else 0.
    public static func .< (left: Tensor, right: Tensor) -> Tensor { compared("<", left, right, Less()) }
    /// 1 where the left number is the smaller, else 0.
    public static func .< (left: Tensor, right: Float) -> Tensor { left .< Tensor(right) }

    /// 1 where the left number is not the larger, else 0.
    public static func .<= (left: Tensor, right: Tensor) -> Tensor {
        compared("<=", left, right, LessOrEqual())
    }
    /// 1 where the left number is not the larger, else 0.
    public static func .<= (left: Tensor, right: Float) -> Tensor { left .<= Tensor(right) }

    /// 1 where the left number is the larger, else 0.
    @export(interface)
    public static func .> (left: Tensor, right: Tensor) -> Tensor { compared(">", right, left, Less()) }
    /// 1 where the left number is the larger, else 0.
    public static func .> (left: Tensor, right: Float) -> Tensor { left .> Tensor(right) }

    /// 1 where the left number is not the smaller, else 0.
    @export(interface)
    public static func .>= (left: Tensor, right: Tensor) -> Tensor {
        compared(">=", right, left, LessOrEqual())
    }
    /// 1 where the left number is not the smaller, else 0.
    public static func .>= (left: Tensor, right: Float) -> Tensor { left .>= Tensor(right) }

    private static func compared<Relation: BinaryRelation>(
        _ name: String,
        _ left: Tensor,
        _ right: Tensor,
        _ relation: Relation
    ) -> Tensor {
        combined(Indicator(name: name, relation: relation), left.detached(), right.detached())
    }
}

extension Tensor {
    /// 1 where the number is NaN, else 0.
    public var isNaN: Tensor { self .!= self }

    /// 1 where the number is neither NaN nor infinite, else 0.
    ///
    ///     require(model.parameters.allSatisfy { $0.isFinite.min().item == 1 }, "no weight has left the numbers")
    public var isFinite: Tensor {
        let magnitude = abs(detached())
        return magnitude .< .infinity
    }
}

// Whole numbers are compared as such: a `Float` tells them apart up to 2²⁴ only.
extension IntTensor {
    /// 1 where the numbers are equal, else 0.
    ///
    ///     let accuracy = (logits.argmax(axis: 1) .== classes).mean()
    public static func .== (left: IntTensor, right: IntTensor) -> Tensor {
        compared("==", left, right, Equal())
    }
    /// 1 where the numbers are equal, else 0.
    public static func .== (left: IntTensor, right: Int) -> Tensor { left .== IntTensor(right) }

    /// 1 where the numbers differ, else 0.
    public static func .!= (left: IntTensor, right: IntTensor) -> Tensor {
        compared("!=", left, right, Unequal())
    }
    /// 1 where the numbers differ, else 0.
    public static func .!= (left: IntTensor, right: Int) -> Tensor { left .!= IntTensor(right) }

    /// 1 where the left number is the smaller, else 0.
    public static func .< (left: IntTensor, right: IntTensor) -> Tensor { compared("<", left, right, Less()) }
    /// 1 where the left number is the smaller, else 0.
    public static func .< (left: IntTensor, right: Int) -> Tensor { left .< IntTensor(right) }

    /// 1 where the left number is not the larger, else 0.
    public static func .<= (left: IntTensor, right: IntTensor) -> Tensor {
        compared("<=", left, right, LessOrEqual())
    }
    /// 1 where the left number is not the larger, else 0.
    public static func .<= (left: IntTensor, right: Int) -> Tensor { left .<= IntTensor(right) }

    /// 1 where the left number is the larger, else 0.
    public static func .> (left: IntTensor, right: IntTensor) -> Tensor { compared(">", right, left, Less()) }
    /// 1 where the left number is the larger, else 0.
    public static func .> (left: IntTensor, right: Int) -> Tensor { left .> IntTensor(right) }

    /// 1 where the left number is not the smaller, else 0.
    public static func .>= (left: IntTensor, right: IntTensor) -> Tensor {
        compared(">=", right, left, LessOrEqual())
    }
    /// 1 where the left number is not the smaller, else 0.
    public static func .>= (left: IntTensor, right: Int) -> Tensor { left .>= IntTensor(right) }

    private static func compared<Relation: BinaryRelation>(
        _ name: String,
        _ left: IntTensor,
        _ right: IntTensor,
        _ relation: Relation
    ) -> Tensor {
        guard let rows = BroadcastRows(left.shape, right.shape, for: name) else {
            stop(Shape.broadcastFailure(name, left.shape, right.shape))
        }
        return Tensor(shape: rows.shape) { target in
            left.scalars.withUnsafeBufferPointer { left in
                right.scalars.withUnsafeBufferPointer { right in
                    guard let left = left.baseAddress, let right = right.baseAddress else { return }
                    rows.write(target, left, right) { relation.holds($0, $1) ? 1 : 0 }
                }
            }
        }
    }
}

private protocol BinaryRelation {
    func holds<Scalar: Comparable>(_ left: Scalar, _ right: Scalar) -> Bool
}

private struct Equal: BinaryRelation {
    func holds<Scalar: Comparable>(_ left: Scalar, _ right: Scalar) -> Bool { left == right }
}

private struct Unequal: BinaryRelation {
    func holds<Scalar: Comparable>(_ left: Scalar, _ right: Scalar) -> Bool { left != right }
}

private struct Less: BinaryRelation {
    func holds<Scalar: Comparable>(_ left: Scalar, _ right: Scalar) -> Bool { left < right }
}

private struct LessOrEqual: BinaryRelation {
    func holds<Scalar: Comparable>(_ left: Scalar, _ right: Scalar) -> Bool { left <= right }
}

private struct Indicator<Relation: BinaryRelation>: BinaryFunction {
    let name: String
    let relation: Relation
    var leftSaves: Operands { [] }
    var rightSaves: Operands { [] }
    func value<Scalar: Real>(_ a: Scalar, _ b: Scalar) -> Scalar { relation.holds(a, b) ? 1 : 0 }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { 0 }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { 0 }
}
