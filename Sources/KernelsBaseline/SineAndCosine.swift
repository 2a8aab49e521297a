/// An angle as j · π/2 + r with |r| ≤ π/4; j counts modulo 4.
private struct QuarterTurns {
    let count: Int64
    let rest: Double

    /// - Precondition: |x| < 2²⁰.
    @inline(__always)
    init(small x: Double) {
        let shift = 6_755_399_441_055_744.0
        let shifted = x * 0.636_619_772_367_581_4 + shift
        let turns = shifted - shift
        count = Int64(bitPattern: shifted.bitPattern)
        // π/2 in two parts: the first has 33 digits, so that its product with the count is exact.
        rest = (x - turns * 1.570_796_326_734_125_6) - turns * 6.077_100_506_506_192e-11
    }

    /// Any finite angle of 2²⁰ and more: the product with the digits of 2/π, of which only those
    /// matter that count less than a full turn (Payne and Hanek, "Radian reduction for
    /// trigonometric functions", 1983).
    init(large x: Float) {
        let exponent = Int(x.exponent) - 23
        let significand = UInt64(x.significandBitPattern | 0x0080_0000)
        // The digit that stands for two quarter turns comes first.
        let high = Self.digits(from: exponent - 1)
        let low = Self.digits(from: exponent + 63)
        let product = significand &* high &+ significand.multipliedFullWidth(by: low).high
        let turns = (product &+ (1 << 61)) &>> 62
        let fraction = Int64(bitPattern: product &- turns &<< 62)
        let rest = Double(fraction) * 0x1p-62 * 1.570_796_326_794_896_6
        self.rest = x < 0 ? -rest : rest
        count = x < 0 ? -Int64(turns) : Int64(turns)
    }

    /// Sixty-four binary digits of 2/π, beginning with the given one behind the point.
    private static func digits(from first: Int) -> UInt64 {
        // Zeros stand before the point.
        let (word, shift) = (first + 63).quotientAndRemainder(dividingBy: 64)
        let upper = words(word) << UInt64(shift)
        return shift == 0 ? upper : upper | words(word + 1) >> UInt64(64 - shift)
    }

    private static func words(_ index: Int) -> UInt64 {
        switch index {
        case 0: 0
        case 1: 0xA2F9_836E_4E44_1529
        case 2: 0xFC27_57D1_F534_DDC0
        case 3: 0xDB62_9599_3C43_9041
        default: 0xFE51_63AB_DEBB_C561
        }
    }

    /// The sine of the angle plus `offset` quarter turns.
    @inline(__always)
    func sine(offset: Int64) -> Float {
        let square = rest * rest
        // Taylor's series, whose next term is below Float32's last place.
        var s = 1.605_904_383_682_161_5e-10
        s = s * square - 2.505_210_838_544_172e-8
        s = s * square + 2.755_731_922_398_589_3e-6
        s = s * square - 1.984_126_984_126_984_1e-4
        s = s * square + 8.333_333_333_333_333e-3
        s = s * square - 0.166_666_666_666_666_66
        let sine = rest * (1 + square * s)
        var c = 2.087_675_698_786_81e-9
        c = c * square - 2.755_731_922_398_589e-7
        c = c * square + 2.480_158_730_158_73e-5
        c = c * square - 1.388_888_888_888_889e-3
        c = c * square + 4.166_666_666_666_666_4e-2
        c = c * square - 0.5
        let cosine = 1 + square * c
        let quadrant = count &+ offset
        let value = quadrant & 1 == 0 ? sine : cosine
        return Float(quadrant & 2 == 0 ? value : -value)
    }
}

/// The sine of x plus `offset` quarter turns, for every entry of `source`.
///
/// Worked out in Float64 and rounded once.
@inline(__always)
func sines(
    of source: UnsafePointer<Float>,
    offset: Int64,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    for index in 0..<count {
        let x = source[index]
        destination[index] =
            if x.magnitude < 1_048_576 {
                QuarterTurns(small: Double(x)).sine(offset: offset)
            } else if x.isFinite {
                QuarterTurns(large: x).sine(offset: offset)
            } else {
                .nan
            }
    }
}
