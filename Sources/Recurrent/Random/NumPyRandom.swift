/// NumPy's legacy random numbers, `numpy.random.seed`, `rand` and `randn`, equal to the bit.
///
///     var random = NumPyRandom(seed: 0)
///     let start = random.rand()           // as np.random.seed(0); np.random.rand()
///
/// Source: NumPy's `RandomState`, whose streams are frozen.
public struct NumPyRandom: Sendable {
    private var twister: MersenneTwister
    /// The second number of a pair of normal draws, waiting to be the next one.
    private var waitingNormal: Double?

    /// Creates the stream of `numpy.random.seed(seed)`.
    public init(seed: UInt32) {
        twister = MersenneTwister(seed: seed)
    }

    /// A double from [0, 1) with 53 random bits.
    @export(interface)
    public mutating func rand() -> Double {
        let high = Double(twister.nextWord() >> 5)
        let low = Double(twister.nextWord() >> 6)
        return (high * 0x1p26 + low) * 0x1p-53
    }

    /// Doubles from [0, 1).
    ///
    /// - Returns: `count` numbers.
    public mutating func rand(
        _ count: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Double] {
        requireCount(count, of: "rand", file: file, line: line)
        return (0..<count).map { _ in rand() }
    }

    /// A normally distributed double, by G. Marsaglia's polar method.
    @export(interface)
    public mutating func randn() -> Double {
        if let waiting = waitingNormal {
            waitingNormal = nil
            return waiting
        }
        var x = 0.0
        var y = 0.0
        var square = 0.0
        repeat {
            x = 2 * rand() - 1
            y = 2 * rand() - 1
            square = x * x + y * y
        } while square >= 1 || square == 0
        let scale = (-2 * Logarithm.natural(of: square) / square).squareRoot()
        waitingNormal = scale * x
        return scale * y
    }

    /// Normally distributed doubles.
    ///
    /// - Returns: `count` numbers.
    public mutating func randn(
        _ count: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Double] {
        requireCount(count, of: "randn", file: file, line: line)
        return (0..<count).map { _ in randn() }
    }
}
