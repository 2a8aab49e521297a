internal import KernelInterface

/// Takes numbers uniform in [0, 1) to [low, high): u becomes low + u · (high − low), rounded once.
///
/// Rounding can reach the upper limit, which the interval leaves out; low takes its place.
package func spread(_ numbers: UnsafeMutablePointer<Float>, count: Int, from low: Float, to high: Float) {
    kernels.spread(numbers, count: count, from: low, to: high)
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
package func makeNormal(
    _ numbers: UnsafeMutablePointer<Float>,
    count: Int,
    mean: Float,
    standardDeviation: Float
) {
    kernels.makeNormal(numbers, count: count, mean: mean, standardDeviation: standardDeviation)
}
