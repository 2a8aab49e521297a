package import KernelInterface

// Elementary functions of Float32, the same bits on every machine.
//
// Each is within 2 units in the last place of the correctly rounded value (tests check that over the
// whole range of Float32) and follows IEEE 754 at infinities, NaN, zeros of both signs and denormal
// numbers. `source` and `destination` may be the same buffer, but not overlap otherwise.

/// e raised to each number in `source`.
@export(interface)
package func exp(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    chosenKernels.exp(source, into: destination, count: count)
}

/// The natural logarithm of each number in `source`.
@export(interface)
package func log(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    chosenKernels.log(source, into: destination, count: count)
}

/// The hyperbolic tangent of each number in `source`.
@export(interface)
package func tanh(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    chosenKernels.tanh(source, into: destination, count: count)
}

/// The logistic function 1 / (1 + exp(-x)) of each number in `source`.
@export(interface)
package func sigmoid(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    chosenKernels.sigmoid(source, into: destination, count: count)
}

/// The sine of each angle in `source`, in radians.
@export(interface)
package func sin(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    chosenKernels.sin(source, into: destination, count: count)
}

/// The cosine of each angle in `source`, in radians.
@export(interface)
package func cos(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    chosenKernels.cos(source, into: destination, count: count)
}

// MARK: - Single numbers

/// e raised to `x`.
@export(interface)
package func exp(_ x: Float) -> Float { single(x) { chosenKernels.exp($0, into: $1, count: 1) } }

/// The natural logarithm of `x`.
@export(interface)
package func log(_ x: Float) -> Float { single(x) { chosenKernels.log($0, into: $1, count: 1) } }

/// The hyperbolic tangent of `x`.
@export(interface)
package func tanh(_ x: Float) -> Float { single(x) { chosenKernels.tanh($0, into: $1, count: 1) } }

/// The logistic function 1 / (1 + exp(-x)).
@export(interface)
package func sigmoid(_ x: Float) -> Float { single(x) { chosenKernels.sigmoid($0, into: $1, count: 1) } }

/// The sine of the angle `x`.
@export(interface)
package func sin(_ x: Float) -> Float { single(x) { chosenKernels.sin($0, into: $1, count: 1) } }

/// The cosine of the angle `x`.
@export(interface)
package func cos(_ x: Float) -> Float { single(x) { chosenKernels.cos($0, into: $1, count: 1) } }

@inline(__always)
private func single(
    _ x: Float,
    _ function: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
) -> Float {
    var result = x
    withUnsafeMutablePointer(to: &result) { function($0, $0) }
    return result
}

// MARK: - Distributions

/// Takes numbers uniform in [0, 1) to [low, high): u becomes low + u · (high − low), rounded once.
///
/// Rounding can reach the upper limit, which the interval leaves out; low takes its place.
@export(interface)
package func spread(_ numbers: UnsafeMutablePointer<Float>, count: Int, from low: Float, to high: Float) {
    chosenKernels.spread(numbers, count: count, from: low, to: high)
}

/// Takes numbers uniform in [0, 1) to normal ones, sixteen by sixteen: of eight u and eight v come
/// `√(−2 ln (1 − u)) cos 2πv` and `√(−2 ln (1 − u)) sin 2πv`, times the standard deviation, plus the mean.
///
/// The logarithm, sine and cosine are single-precision polynomials, evaluated with fused multiply-adds
/// in the order in which PyTorch's kernels do it, for the numbers have to come out equal to the bit.
///
/// Source: G. Box and M. Muller, "A note on the generation of random normal deviates", Ann. Math. Statist. 29
/// (1958); S. Moshier's Cephes library (`logf`, `sinf`, `cosf`) for the coefficients.
///
/// - Parameter count: A multiple of sixteen.
@export(interface)
package func makeNormal(
    _ numbers: UnsafeMutablePointer<Float>,
    count: Int,
    mean: Float,
    standardDeviation: Float
) {
    chosenKernels.makeNormal(numbers, count: count, mean: mean, standardDeviation: standardDeviation)
}

// MARK: - Optimizers

/// Moves each number θ of a parameter by an optimizer's formula, along its gradient plus `decay` · θ, which is rounded
/// once. Where the formula shrinks θ, it is the shrunken one that decays.
@export(interface)
package func update(
    _ parameter: UnsafeMutablePointer<Float>,
    along gradient: UnsafePointer<Float>,
    count: Int,
    decay: Float,
    by update: ParameterUpdate
) {
    chosenKernels.update(parameter, along: gradient, count: count, decay: decay, by: update)
}
