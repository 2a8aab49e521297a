/// The sine of each number, in radians: y = sin x, dy/dx = cos x. Rounded once from double precision.
@export(interface)
public func sin(_ x: Tensor) -> Tensor { x.mapped(Sine()) }

/// The cosine of each number, in radians: y = cos x, dy/dx = −sin x. Rounded once from double precision.
@export(interface)
public func cos(_ x: Tensor) -> Tensor { x.mapped(Cosine()) }

private struct Sine: UnaryFunction {
    var name: String { "sin" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar(sin(Double(x))) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        gradient * Scalar(cos(Double(x)))
    }
}

private struct Cosine: UnaryFunction {
    var name: String { "cos" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar(cos(Double(x))) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        -gradient * Scalar(sin(Double(x)))
    }
}
