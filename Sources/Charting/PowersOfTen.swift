/// Powers of ten, and logarithms that are the same on every machine: no function of the C library is asked.
package enum PowersOfTen {
    /// The exponents that have a finite, normal power.
    private static let exponents = -307...308

    private static let table =
        powers(-exponents.lowerBound, next: tenth).reversed() + [1]
        + powers(exponents.upperBound, next: tenfold)

    /// The first powers of ten or of a tenth, each rounded from 128 binary digits in four pieces: WebAssembly divides no
    /// wider numbers.
    private static func powers(_ count: Int, next: (inout [UInt64]) -> Int) -> [Double] {
        var pieces: [UInt64] = [1 << 31, 0, 0, 0]
        var exponent = -127
        return (0..<count).map { _ in
            exponent += next(&pieces)
            // The upper half of the digits decides, and of the lower whether it is zero.
            let rest: UInt64 = pieces[2] | pieces[3] == 0 ? 0 : 1
            let significand = Double(pieces[0] << 32 | pieces[1] | rest)
            return Double(sign: .plus, exponent: exponent + 64, significand: significand)
        }
    }

    /// Divides by ten, sets the first binary digit again, and returns the change of the exponent.
    private static func tenth(_ pieces: inout [UInt64]) -> Int {
        var rest: UInt64 = 0
        for index in pieces.indices {
            let value = rest << 32 | pieces[index]
            (pieces[index], rest) = (value / 10, value % 10)
        }
        let shift = pieces[0].leadingZeroBitCount - 32
        for index in pieces.indices {
            let below = index + 1 < pieces.count ? pieces[index + 1] : 0
            pieces[index] = (pieces[index] << shift | below >> (32 - shift)) & 0xFFFF_FFFF
        }
        return -shift
    }

    /// Multiplies by ten, drops the digits that are too many, and returns the change of the exponent.
    private static func tenfold(_ pieces: inout [UInt64]) -> Int {
        var carry: UInt64 = 0
        for index in pieces.indices.reversed() {
            let value = pieces[index] * 10 + carry
            (pieces[index], carry) = (value & 0xFFFF_FFFF, value >> 32)
        }
        let shift = 64 - carry.leadingZeroBitCount
        for index in pieces.indices.reversed() {
            let above = index > 0 ? pieces[index - 1] : carry
            pieces[index] = (above << (32 - shift) | pieces[index] >> shift) & 0xFFFF_FFFF
        }
        return shift
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
