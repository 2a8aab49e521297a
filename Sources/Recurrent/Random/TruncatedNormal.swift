/// A normal distribution cut off at two limits, as PyTorch draws from it.
struct TruncatedNormal: Sendable {
    let mean: Double
    let deviation: Double
    let low: Double
    let high: Double

    /// Stops where there is nothing to draw.
    func check(_ operation: String, file: StaticString, line: UInt) {
        require(
            deviation > 0,
            "\(operation): the standard deviation is \(deviation); it must be above 0.",
            file: file,
            line: line
        )
        require(
            low < high,
            "\(operation): there is nothing between \(low) and \(high); give the smaller one first.",
            file: file,
            line: line
        )
    }

    /// Draws all numbers, and again all numbers for those that were not kept, until each is.
    func fill(_ numbers: UnsafeMutableBufferPointer<Float>, _ generator: Generator) {
        let share = Self.cumulative((high - mean) / deviation) - Self.cumulative((low - mean) / deviation)
        var isKept = [Bool](repeating: false, count: numbers.count)
        let drawn = UnsafeMutableBufferPointer<Float>.allocate(capacity: numbers.count)
        defer { drawn.deallocate() }
        // The logarithm of the density where it is highest.
        let mode = (max(low, min(mean, high)) - mean) / deviation
        let peak = Float(-0.5 * (mode * mode))
        while isKept.contains(false) {
            if share > 0.3 {
                generator.fillNormal(drawn, mean: mean, standardDeviation: deviation)
                for index in numbers.indices where !isKept[index] {
                    numbers[index] = drawn[index]
                    isKept[index] = !(drawn[index] < Float(low) || drawn[index] > Float(high))
                }
            } else {
                generator.fillUniform(drawn, from: low, to: high)
                let chances = generator.uniform(numbers.count)
                for index in numbers.indices where !isKept[index] {
                    numbers[index] = drawn[index]
                    let distance = (drawn[index] - Float(mean)) / Float(deviation)
                    isKept[index] = !(Float.log(chances[index]) > distance * distance * -0.5 - peak)
                }
            }
        }
    }

    /// The share of the standard normal distribution below a number: (1 + erf(x / √2)) / 2, by the series of positive
    /// terms `φ(x) (x + x³/3 + x⁵/15 + …)`. It only decides between two ways to draw.
    private static func cumulative(_ x: Double) -> Double {
        if x.magnitude > 9 { return x > 0 ? 1 : 0 }
        var (term, sum, order) = (x, x, 1.0)
        while term.magnitude > 1e-17 * sum.magnitude {
            order += 2
            term *= x * x / order
            sum += term
        }
        return 0.5 + Double.exp(-0.5 * x * x) * 0.398_942_280_401_432_7 * sum
    }
}
