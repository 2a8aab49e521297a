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

/// Each number, those below 0 made smaller: y = x for x > 0, else y = slope · x.
///
/// Source: A. Maas et al., "Rectifier nonlinearities improve neural network acoustic models" (2013); PyTorch's
/// `leaky_relu`.
@export(interface)
public func leakyReLU(_ x: Tensor, slope: Float = 0.01) -> Tensor {
    x.mapped(LeakyPositivePart(slope: slope))
}

/// A smooth positive part: y = ln(1 + exp(βx)) / β, dy/dx = σ(βx); beyond βx = threshold y is x itself.
///
/// Source: PyTorch's `softplus`.
@export(interface)
public func softplus(
    _ x: Tensor,
    beta: Float = 1,
    threshold: Float = 20,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    require(
        beta != 0,
        "softplus: beta is \(beta); the function is divided by it, so it must not be 0.",
        file: file,
        line: line
    )
    return x.mapped(SmoothPositivePart(beta: beta, threshold: threshold))
}

/// Each number times its logistic function: y = x σ(x), dy/dx = σ(x) (1 + x (1 − σ(x))); also called swish.
///
/// Source: S. Elfwing et al., "Sigmoid-weighted linear units" (2018); PyTorch's `silu`.
@export(interface)
public func silu(_ x: Tensor) -> Tensor { x.mapped(SigmoidWeighted()) }

/// Each number over its distance from −1 or 1: y = x / (1 + |x|), dy/dx = 1 / (1 + |x|)².
///
/// Source: PyTorch's `softsign`.
@export(interface)
public func softsign(_ x: Tensor) -> Tensor { x.mapped(SoftSign()) }

private struct LeakyPositivePart: UnaryFunction {
    let slope: Float
    var name: String { "leakyReLU" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x > 0 ? x : x * Scalar(slope) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        x > 0 ? gradient : gradient * Scalar(slope)
    }
}

private struct SmoothPositivePart: UnaryFunction {
    let beta: Float
    let threshold: Float
    var name: String { "softplus" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar {
        let scaled = x * Scalar(beta)
        return scaled > Scalar(threshold) ? x : NegativeLogSigmoid().value(-scaled) / Scalar(beta)
    }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        let scaled = x * Scalar(beta)
        return scaled > Scalar(threshold) ? gradient : gradient * Scalar.sigmoid(scaled)
    }
}

private struct SigmoidWeighted: UnaryFunction {
    var name: String { "silu" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x * Scalar.sigmoid(x) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        let share = Scalar.sigmoid(x)
        return gradient * (share * (1 + x * (1 - share)))
    }
}

private struct SoftSign: UnaryFunction {
    var name: String { "softsign" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x / (1 + x.magnitude) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        let distance = 1 + x.magnitude
        // Not the reciprocal's square, which would hide that infinity has no slope.
        return gradient * ((1 - x.magnitude / distance) / distance)
    }
}
