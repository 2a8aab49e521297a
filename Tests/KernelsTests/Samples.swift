/// A small generator with a known stream (Vigna's SplitMix64), so that a failure comes back.
struct Samples: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Numbers of either sign, whose products round.
    mutating func numbers(_ count: Int, within bound: Float = 1) -> [Float] {
        (0..<count).map { _ in Float.random(in: -bound...bound, using: &self) }
    }
}

/// Whether both hold the same numbers, bit for bit. Any NaN equals any other.
func sameBits(_ left: [Float], _ right: [Float]) -> Bool {
    left.count == right.count
        && zip(left, right).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
}
