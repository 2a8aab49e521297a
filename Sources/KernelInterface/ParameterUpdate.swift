/// The formula by which an optimizer moves each number θ of a parameter along its gradient g, with what it remembers
/// of that number.
///
/// `fma(a, b, c)` is a · b + c, rounded once; all else is rounded step by step.
package enum ParameterUpdate {
    /// `θ = fma(pace, g, θ)`.
    case descent(pace: Float)

    /// `b = fma(taken, g, b · kept)`, `θ = fma(pace, b, θ)`; with a look ahead `θ = fma(pace, fma(ahead, b, g), θ)`.
    case momentum(
        velocity: UnsafeMutablePointer<Float>,
        kept: Float,
        taken: Float,
        ahead: Float?,
        pace: Float
    )

    /// `m = blend(m, g)`, `v = fma(taken · g, g, v · kept)`, `θ = θ · shrink + pace · m / (√v / scale + ε)`; where
    /// `largest` is given, the largest v so far takes the place of v.
    case adam(
        mean: UnsafeMutablePointer<Float>,
        square: UnsafeMutablePointer<Float>,
        largest: UnsafeMutablePointer<Float>?,
        blend: Blend,
        kept: Float,
        taken: Float,
        shrink: Float,
        scale: Float,
        epsilon: Float,
        pace: Float
    )

    /// `v = fma(taken · g, g, v · kept)`, `d = √v + ε`, `θ = θ + pace · g / d`. Where `mean` is given, `m = blend(m, g)`
    /// and d has the root of `fma(-m, m, v)`; where `velocity` is, `b = b · momentum + g / d` and `θ = fma(pace, b, θ)`.
    case rootMeanSquare(
        square: UnsafeMutablePointer<Float>,
        mean: UnsafeMutablePointer<Float>?,
        velocity: UnsafeMutablePointer<Float>?,
        blend: Blend,
        kept: Float,
        taken: Float,
        momentum: Float,
        epsilon: Float,
        pace: Float
    )

    /// `v = fma(g, g, v)`, `θ = θ + pace · g / (√v + ε)`.
    case squareSum(square: UnsafeMutablePointer<Float>, epsilon: Float, pace: Float)
}

/// A step from one number towards another, `a + w (b − a)`, in the form that is exact at the nearer end.
package struct Blend {
    /// w, or w − 1 where the step starts from b.
    package let weight: Float
    /// Whether the step starts from a.
    package let isSmall: Bool

    /// The step with weight w.
    package init(_ weight: Double) {
        isSmall = Float(weight).magnitude < 0.5
        self.weight = isSmall ? Float(weight) : Float(weight) - 1
    }
}
