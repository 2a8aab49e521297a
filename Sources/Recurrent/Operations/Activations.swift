/// The hyperbolic tangent of each number: y = tanh x, dy/dx = 1 − y².
public func tanh(_ x: Tensor) -> Tensor { x.mapped(HyperbolicTangent()) }

private struct HyperbolicTangent: UnaryFunction {
    var name: String { "tanh" }
    var keeps: Kept { .result }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar.tanh(x) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar { gradient * (1 - y * y) }
    func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        into y: UnsafeMutablePointer<Scalar>,
        count: Int
    ) { Scalar.tanh(x, into: y, count: count) }
}
