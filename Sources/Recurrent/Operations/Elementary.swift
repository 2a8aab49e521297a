/// Elementary functions from additions, multiplications, divisions and powers of two only, so that every machine
/// gives the same bits. The system's own functions differ from one to the next.
///
/// `Double` has the series written here. `Float` takes them in double precision and rounds the result once.
extension Float: Real {
    package static var precision: Precision { .single }

    #if arch(wasm32)
        // WebAssembly has no fused multiply-add. The product of two Floats is exact as a Double; what the sum
        // loses is folded into its last bit ("round to odd"), so that rounding to Float rounds only once.
        package static func fused(_ addend: Float, _ left: Float, _ right: Float) -> Float {
            let product = Double(left) * Double(right)
            let addend = Double(addend)
            let sum = product + addend
            let other = sum - product
            let lost = (product - (sum - other)) + (addend - other)
            guard lost != 0, sum.isFinite, sum.bitPattern & 1 == 0 else { return Float(sum) }
            let awayFromZero = (lost > 0) == (sum > 0)
            return Float(Double(bitPattern: awayFromZero ? sum.bitPattern + 1 : sum.bitPattern - 1))
        }
    #else
        @inline(__always)
        package static func fused(_ addend: Float, _ left: Float, _ right: Float) -> Float {
            addend.addingProduct(left, right)
        }
    #endif

    package static func exp(_ x: Float) -> Float { Float(Double.exp(Double(x))) }
    package static func log(_ x: Float) -> Float { Float(Double.log(Double(x))) }
    package static func tanh(_ x: Float) -> Float { Float(Double.tanh(Double(x))) }
    package static func sigmoid(_ x: Float) -> Float { Float(Double.sigmoid(Double(x))) }
    package static func power(_ base: Float, _ exponent: Float) -> Float {
        Float(Double.power(Double(base), Double(exponent)))
    }
}

extension Double: Real {
    package static var precision: Precision { .double }

    /// Not fused: double precision serves comparisons, where the last bit does not count.
    @inline(__always)
    package static func fused(_ addend: Double, _ left: Double, _ right: Double) -> Double {
        addend + left * right
    }

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

    /// log x = k · ln 2 + log m with m near 1, where log m is the series of the inverse hyperbolic tangent.
    package static func log(_ x: Double) -> Double {
        if x.isNaN || x < 0 { return .nan }
        if x == 0 { return -.infinity }
        if x == .infinity { return x }
        var (k, m) = (Double(x.exponent), x.significand)
        if m > 1.4142135623730951 { (k, m) = (k + 1, m / 2) }
        let s = (m - 1) / (m + 1)
        let square = s * s
        var series = 0.0
        for n in stride(from: 23.0, through: 3, by: -2) { series = (series + 1 / n) * square }
        return k * ln2High + (k * ln2Low + (2 * s + 2 * s * series))
    }

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
