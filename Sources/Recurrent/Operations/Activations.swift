/// The hyperbolic tangent of each number: y = tanh x, dy/dx = 1 − y².
@export(interface)
public func tanh(_ x: Tensor) -> Tensor { x.mapped(HyperbolicTangent()) }

/// The logistic function of each number: y = 1 / (1 + exp(−x)), dy/dx = y · (1 − y).
@export(interface)
public func sigmoid(_ x: Tensor) -> Tensor { x.mapped(Logistic()) }

/// The positive part of each number: y = max(x, 0); its slope at 0 is 0.
@export(interface)
public func relu(_ x: Tensor) -> Tensor { x.mapped(PositivePart()) }

private struct HyperbolicTangent: UnaryFunction {
    var name: String { "tanh" }
    var saves: SavedForBackward { .result }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar.tanh(x) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar { gradient * (1 - y * y) }
    func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        into y: UnsafeMutablePointer<Scalar>,
        count: Int
    ) { Scalar.tanh(x, into: y, count: count) }
}

private struct Logistic: UnaryFunction {
    var name: String { "sigmoid" }
    var saves: SavedForBackward { .result }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar.sigmoid(x) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar { gradient * ((1 - y) * y) }
    func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        into y: UnsafeMutablePointer<Scalar>,
        count: Int
    ) { Scalar.sigmoid(x, into: y, count: count) }
}

private struct PositivePart: UnaryFunction {
    var name: String { "relu" }
    var saves: SavedForBackward { .result }
    // Asked this way round, NaN stays NaN.
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x <= 0 ? 0 : x }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar { y <= 0 ? 0 : gradient }
}
