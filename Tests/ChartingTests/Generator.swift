/// Random numbers that are the same in every run (SplitMix64).
struct Generator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number of any size and sign, now and then a round one.
    mutating func number() -> Double {
        switch Int.random(in: 0..<8, using: &self) {
        case 0: 0
        case 1: Double(Int.random(in: -100...100, using: &self))
        case 2: Double.random(in: -1...1, using: &self) * PowersOf10.random(using: &self)
        default: Double.random(in: -10...10, using: &self)
        }
    }
}

private enum PowersOf10 {
    static func random(using generator: inout Generator) -> Double {
        Double("1e\(Int.random(in: -300...300, using: &generator))")!
    }
}
