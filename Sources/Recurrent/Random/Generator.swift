/// A stream of random numbers, equal to PyTorch's CPU stream for the same seed.
///
/// Whatever draws (initial weights, dropout, shuffling) takes a generator, by default that of the calling thread.
/// The streams are those of PyTorch 2.15 with vectorized kernels; every draw says how many 32-bit words of
/// the underlying `MersenneTwister` it takes, for that is what the numbers after it depend on.
///
///     manualSeed(0)
///     let noise = Tensor.randn([3])       // as torch.manual_seed(0); torch.randn(3)
///
///     let mine = Generator(seed: 7)
///     let order = mine.permutation(10)    // leaves the default generator as it was
///
/// A generator is not to be used by two threads at once.
public final class Generator: RandomNumberGenerator, Resumable {
    private var twister: MersenneTwister
    /// The second number of a pair of scalar normal draws, waiting to be the next one.
    var waitingNormal: Double?
    /// The seed the stream was started from.
    public private(set) var initialSeed: UInt64

    /// The seed of a default generator that nobody has seeded.
    public static let defaultSeed: UInt64 = 67_280_421_310_721

    /// Its name in a checkpoint.
    public var trainingRole: String { "generator" }

    /// Creates the generator of `torch.Generator().manual_seed(seed)`.
    ///
    /// - Parameter seed: any number; as in PyTorch only its low 32 bits matter.
    public init(seed: UInt64 = Generator.defaultSeed) {
        twister = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
        initialSeed = seed
    }

    /// Starts the stream over from a seed.
    public func reseed(_ seed: UInt64) {
        twister = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
        waitingNormal = nil
        initialSeed = seed
    }

    /// The state of a generator's stream.
    struct Stream {
        fileprivate var twister: MersenneTwister
        fileprivate var waitingNormal: Double?
        fileprivate var initialSeed: UInt64

        /// A stream that stops where something is drawn.
        init(missing seed: MissingSeed) {
            twister = MersenneTwister(seed)
            initialSeed = Generator.defaultSeed
        }

        fileprivate init(_ generator: Generator) {
            twister = generator.twister
            waitingNormal = generator.waitingNormal
            initialSeed = generator.initialSeed
        }
    }

    /// The stream as a checkpoint keeps it; nil where nothing was seeded.
    public var trainingState: TrainingState? {
        guard let state = twister.snapshot else { return nil }
        var stream = TrainingState(["position": Double(state.position)])
        stream.add("words", IntTensor(state.words.map { Int(truncatingIfNeeded: $0) }))
        // Two halves, for a seed may be larger than any Int.
        stream.add("seed_high", Double(initialSeed >> 32))
        stream.add("seed_low", Double(initialSeed & 0xffff_ffff))
        if let waitingNormal { stream.add("waiting_normal", waitingNormal) }
        return stream
    }

    /// Goes on in the stream of another generator.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        let words = try state.integers("words", shape: [MersenneTwister.size])
        let position = try state.count("position")
        let (high, low) = (try state.count("seed_high"), try state.count("seed_low"))
        guard let restored = MersenneTwister(words: words.scalars, position: position) else {
            throw .wrongNumber("\(position)", of: state.owner + "position")
        }
        twister = restored
        waitingNormal = try? state.number("waiting_normal")
        initialSeed = UInt64(truncatingIfNeeded: high) << 32 | UInt64(truncatingIfNeeded: low)
    }

    /// Goes on with another stream, and returns the one so far.
    func exchangeStream(for other: Stream) -> Stream {
        let former = Stream(self)
        twister = other.twister
        waitingNormal = other.waitingNormal
        initialSeed = other.initialSeed
        return former
    }

    /// The next 32 random bits.
    package func nextWord() -> UInt32 {
        twister.nextWord()
    }

    /// The next 64 random bits: two words, the first is the high half.
    public func next() -> UInt64 {
        twister.next()
    }

    /// A double from [0, 1) with 53 random bits: two words.
    func nextDouble() -> Double {
        Double(next() & (1 << 53 - 1)) * 0x1p-53
    }

    /// A float from [0, 1) with 24 random bits: one word.
    func nextFloat() -> Float {
        Float(nextWord() & 0xff_ffff) * 0x1p-24
    }
}

/// Starts the calling thread's default generator over, as `torch.manual_seed` does.
///
/// - Parameter seed: any number; a negative one counts from 2⁶⁴ down.
public func manualSeed(_ seed: Int) {
    Generator.default.reseed(UInt64(bitPattern: Int64(seed)))
}
