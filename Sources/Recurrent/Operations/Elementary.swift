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

    /// Whole exponents by repeated multiplication, others as exp(exponent · log base).
    package static func power(_ base: Double, _ exponent: Double) -> Double {
        guard exponent == exponent.rounded(), exponent.magnitude <= 1024 else {
            if base == 0 { return exponent > 0 ? 0 : .infinity }
            return exponent == 0.5 ? base.squareRoot() : exp(exponent * log(base))
        }
        var (result, factor, left) = (1.0, base, Int(exponent.magnitude))
        while left > 0 {
            if left & 1 == 1 { result *= factor }
            factor *= factor
            left >>= 1
        }
        return exponent < 0 ? 1 / result : result
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
