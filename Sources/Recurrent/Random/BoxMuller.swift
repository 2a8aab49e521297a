/// Sixteen uniform numbers into sixteen normal ones: u and v become `√(−2 ln u) cos 2πv` and `√(−2 ln u) sin 2πv`.
///
/// This is for doubles; `makeNormal` of the kernels does it for floats.
///
/// Source: G. Box and M. Muller, "A note on the generation of random normal deviates", Ann. Math. Statist. 29 (1958).
enum BoxMuller {
    /// Transforms `numbers[start ..< start + 16]`, uniform in [0, 1).
    static func transform(_ numbers: inout [Double], at start: Int) {
        for index in start..<(start + 8) {
            let radius = (-2 * Logarithm.natural(of: 1 - numbers[index])).squareRoot()
            let (sine, cosine) = Circle.sineAndCosine(of: 2 * .pi * numbers[index + 8])
            numbers[index] = radius * cosine
            numbers[index + 8] = radius * sine
        }
    }
}
