extension Implementation {
    @export(interface)
    package static func spread(
        _ numbers: UnsafeMutablePointer<Float>,
        count: Int,
        from low: Float,
        to high: Float
    ) {
        Spread(numbers: numbers, low: low, high: high).run(count: count)
    }

    @export(interface)
    package static func makeNormal(
        _ numbers: UnsafeMutablePointer<Float>,
        count: Int,
        mean: Float,
        standardDeviation: Float
    ) {
        for start in stride(from: 0, to: count, by: 16) {
            let pairs = BoxMuller(
                numbers: numbers + start,
                mean: mean,
                standardDeviation: standardDeviation
            )
            #if AVX512 || AVX2
                pairs.run(SIMD8<Float>.self, at: 0)
            #else
                pairs.run(count: 8)
            #endif
        }
    }
}

private struct Spread: LaneWork {
    let numbers: UnsafeMutablePointer<Float>
    let low: Float
    let high: Float

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        let low = L(repeating: low)
        let high = L(repeating: high)
        let value = low.adding(L(from: numbers + index), times: high - low)
        value.replacing(with: low, where: value .== high).store(to: numbers + index)
    }
}

/// Eight pairs of uniform numbers, which stand eight apart, into as many of normal ones.
private struct BoxMuller: LaneWork {
    let numbers: UnsafeMutablePointer<Float>
    let mean: Float
    let standardDeviation: Float

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        let u = L(repeating: 1) - L(from: numbers + index)
        let v = L(from: numbers + index + 8)
        let radius = (L(repeating: -2) * logarithm(u)).squareRoot()
        let (sine, cosine) = sineAndCosine(v * L(repeating: Float(2 * Double.pi)))
        let (mean, deviation) = (L(repeating: mean), L(repeating: standardDeviation))
        mean.adding(radius * cosine, times: deviation).store(to: numbers + index)
        mean.adding(radius * sine, times: deviation).store(to: numbers + index + 8)
    }

    /// The natural logarithm of positive, normal numbers.
    @inline(__always)
    private func logarithm<L: Lanes>(_ x: L) -> L {
        let one = L(repeating: 1)
        let zero = L(repeating: 0)
        let mantissa = L(
            bits: x.bits & L.Bits(repeating: 0x007F_FFFF) | L.Bits(repeating: 0x3F00_0000)
        )
        var exponent = wholeNumber(x.bits &>> L.Bits(repeating: 23) &- L.Bits(repeating: 126)) as L
        let isSmall = mantissa .< L(repeating: 0.707106781186547524)
        exponent = exponent - zero.replacing(with: one, where: isSmall)
        let m = mantissa - one + zero.replacing(with: mantissa, where: isSmall)

        let square = m * m
        var series = L(repeating: 7.0376836292e-2)
        series = L(repeating: -1.1514610310e-1).adding(series, times: m)
        series = L(repeating: 1.1676998740e-1).adding(series, times: m)
        series = L(repeating: -1.2420140846e-1).adding(series, times: m)
        series = L(repeating: 1.4249322787e-1).adding(series, times: m)
        series = L(repeating: -1.6668057665e-1).adding(series, times: m)
        series = L(repeating: 2.0000714765e-1).adding(series, times: m)
        series = L(repeating: -2.4999993993e-1).adding(series, times: m)
        series = L(repeating: 3.3333331174e-1).adding(series, times: m)
        // ln 2 in two parts, the larger of which has few digits.
        var rest = (exponent * L(repeating: -2.12194440e-4)).adding(series * m, times: square)
        rest = rest.adding(square, times: L(repeating: -0.5))
        return (m + rest).adding(exponent, times: L(repeating: 0.693359375))
    }

    /// The sines and cosines of angles from 0 to 2π.
    @inline(__always)
    private func sineAndCosine<L: Lanes>(_ angle: L) -> (sine: L, cosine: L) {
        // The octant, rounded up to an even one; π/4 in three parts of few digits each.
        let octant = even(angle * L(repeating: 1.27323954473516))
        let turns = wholeNumber(octant) as L
        var x = angle.adding(turns, times: L(repeating: -0.78515625))
        x = x.adding(turns, times: L(repeating: -2.4187564849853515625e-4))
        x = x.adding(turns, times: L(repeating: -3.77489497744594108e-8))
        let square = x * x
        var cosine = L(repeating: 2.443315711809948e-5)
        cosine = L(repeating: -1.388731625493765e-3).adding(cosine, times: square)
        cosine = L(repeating: 4.166664568298827e-2).adding(cosine, times: square)
        let half = L(bits: (square * L(repeating: 0.5)).bits ^ L.Bits(repeating: .min))
        cosine = half.adding(cosine * square, times: square) + L(repeating: 1)
        var sine = L(repeating: -1.9515295891e-4)
        sine = L(repeating: 8.3321608736e-3).adding(sine, times: square)
        sine = L(repeating: -1.6666654611e-1).adding(sine, times: square)
        sine = x.adding(sine * square, times: x)

        // Octants 2 and 6 swap the two; 4 and 6 turn the sine's sign, 2 and 4 the cosine's.
        let isUpright = (wholeNumber(octant & L.Bits(repeating: 2)) as L) .< L(repeating: 1)
        let signs = L.Bits(repeating: 4)
        let sineSign = (octant & signs) &<< L.Bits(repeating: 29)
        let cosineSign = ((octant &+ L.Bits(repeating: 2)) & signs) &<< L.Bits(repeating: 29)
        let first = cosine.replacing(with: sine, where: isUpright)
        let second = sine.replacing(with: cosine, where: isUpright)
        return (L(bits: first.bits ^ sineSign), L(bits: second.bits ^ cosineSign))
    }

    /// 0, 2, 4, 6 or 8, whichever is nearest to a number from 0 on; of two the greater.
    @inline(__always)
    private func even<L: Lanes>(_ x: L) -> L.Bits {
        let shift = L(repeating: 12_582_912)
        let nearest = (x + shift) - shift
        let whole = nearest.replacing(with: nearest - L(repeating: 1), where: x .< nearest)
        let bits = (whole + shift).bits &- L.Bits(repeating: 0x4B40_0000)
        return (bits &+ L.Bits(repeating: 1)) & L.Bits(repeating: -2)
    }

    /// Whole numbers of few digits as lanes.
    @inline(__always)
    private func wholeNumber<L: Lanes>(_ bits: L.Bits) -> L {
        L(bits: bits &+ L.Bits(repeating: 0x4B40_0000)) - L(repeating: 12_582_912)
    }
}
