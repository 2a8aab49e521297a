// Elementary functions of each number of a tensor.

/// The exponential of each number: y = eˣ, dy/dx = y.
@export(interface)
public func exp(_ x: Tensor) -> Tensor { x.mapped(Exponential()) }

/// The natural logarithm of each number: y = ln x, dy/dx = 1 / x.
@export(interface)
public func log(_ x: Tensor) -> Tensor { x.mapped(NaturalLogarithm()) }

/// The logarithm to the base 10 of each number: y = log₁₀ x, dy/dx = 1 / (x · ln 10). Rounded once from double precision.
@export(interface)
public func log10(_ x: Tensor) -> Tensor { x.mapped(DecimalLogarithm()) }

/// The square root of each number: y = √x, dy/dx = 1 / (2y).
@export(interface)
public func sqrt(_ x: Tensor) -> Tensor { x.mapped(SquareRoot()) }

/// The magnitude of each number: y = |x|; its slope at 0 is 0.
@export(interface)
public func abs(_ x: Tensor) -> Tensor { x.mapped(Magnitude()) }

private struct Exponential: UnaryFunction {
    var name: String { "exp" }
    var saves: SavedForBackward { .result }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar.exp(x) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar { gradient * y }
    func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        into y: UnsafeMutablePointer<Scalar>,
        count: Int
    ) { Scalar.exp(x, into: y, count: count) }
}

private struct NaturalLogarithm: UnaryFunction {
    var name: String { "log" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar.log(x) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar { gradient / x }
    func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        into y: UnsafeMutablePointer<Scalar>,
        count: Int
    ) { Scalar.log(x, into: y, count: count) }
}

private struct DecimalLogarithm: UnaryFunction {
    var name: String { "log10" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar(Logarithm.decimal(of: Double(x))) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        gradient / (x * Scalar(2.302585092994046))
    }
}

private struct SquareRoot: UnaryFunction {
    var name: String { "sqrt" }
    var saves: SavedForBackward { .result }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x.squareRoot() }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar { gradient / (2 * y) }
}

private struct Magnitude: UnaryFunction {
    var name: String { "abs" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x.magnitude }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        // A product, so that a gradient that is no number stays none.
        gradient * (x > 0 ? 1 : x < 0 ? -1 : 0)
    }
}
