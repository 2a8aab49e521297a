extension DoubleDouble {
    /// The natural logarithm of a positive, normal number.
    ///
    /// The argument is split into `m · 2ᵏ` with m between √½ and √2; with `s = (m − 1) / (m + 1)`,
    /// `ln m = 2 (s + s³/3 + s⁵/5 + …)`. The late terms are small enough for plain doubles.
    static func logarithm(_ x: DoubleDouble) -> DoubleDouble {
        var exponent = Int(x.high.exponent)
        var scale = Double(sign: .plus, exponent: -exponent, significand: 1)
        if x.high * scale > 1.4142135623730951 {
            exponent += 1
            scale /= 2
        }
        let mantissa = DoubleDouble(high: x.high * scale, low: x.low * scale)
        let one = DoubleDouble(1)
        let s = (mantissa - one) / (mantissa + one)
        let square = s * s

        var late = 0.0
        for denominator in stride(from: 33.0, through: 9, by: -2) {
            late = 1 / denominator + square.high * late
        }
        var series = DoubleDouble(late)
        for denominator in [7.0, 5.0, 3.0] {
            series = one / DoubleDouble(denominator) + square * series
        }
        let logarithm = s + s * square * series
        return DoubleDouble(Double(exponent)) * .logarithmOfTwo
            + DoubleDouble(high: 2 * logarithm.high, low: 2 * logarithm.low)
    }

    private static let logarithmOfTwo = DoubleDouble(
        high: 0.6931471805599453,
        low: 2.3190468138462996e-17
    )
}

/// The logarithm as a double, the same bits on every machine.
package enum Logarithm {
    /// `ln x`, within 0.501 of a unit in the last place.
    @export(interface)
    package static func natural(of x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x < .infinity else { return x }
        return logarithm(x).rounded
    }

    /// `log₁₀ x`, within 0.501 of a unit in the last place.
    @export(interface)
    package static func decimal(of x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x < .infinity else { return x }
        return (logarithm(x) / logarithmOfTen).rounded
    }

    private static var logarithmOfTen: DoubleDouble {
        DoubleDouble(high: 2.302585092994046, low: -2.1707562233822494e-16)
    }

    /// The natural logarithm of a positive, finite number.
    private static func logarithm(_ x: Double) -> DoubleDouble {
        guard x.isNormal else {
            // Scaled up by 2⁵⁴, an exact step, subnormal numbers become normal.
            return DoubleDouble.logarithm(DoubleDouble(x * 0x1p54)) - .logarithm(DoubleDouble(0x1p54))
        }
        return DoubleDouble.logarithm(DoubleDouble(x))
    }

    /// `ln (1 + x)` without the loss that rounding `1 + x` would bring; for −1 < x < 2⁵³.
    @export(interface)
    package static func natural(ofOnePlus x: Double) -> Double {
        guard abs(x) > 0x1p-60 else { return x }
        return DoubleDouble.logarithm(DoubleDouble(sumOf: 1, and: x)).rounded
    }
}
