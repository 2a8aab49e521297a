/// The 32-bit Mersenne twister MT19937, whose words both PyTorch and NumPy draw from.
///
/// Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), with the seeding of 2002.
public struct MersenneTwister: RandomNumberGenerator, Sendable {
    static let size = 624
    private static let distance = 397

    private var state: [UInt32]
    private var position = size
    /// The stop of a twister that was not seeded, whose state is empty.
    private var missingSeed: MissingSeed?

    /// Creates the twister that `torch.manual_seed(seed)` and `numpy.random.RandomState(seed)` create.
    @export(interface)
    public init(seed: UInt32) {
        state = [UInt32](repeating: seed, count: Self.size)
        for index in 1..<Self.size {
            let previous = state[index - 1]
            state[index] = 1_812_433_253 &* (previous ^ previous >> 30) &+ UInt32(index)
        }
    }

    /// Creates a twister that stops where a word is drawn.
    init(_ missingSeed: MissingSeed) {
        state = []
        self.missingSeed = missingSeed
    }

    /// The words, and the place of the next one; nil for a twister that was not seeded.
    var snapshot: (words: [UInt32], position: Int)? { missingSeed == nil ? (state, position) : nil }

    /// Creates a twister that goes on from words and a place; nil if there is no such place.
    init?(words: [Int], position: Int) {
        guard words.count == Self.size, position <= Self.size else { return nil }
        state = words.map { UInt32(truncatingIfNeeded: $0) }
        self.position = position
    }

    /// The next 32 random bits.
    @export(interface)
    public mutating func nextWord() -> UInt32 {
        if position == Self.size { twist() }
        var word = state[position]
        position += 1
        word ^= word >> 11
        word ^= word << 7 & 0x9d2c_5680
        word ^= word << 15 & 0xefc6_0000
        return word ^ word >> 18
    }

    /// The next 64 random bits: two words, the first is the high half.
    public mutating func next() -> UInt64 {
        let high = UInt64(nextWord())
        return high << 32 | UInt64(nextWord())
    }

    private mutating func twist() {
        // Here, and not at each word, so that it costs nothing.
        if let missingSeed { missingSeed.stop() }
        state.withUnsafeMutableBufferPointer { state in
            for index in 0..<Self.size {
                let next = state[index + 1 == Self.size ? 0 : index + 1]
                let far = index + Self.distance
                let bits = state[index] & 0x8000_0000 | next & 0x7fff_ffff
                state[index] =
                    state[far < Self.size ? far : far - Self.size] ^ bits >> 1
                    ^ (bits & 1 == 0 ? 0 : 0x9908_b0df)
            }
        }
        position = 0
    }
}
