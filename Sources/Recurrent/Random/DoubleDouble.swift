/// A number held as the unevaluated sum of two doubles, good to about 2⁻¹⁰⁰ of its size.
///
/// Logarithms, sines and cosines are worked out in it and then rounded once, so that they come out correctly
/// rounded but for about one argument in a hundred thousand, and equal to the bit on every machine. No step
/// needs a fused multiply-add or anything of the platform's mathematical library.
///
/// Source: T. J. Dekker, "A floating-point technique for extending the available precision",
/// Numerische Mathematik 18 (1971).
struct DoubleDouble: Equatable {
    var high: Double
    var low: Double

    init(high: Double, low: Double) {
        self.high = high
        self.low = low
    }

    init(_ value: Double) {
        self.init(high: value, low: 0)
    }

    /// The sum of two doubles, exactly.
    init(sumOf a: Double, and b: Double) {
        let sum = a + b
        let fromB = sum - a
        self.init(high: sum, low: (a - (sum - fromB)) + (b - fromB))
    }

    /// The product of two doubles, exactly; for magnitudes between 1e-140 and 1e140.
    init(productOf a: Double, and b: Double) {
        let (aHigh, aLow) = Self.halves(of: a)
        let (bHigh, bLow) = Self.halves(of: b)
        let product = a * b
        let error = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
        self.init(high: product, low: error)
    }

    /// The double nearest to the number.
    var rounded: Double { high + low }

    static func + (a: Self, b: Self) -> Self {
        let sum = Self(sumOf: a.high, and: b.high)
        let rest = Self(sumOf: a.low, and: b.low)
        let first = normalized(sum.high, sum.low + rest.high)
        return normalized(first.high, first.low + rest.low)
    }

    static prefix func - (a: Self) -> Self {
        Self(high: -a.high, low: -a.low)
    }

    static func - (a: Self, b: Self) -> Self {
        a + -b
    }

    static func * (a: Self, b: Self) -> Self {
        let product = Self(productOf: a.high, and: b.high)
        return normalized(product.high, product.low + (a.high * b.low + a.low * b.high))
    }

    static func / (a: Self, b: Self) -> Self {
        let first = a.high / b.high
        let remainder = a - b * Self(first)
        let second = remainder.high / b.high
        let rest = remainder - b * Self(second)
        let quotient = normalized(first, second)
        return quotient + Self(rest.high / b.high)
    }

    /// The same sum with `low` at most half a unit in the last place of `high`; asks for `high` to be the larger.
    private static func normalized(_ high: Double, _ low: Double) -> Self {
        let sum = high + low
        return Self(high: sum, low: low - (sum - high))
    }

    /// Two doubles of at most 26 significant bits whose sum is `a`.
    private static func halves(of a: Double) -> (high: Double, low: Double) {
        let scaled = 134_217_729 * a
        let high = scaled - (scaled - a)
        return (high, a - high)
    }
}
