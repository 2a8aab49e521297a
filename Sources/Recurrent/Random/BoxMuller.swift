/// Sixteen uniform numbers into sixteen normal ones: u and v become `√(−2 ln u) cos 2πv` and `√(−2 ln u) sin 2πv`.
///
/// The floats' logarithm, sine and cosine are single-precision polynomials, evaluated with fused multiply-adds
/// in the order in which PyTorch's kernels do it, for the numbers have to come out equal to the bit.
///
/// Source: G. Box and M. Muller, "A note on the generation of random normal deviates", Ann. Math. Statist. 29
/// (1958); S. Moshier's Cephes library (`logf`, `sinf`, `cosf`) for the coefficients.
enum BoxMuller {
    /// Eight of the sixteen at a time, as in the kernels whose bits these are.
    typealias Lanes = SIMD8<Float>

    /// Transforms `numbers[start ..< start + 16]`, uniform in [0, 1).
    static func transform(
        _ numbers: UnsafeMutableBufferPointer<Float>,
        at start: Int,
        mean: Double,
        standardDeviation: Double
    ) {
        var u = Lanes()
        var v = Lanes()
        for lane in 0..<8 {
            u[lane] = 1 - numbers[start + lane]
            v[lane] = numbers[start + 8 + lane]
        }
        let radius = (-2 * logarithm(u)).squareRoot()
        let (sine, cosine) = sineAndCosine(v * Float(2 * Double.pi))
        let mean = Lanes(repeating: Float(mean))
        let first = mean.addingProduct(radius * cosine, Float(standardDeviation))
        let second = mean.addingProduct(radius * sine, Float(standardDeviation))
        for lane in 0..<8 {
            numbers[start + lane] = first[lane]
            numbers[start + 8 + lane] = second[lane]
        }
    }

    /// Transforms `numbers[start ..< start + 16]`, uniform in [0, 1), in doubles.
    static func transform(_ numbers: inout [Double], at start: Int) {
        for index in start..<(start + 8) {
            let radius = (-2 * Logarithm.natural(of: 1 - numbers[index])).squareRoot()
            let (sine, cosine) = Circle.sineAndCosine(of: 2 * .pi * numbers[index + 8])
            numbers[index] = radius * cosine
            numbers[index + 8] = radius * sine
        }
    }

    /// The natural logarithm of positive, normal numbers.
    private static func logarithm(_ x: Lanes) -> Lanes {
        let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self)
        let half = Float(0.5).bitPattern
        let mantissa = unsafeBitCast(bits & 0x007f_ffff | half, to: Lanes.self)
        var exponent = Lanes(SIMD8<Int32>(truncatingIfNeeded: bits &>> 23) &- 126)
        let isSmall = mantissa .< 0.707106781186547524
        exponent -= Lanes().replacing(with: 1, where: isSmall)
        let m = mantissa - 1 + Lanes().replacing(with: mantissa, where: isSmall)

        let square = m * m
        var series = Lanes(repeating: 7.0376836292e-2)
        for coefficient: Float in [
            -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
            -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
        ] {
            series = Lanes(repeating: coefficient).addingProduct(series, m)
        }
        // ln 2 in two parts, the larger of which has few digits.
        var rest = (exponent * -2.12194440e-4).addingProduct(series * m, square)
        rest = rest.addingProduct(square, -0.5)
        return (m + rest).addingProduct(exponent, 0.693359375)
    }

    /// The sines and cosines of angles from 0 to 2π.
    private static func sineAndCosine(_ angle: Lanes) -> (sine: Lanes, cosine: Lanes) {
        // The octant, rounded up to an even one; π/4 in three parts of few digits each.
        let eighths = angle * 1.27323954473516
        var octant = SIMD8<Int32>()
        for lane in 0..<8 {
            octant[lane] = (Int32(eighths[lane]) + 1) & ~1
        }
        let turns = Lanes(octant)
        var x = angle
        for part: Float in [-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8] {
            x = x.addingProduct(turns, part)
        }
        let square = x * x
        var cosine = Lanes(repeating: 2.443315711809948e-5)
        for coefficient: Float in [-1.388731625493765e-3, 4.166664568298827e-2] {
            cosine = Lanes(repeating: coefficient).addingProduct(cosine, square)
        }
        cosine = (-(square * 0.5)).addingProduct(cosine * square, square) + 1
        var sine = Lanes(repeating: -1.9515295891e-4)
        for coefficient: Float in [8.3321608736e-3, -1.6666654611e-1] {
            sine = Lanes(repeating: coefficient).addingProduct(sine, square)
        }
        sine = x.addingProduct(sine * square, x)

        let isSwapped = octant & 2 .!= 0
        let sineIsNegative = octant & 4 .!= 0
        let cosineIsNegative = (octant &+ 2) & 4 .!= 0
        let first = sine.replacing(with: cosine, where: isSwapped)
        let second = cosine.replacing(with: sine, where: isSwapped)
        return (
            first.replacing(with: -first, where: sineIsNegative),
            second.replacing(with: -second, where: cosineIsNegative)
        )
    }
}
