// Every elementary function is built from additions, multiplications, divisions and fused
// multiply-adds that IEEE 754 defines to the bit, in one fixed order. None asks the C library, whose
// last bits differ from system to system.

/// A number x taken apart as k · log 2 + r with |r| ≤ log 2 / 2 and k whole.
private struct Reduction<L: Lanes> {
    /// k, in the low bits of a number so large that its last place is 1.
    let shifted: L
    /// exp(r) - 1.
    let remainder: L

    /// - Precondition: |x| < 2²¹.
    @inline(__always)
    init(_ x: L) {
        let shift = L(repeating: 12_582_912)
        shifted = shift.adding(x, times: L(repeating: 1.442_695_04))
        let k = shifted - shift
        // log 2 in two parts: the first has so few digits that its product with k is exact.
        let r = x.adding(k, times: L(repeating: -0.693_359_375))
            .adding(k, times: L(repeating: 2.121_944_4e-4))
        var p = L(repeating: 1.381_476_8e-3)
        p = L(repeating: 8.369_451e-3).adding(p, times: r)
        p = L(repeating: 4.166_843_7e-2).adding(p, times: r)
        p = L(repeating: 0.166_665_15).adding(p, times: r)
        p = L(repeating: 0.499_999_94).adding(p, times: r)
        remainder = r.adding(r * r, times: p)
    }
}

/// 2^n for whole n in -126 ... 127, given in the low bits.
@inline(__always)
private func powerOfTwo<L: Lanes>(_ n: L.Bits) -> L {
    L(bits: (n &+ L.Bits(repeating: 127)) &<< L.Bits(repeating: 23))
}

/// exp(x), for x that is neither above 89 nor below -104.
@inline(__always)
private func boundedExp<L: Lanes>(_ x: L) -> L {
    let reduction = Reduction(x)
    // 2^k may be out of range where exp(x) is not: scale by its two halves.
    let k = reduction.shifted.bits &- L.Bits(repeating: 0x4B40_0000)
    let half = k &>> L.Bits(repeating: 1)
    let scale: L = powerOfTwo(half)
    return scale.adding(reduction.remainder, times: scale) * powerOfTwo(k &- half)
}

/// exp(x): infinite above 88.72, zero below -103.98, NaN for NaN.
@inline(__always)
func exponential<L: Lanes>(_ x: L) -> L {
    let lowest = L(repeating: -104)
    let highest = L(repeating: 89)
    let bounded = x.replacing(with: lowest, where: x .< lowest)
        .replacing(with: highest, where: highest .< x)
    return boundedExp(bounded)
}

/// 1 / (1 + exp(-x)).
///
/// Transparent, for the optimizer leaves calls of this length in a cell, which pass lanes in pieces.
@_transparent
func logistic<L: Lanes>(_ x: L) -> L {
    let one = L(repeating: 1)
    let zero = L(repeating: 0)
    let lowest = L(repeating: -104)
    // exp of a negative number only: it cannot overflow, and what is near zero stays precise.
    let negative = L(bits: x.bits | L.Bits(repeating: .min))
    let power = boundedExp(negative.replacing(with: lowest, where: negative .< lowest))
    let isNegative = x .< zero
    let quotient = one.replacing(with: power, where: isNegative) / (one + power)
    // p / (1 + p) = p - p · p / (1 + p): the quotient's roundings shrink with p.
    return quotient.replacing(with: power.adding(zero - power, times: quotient), where: isNegative)
}

/// tanh(x): an odd polynomial near zero, 1 - 2 / (exp(2|x|) + 1) elsewhere. The sign returns last, so
/// that the function is odd to the bit.
///
/// Transparent, as the logistic function.
@_transparent
func hyperbolicTangent<L: Lanes>(_ x: L) -> L {
    let size = L(bits: x.bits & L.Bits(repeating: .max))
    let limit = L(repeating: 10)
    let bounded = size.replacing(with: limit, where: limit .< size)

    let square = bounded * bounded
    var p = L(repeating: -5.895_158e-3)
    p = L(repeating: 2.079_597_2e-2).adding(p, times: square)
    p = L(repeating: -5.378_383e-2).adding(p, times: square)
    p = L(repeating: 0.133_319_24).adding(p, times: square)
    p = L(repeating: -0.333_333).adding(p, times: square)
    let near = bounded.adding(bounded * square, times: p)

    let reduction = Reduction(bounded + bounded)
    let scale: L = powerOfTwo(reduction.shifted.bits &- L.Bits(repeating: 0x4B40_0000))
    let power = scale.adding(reduction.remainder, times: scale)
    let one = L(repeating: 1)
    let far = one - L(repeating: 2) / (power + one)

    let result = far.replacing(with: near, where: size .< L(repeating: 0.6))
    return L(bits: result.bits | (x.bits & L.Bits(repeating: .min)))
}
