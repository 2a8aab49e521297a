/// Powers of ten, and logarithms that are the same on every machine: no function of the C library is asked.
package enum PowersOfTen {
    /// The exponents that have a finite, normal power.
    private static let exponents = -307...308

    private static let table =
        powers(-exponents.lowerBound) { ($0 / 10, 0) }.reversed() + [1]
        + powers(exponents.upperBound) { (($0 >> 4) * 10, 4) }

    /// The first powers of ten or of a tenth, each rounded from 128 binary digits.
    ///
    /// - Parameter next: The digits of the next power, and the number of those dropped.
    private static func powers(_ count: Int, next: (UInt128) -> (digits: UInt128, dropped: Int)) -> [Double] {
        // The number is `digits` × 2^`exponent`, and its first binary digit is set.
        var (digits, exponent) = (UInt128(1) << 127, -127)
        return (0..<count).map { _ in
            let next = next(digits)
            let shift = next.digits.leadingZeroBitCount
            digits = next.digits << shift
            exponent += next.dropped - shift
            // The upper half of the digits decides, and of the lower whether it is zero.
            let rest: UInt64 = UInt64(truncatingIfNeeded: digits) == 0 ? 0 : 1
            let significand = Double(UInt64(digits >> 64) | rest)
            return Double(sign: .plus, exponent: exponent + 64, significand: significand)
        }
    }

    /// 10^`exponent`, as near as a double comes.
    package static func power(_ exponent: Int) -> Double {
        table[min(max(exponent, exponents.lowerBound), exponents.upperBound) - exponents.lowerBound]
    }

    /// The greatest whole exponent whose power of ten does not exceed `value`, which must be positive.
    package static func exponent(_ value: Double) -> Int {
        var low = 0
        var high = table.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if table[middle] <= value { low = middle } else { high = middle }
        }
        return low + exponents.lowerBound
    }

    /// The decimal logarithm of `value` + 1, exact for small values too.
    package static func log10(plusOne value: Double) -> Double {
        value < 1e-5
            ? value * (1 - value / 2) * 0.4342944819032518 : log10(min(value + 1, .greatestFiniteMagnitude))
    }

    /// The decimal logarithm of a positive, finite number.
    ///
    /// With `value` = m × 2^e and m near 1: ln m = 2 (s + s³/3 + s⁵/5 + …), s = (m − 1) / (m + 1).
    package static func log10(_ value: Double) -> Double {
        var fraction = value.significand
        var exponent = Double(value.exponent)
        if fraction > 1.4142135623730951 {
            fraction /= 2
            exponent += 1
        }
        let s = (fraction - 1) / (fraction + 1)
        let square = s * s
        var sum = 0.0
        for divisor in stride(from: 25.0, through: 1, by: -2) { sum = sum * square + 1 / divisor }
        return (2 * s * sum + exponent * 0.6931471805599453) * 0.4342944819032518
    }
}
