internal import KernelInterface

// Elementary functions of Float32, the same bits on every machine.
//
// Each is within 2 units in the last place of the correctly rounded value (tests check that over the
// whole range of Float32) and follows IEEE 754 at infinities, NaN, zeros of both signs and denormal
// numbers. `source` and `destination` may be the same buffer, but not overlap otherwise.

/// e raised to each number in `source`.
package func exp(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    kernels.exp(source, into: destination, count: count)
}

/// The natural logarithm of each number in `source`.
package func log(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    kernels.log(source, into: destination, count: count)
}

/// The hyperbolic tangent of each number in `source`.
package func tanh(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    kernels.tanh(source, into: destination, count: count)
}

/// The logistic function 1 / (1 + exp(-x)) of each number in `source`.
package func sigmoid(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    kernels.sigmoid(source, into: destination, count: count)
}

/// The sine of each angle in `source`, in radians.
package func sin(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    kernels.sin(source, into: destination, count: count)
}

/// The cosine of each angle in `source`, in radians.
package func cos(
    _ source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    kernels.cos(source, into: destination, count: count)
}

// MARK: - Single numbers

/// e raised to `x`.
package func exp(_ x: Float) -> Float { single(x) { kernels.exp($0, into: $1, count: 1) } }

/// The natural logarithm of `x`.
package func log(_ x: Float) -> Float { single(x) { kernels.log($0, into: $1, count: 1) } }

/// The hyperbolic tangent of `x`.
package func tanh(_ x: Float) -> Float { single(x) { kernels.tanh($0, into: $1, count: 1) } }

/// The logistic function 1 / (1 + exp(-x)).
package func sigmoid(_ x: Float) -> Float { single(x) { kernels.sigmoid($0, into: $1, count: 1) } }

/// The sine of the angle `x`.
package func sin(_ x: Float) -> Float { single(x) { kernels.sin($0, into: $1, count: 1) } }

/// The cosine of the angle `x`.
package func cos(_ x: Float) -> Float { single(x) { kernels.cos($0, into: $1, count: 1) } }

@inline(__always)
private func single(
    _ x: Float,
    _ function: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
) -> Float {
    var result = x
    withUnsafeMutablePointer(to: &result) { function($0, $0) }
    return result
}
