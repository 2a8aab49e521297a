/// The smaller of two numbers, place by place; equals share the gradient, and NaN wins and sends it to both.
@export(interface)
public func minimum(_ left: Tensor, _ right: Tensor) -> Tensor { Tensor.combined(Minimum(), left, right) }

/// The larger of two numbers, place by place; equals share the gradient, and NaN wins and sends it to both.
@export(interface)
public func maximum(_ left: Tensor, _ right: Tensor) -> Tensor { Tensor.combined(Maximum(), left, right) }

extension Tensor {
    /// The numbers, each beyond the limits replaced by the nearer one.
    ///
    /// The gradient flows where nothing was cut off; NaN stays NaN, and has none.
    public func clamped(to limits: ClosedRange<Float>) -> Tensor {
        mapped(Clamp(lower: limits.lowerBound, upper: limits.upperBound))
    }

    /// The numbers, each below the limit replaced by it.
    public func clamped(to limits: PartialRangeFrom<Float>) -> Tensor {
        mapped(Clamp(lower: limits.lowerBound, upper: .infinity))
    }

    /// The numbers, each above the limit replaced by it.
    public func clamped(to limits: PartialRangeThrough<Float>) -> Tensor {
        mapped(Clamp(lower: -.infinity, upper: limits.upperBound))
    }

    /// The tensor's numbers, but those of `other` wherever `mask` is not 0. All three are broadcast.
    public func replacing(with other: Tensor, where mask: Tensor) -> Tensor {
        guard let joint = Shape.broadcast(shape, other.shape), let shape = Shape.broadcast(joint, mask.shape)
        else {
            stop(
                "replacing: shapes \(Shape.text(shape)), \(Shape.text(other.shape)) and mask \(Shape.text(mask.shape)) do "
                    + "not fit; lengths must be equal or 1, matched from the last axis."
            )
        }
        // Multiplying by the mask would let NaN and infinity through from the numbers that were not chosen.
        let mask = (mask .!= 0).broadcast(to: shape)
        let kept = Tensor.combined(ZeroWhere(isInverted: false), broadcast(to: shape), mask)
        return kept + Tensor.combined(ZeroWhere(isInverted: true), other.broadcast(to: shape), mask)
    }

    /// The tensor's numbers, but one number wherever `mask` is not 0.
    public func replacing(with other: Float, where mask: Tensor) -> Tensor {
        replacing(with: Tensor(other), where: mask)
    }
}

private struct Minimum: BinaryFunction {
    var name: String { "minimum" }
    var leftSaves: Operands { [.left, .right] }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ a: Scalar, _ b: Scalar) -> Scalar { a < b || a.isNaN ? a : b }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar {
        a == b ? gradient / 2 : a > b ? 0 : gradient
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar {
        a == b ? gradient / 2 : b > a ? 0 : gradient
    }
}

private struct Maximum: BinaryFunction {
    var name: String { "maximum" }
    var leftSaves: Operands { [.left, .right] }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ a: Scalar, _ b: Scalar) -> Scalar { a > b || a.isNaN ? a : b }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar {
        a == b ? gradient / 2 : a < b ? 0 : gradient
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar {
        a == b ? gradient / 2 : b < a ? 0 : gradient
    }
}

private struct Clamp: UnaryFunction {
    let lower: Float
    let upper: Float
    var name: String { "clamped" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar {
        x < Scalar(lower) ? Scalar(lower) : x > Scalar(upper) ? Scalar(upper) : x
    }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        x >= Scalar(lower) && x <= Scalar(upper) ? gradient : 0
    }
}

/// The number where the mask is 0, else 0; or the other way round.
private struct ZeroWhere: BinaryFunction {
    let isInverted: Bool
    var name: String { "replacing" }
    var leftSaves: Operands { .right }
    var rightSaves: Operands { [] }
    func value<Scalar: Real>(_ x: Scalar, _ mask: Scalar) -> Scalar { (mask == 0) != isInverted ? x : 0 }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ mask: Scalar) -> Scalar {
        (mask == 0) != isInverted ? gradient : 0
    }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ x: Scalar, _ mask: Scalar) -> Scalar { 0 }
}
