extension Tensor {
    /// The numbers raised to a power: y = xᵖ, dy/dx = p · xᵖ⁻¹.
    @export(interface)
    public func pow(_ exponent: Float) -> Tensor {
        exponent == 2 ? mapped(Square()) : mapped(Power(exponent: exponent))
    }
}

private struct Square: UnaryFunction {
    var name: String { "pow" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x * x }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar { gradient * (2 * x) }
}

private struct Power: UnaryFunction {
    let exponent: Float
    var name: String { "pow" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar.power(x, Scalar(exponent)) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        exponent == 0 ? 0 : gradient * (Scalar(exponent) * Scalar.power(x, Scalar(exponent) - 1))
    }
}
