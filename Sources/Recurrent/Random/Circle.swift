/// Sine and cosine as doubles, the same bits on every machine.
package enum Circle {
    /// The sine and the cosine of an angle in radians, each within 0.501 of a unit in the last place.
    @export(interface)
    package static func sineAndCosine(of angle: Double) -> (sine: Double, cosine: Double) {
        guard angle.isFinite else { return (.nan, .nan) }
        guard abs(angle) > 0x1p-30 else { return (angle, 1 - angle * angle / 2) }
        let (quadrant, rest) = reduced(abs(angle))
        let sine = sine(rest).rounded
        let cosine = cosine(rest).rounded
        let sign: Double = angle < 0 ? -1 : 1
        return switch quadrant {
        case 0: (sign * sine, cosine)
        case 1: (sign * cosine, -sine)
        case 2: (-sign * sine, -cosine)
        default: (-sign * cosine, sine)
        }
    }

    /// The number of quarter turns (modulo 4) in a positive angle, and what is left, at most π/4 in magnitude.
    ///
    /// The angle's mantissa is multiplied by those 192 bits of 2/π that decide on the quadrant and the fraction;
    /// higher bits contribute whole turns only. So the result is right for every double, however large.
    ///
    /// Source: M. Payne and R. Hanek, "Radian reduction for trigonometric functions", SIGNUM Newsletter 18 (1983).
    private static func reduced(_ angle: Double) -> (quadrant: Int, rest: DoubleDouble) {
        let quarterTurn = DoubleDouble(high: 1.5707963267948966, low: 6.123233995736766e-17)
        guard angle > 0.7853981633974483 else { return (0, DoubleDouble(angle)) }
        let mantissa = angle.significandBitPattern | 1 << 52
        // angle = mantissa · 2^scale; the first bit of 2/π that matters has the weight 2^(1 − scale).
        let scale = Int(angle.exponent) - 52
        let first = scale - 1 - 1 + 64
        var product = [UInt64](repeating: 0, count: 3)
        var carry: UInt64 = 0
        for place in [2, 1, 0] {
            let (high, low) = mantissa.multipliedFullWidth(by: bits(from: first + 64 * place))
            let (sum, overflow) = low.addingReportingOverflow(carry)
            product[place] = sum
            carry = high &+ (overflow ? 1 : 0)
        }
        var quadrant = Int(product[0] >> 62)
        product[0] = product[0] << 2 | product[1] >> 62
        product[1] = product[1] << 2 | product[2] >> 62
        product[2] <<= 2
        let isPastHalf = product[0] >> 63 == 1
        if isPastHalf {
            quadrant = (quadrant + 1) & 3
            product = [~product[0], ~product[1], ~product[2]]
        }
        let fraction = value(ofFraction: product)
        return (quadrant, (isPastHalf ? -fraction : fraction) * quarterTurn)
    }

    /// The fraction whose binary digits are those of three words.
    private static func value(ofFraction words: [UInt64]) -> DoubleDouble {
        var sum = DoubleDouble(0)
        var weight = 0x1p-32
        for word in words {
            for half in [word >> 32, word & 0xffff_ffff] {
                sum = sum + DoubleDouble(Double(half) * weight)
                weight *= 0x1p-32
            }
        }
        return sum
    }

    /// 64 bits of `twoOverPi`, counted from its start.
    private static func bits(from start: Int) -> UInt64 {
        let word = start / 64
        let shift = start % 64
        guard shift > 0 else { return twoOverPi[word] }
        return twoOverPi[word] << UInt64(shift) | twoOverPi[word + 1] >> UInt64(64 - shift)
    }

    /// `x − x³/3! + x⁵/5! − …`, nested; the late terms are small enough for plain doubles.
    private static func sine(_ x: DoubleDouble) -> DoubleDouble {
        x * series(in: x * x, from: 2)
    }

    /// `1 − x²/2! + x⁴/4! − …`, nested.
    private static func cosine(_ x: DoubleDouble) -> DoubleDouble {
        series(in: x * x, from: 1)
    }

    /// `1 − z/(n(n+1)) (1 − z/((n+2)(n+3)) (1 − …))`.
    private static func series(in z: DoubleDouble, from n: Double) -> DoubleDouble {
        var late = 1.0
        for factor in stride(from: n + 22, through: n + 10, by: -2) {
            late = 1 - z.high / (factor * (factor + 1)) * late
        }
        var sum = DoubleDouble(late)
        for factor in stride(from: n + 8, through: n, by: -2) {
            sum = DoubleDouble(1) - z * sum / DoubleDouble(factor * (factor + 1))
        }
        return sum
    }

    /// A word of zeros, and then 1,216 binary digits of 2/π.
    private static let twoOverPi: [UInt64] = [
        0,
        0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0, 0xdb62_9599_3c43_9041, 0xfe51_63ab_debb_c561,
        0xb724_6e3a_424d_d2e0, 0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e, 0xe882_35f5_2ebb_4484,
        0xe99c_7026_b45f_7e41, 0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b, 0x1ff8_97ff_de05_980f,
        0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7, 0x4f46_3f66_9e5f_ea2d, 0x7527_bac7_ebe5_f17b,
        0x3d07_39f7_8a52_92ea, 0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab,
    ]
}
