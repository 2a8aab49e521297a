/// Elementary functions in double precision from additions, multiplications, divisions and powers of two only, so
/// that every machine gives the same bits. The system's own functions differ from one to the next.
extension Double {
    // ln 2 in two parts: the first has so few digits that its product with a whole exponent is exact.
    private static var ln2High: Double { 0x1.62e42fee00000p-1 }
    private static var ln2Low: Double { 0x1.a39ef35793c76p-33 }

    /// exp x = 2^k · exp r with |r| ≤ ln 2 / 2, where exp r is its Taylor series.
    package static func exp(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > 709.79 { return .infinity }
        if x < -745.2 { return 0 }
        let k = (x * 0x1.71547652b82fep0).rounded()
        let r = (x - k * ln2High) - k * ln2Low
        var series = 1.0
        for n in stride(from: 14.0, through: 1, by: -1) { series = 1 + series * r / n }
        // Two factors, for 2^k itself may lie outside the range where the product does not.
        let half = Int(k) / 2
        return series * powerOfTwo(half) * powerOfTwo(Int(k) - half)
    }

    /// The natural logarithm.
    package static func log(_ x: Double) -> Double { Logarithm.natural(of: x) }

    /// tanh x = (1 − e) / (1 + e) with e = exp(−2|x|); near zero, where that would lose digits, its Taylor series.
    package static func tanh(_ x: Double) -> Double {
        let size = x.magnitude
        if size < 0.03 {
            let s = x * x
            return x + x * s * (-1.0 / 3 + s * (2.0 / 15 + s * (-17.0 / 315 + s * (62.0 / 2835))))
        }
        let e = exp(-2 * size)
        let value = (1 - e) / (1 + e)
        return x < 0 ? -value : value
    }

    /// 1 / (1 + exp(−x)).
    package static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    /// Whole exponents by repeated multiplication, ½ and −½ by a root, which keeps the sign of −0 as in PyTorch; others
    /// as exp(exponent · log base).
    package static func power(_ base: Double, _ exponent: Double) -> Double {
        if exponent.magnitude == 0.5 { return exponent > 0 ? base.squareRoot() : 1 / base.squareRoot() }
        guard exponent == exponent.rounded(), exponent.magnitude <= 1024 else {
            return distantPower(base, exponent)
        }
        var (result, factor, left) = (1.0, base, Int(exponent.magnitude))
        while left > 0 {
            if left & 1 == 1 { result *= factor }
            factor *= factor
            left >>= 1
        }
        return exponent < 0 ? 1 / result : result
    }

    /// Powers that multiplication does not reach: of fractions, of very large exponents, of infinity and NaN. The corners
    /// are those of IEEE 754.
    private static func distantPower(_ base: Double, _ exponent: Double) -> Double {
        if base == 1 || base.isNaN { return base }
        if exponent.isNaN { return exponent }
        // From 2⁵³ on all doubles are even; so is infinity.
        let isWhole = exponent == exponent.rounded()
        let isOdd = isWhole && exponent.magnitude < 0x1p53 && Int64(exponent) % 2 != 0
        if base.sign == .minus && !isWhole && base != 0 && base.isFinite { return .nan }
        let size = base.magnitude
        let power =
            size == 1
            ? 1
            : size == 0 || size.isInfinite
                ? ((size == 0) == (exponent > 0) ? 0 : .infinity) : exp(exponent * log(size))
        return base.sign == .minus && isOdd ? -power : power
    }

    private static func powerOfTwo(_ exponent: Int) -> Double {
        Double(bitPattern: UInt64(1023 + exponent) << 52)
    }
}

// The same for each number in a block.
extension Double {
    package static func exp(_ x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int) {
        for index in 0..<count { y[index] = exp(x[index]) }
    }

    package static func log(_ x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int) {
        for index in 0..<count { y[index] = log(x[index]) }
    }

    package static func tanh(_ x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int) {
        for index in 0..<count { y[index] = tanh(x[index]) }
    }

    package static func sigmoid(_ x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int)
    {
        for index in 0..<count { y[index] = sigmoid(x[index]) }
    }
}
