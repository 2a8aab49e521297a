/// The natural logarithm: -∞ at zero, NaN below it.
@inline(__always)
func naturalLogarithm<L: Lanes>(_ x: L) -> L {
    let one = L(repeating: 1)
    // Denormal numbers are scaled up first, by 2²³.
    let isTiny = x .< L(repeating: .leastNormalMagnitude)
    let scaled = x.replacing(with: x * L(repeating: 8_388_608), where: isTiny)
    let offset = L(repeating: 0).replacing(with: L(repeating: -23), where: isTiny)

    // x = 2^e · m with m between √½ and √2.
    let bits = scaled.bits &- L.Bits(repeating: 0x3F35_04F3)
    let shifted = L(bits: (bits &>> L.Bits(repeating: 23)) &+ L.Bits(repeating: 0x4B40_0000))
    let e = (shifted - L(repeating: 12_582_912)) + offset
    let m = L(bits: (bits & L.Bits(repeating: 0x007F_FFFF)) &+ L.Bits(repeating: 0x3F35_04F3))

    let f = m - one
    var p = L(repeating: 6.746_61e-2)
    p = L(repeating: -0.116_796_57).adding(p, times: f)
    p = L(repeating: 0.118_903_205).adding(p, times: f)
    p = L(repeating: -0.124_051_35).adding(p, times: f)
    p = L(repeating: 0.142_192_24).adding(p, times: f)
    p = L(repeating: -0.166_680_07).adding(p, times: f)
    p = L(repeating: 0.200_021_34).adding(p, times: f)
    p = L(repeating: -0.250_000_09).adding(p, times: f)
    p = L(repeating: 0.333_333_13).adding(p, times: f)
    let square = f * f
    var tail = (square * f) * p
    tail = tail.adding(e, times: L(repeating: -2.121_944_4e-4))
    tail = tail.adding(square, times: L(repeating: -0.5))
    let result = (f + tail).adding(e, times: L(repeating: 0.693_359_375))

    let zero = L(repeating: 0)
    let infinity = L(repeating: .infinity)
    // Written so that NaN, which is less than nothing, comes through the sum x + x.
    return (x + x)
        .replacing(with: result, where: x .< infinity)
        .replacing(with: L(repeating: -.infinity), where: x .< L(repeating: .leastNonzeroMagnitude))
        .replacing(with: L(repeating: .nan), where: x .< zero)
}
