import Recurrent
import Testing

extension Parity {
    /// The draws of one seed that need no tensor, each from a fresh generator.
    @Test(arguments: RandomCase.all.filter { $0.draw != nil })
    func `random streams are PyTorch's`(random: RandomCase) throws {
        let draw = try #require(random.draw)
        let generator = Generator(seed: random.seed)
        switch draw {
        case .floats(let draw):
            #expect(draw(generator).map(\.bitPattern) == random.recorded.floats.map(\.bitPattern))
        case .doubles(let draw, let units):
            let drawn = draw(generator)
            #expect(drawn.count == random.recorded.doubles.count)
            for (ours, theirs) in zip(drawn, random.recorded.doubles) {
                #expect(abs(ours - theirs) <= units * theirs.ulp, "\(ours) is not \(theirs)")
            }
        case .integers(let draw):
            #expect(draw(generator) == random.recorded.ints)
        }
    }

    @Test(arguments: RandomCase.all)
    func `every draw is of a kind that a test reads`(random: RandomCase) {
        let others = ["rand_8x5", "mixed_sequence", "tutorial004_w1_then_w2", "seed"]
        let layers = ["Linear", "RNN", "LSTM", "GRU", "Embedding", "dropout", "DataLoader"]
        let isKnown =
            random.draw != nil || others.contains(random.key)
            || layers.contains { random.key.hasPrefix($0 + "_") }
        #expect(isKnown, "\(random.key) is of an unknown kind")
    }

    @Test(arguments: Fixture.all("rng").flatMap { $0.content.at("seeds").list ?? [] })
    func `calls of several kinds share one stream`(recorded: Recorded) throws {
        let generator = Generator(seed: UInt64(try #require(recorded["seed"]?.int)))
        for step in recorded["mixed_sequence"]?.list ?? [] {
            let call = try #require(step["call"]?.text)
            let parts = call.dropLast().split(separator: "(")
            let count = try #require(Int(parts[1]))
            let out = step.at("out")
            switch parts[0] {
            case "rand":
                #expect(generator.uniform(count) == out.floats, "\(call)")
            case "randn":
                #expect(generator.normal(count) == out.floats, "\(call)")
            case "randperm":
                #expect(generator.permutation(count) == out.ints, "\(call)")
            default:
                Issue.record("the call \(call) is unknown")
            }
        }
    }

    @Test(arguments: Fixture.all("rng").flatMap { $0.content.at("seeds").list ?? [] })
    func `repeated calls go on in one stream`(recorded: Recorded) throws {
        let seed = UInt64(try #require(recorded["seed"]?.int))
        let generator = Generator(seed: seed)
        for row in recorded["rand_8x5"]?.list ?? [] {
            #expect(generator.uniform(row.floats.count) == row.floats)
        }
        guard let weights = recorded["tutorial004_w1_then_w2"] else { return }
        generator.reseed(seed)
        for (name, deviation) in [("w1", 0.4), ("w2", 0.3)] {
            let expected = weights.at(name).floats
            #expect(generator.normal(expected.count, standardDeviation: deviation) == expected, "\(name)")
        }
    }
}

/// One entry of `rng.json`: a seed and a call, written as the entry's key.
struct RandomCase: Sendable, CustomTestStringConvertible {
    enum Draw {
        case floats((Generator) -> [Float])
        /// Equal within so many units in the last place.
        case doubles((Generator) -> [Double], units: Double)
        case integers((Generator) -> [Int])
    }

    let seed: UInt64
    let key: String
    let recorded: Recorded

    var testDescription: String { "\(key) after seed \(seed)" }

    static let all: [RandomCase] = Fixture.all("rng").flatMap { $0.content.at("seeds").list ?? [] }.flatMap {
        recorded in
        recorded.keys.map { key in
            RandomCase(seed: UInt64(recorded["seed"]?.int ?? 0), key: key, recorded: recorded.at(key))
        }
    }

    /// The draw that the key asks for, or nil if it is no plain draw.
    var draw: Draw? {
        let parts = key.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        let numbers = parts.compactMap(Double.init)
        let count = recorded.shape.reduce(1, *)
        let seed = seed
        switch (parts[0], parts.dropFirst().first) {
        case ("int32", _):
            return .integers { generator in
                (0..<count).map { _ in Int(generator.nextWord() & 0x7fff_ffff) }
            }
        case ("int64", _):
            return .integers { generator in (0..<count).map { _ in Int(generator.next() & (1 << 63 - 1)) } }
        case ("rand", "float64"):
            return .doubles({ $0.uniformDoubles(count) }, units: 0)
        case ("rand", _) where numbers.count == 1:
            return .floats { $0.uniform(count) }
        case ("uniform", _):
            return .floats { $0.uniform(count, from: numbers[0], to: numbers[1]) }
        case ("randn", "float64"):
            return .doubles({ $0.normalDoubles(count) }, units: 4)
        case ("randn", _):
            return .floats { $0.normal(count) }
        case ("normal", _):
            let (mean, deviation) = (numbers[numbers.count - 2], numbers[numbers.count - 1])
            return .floats { $0.normal(count, mean: mean, standardDeviation: deviation) }
        case ("randperm", _):
            return .integers { $0.permutation(count) }
        case ("randint", _):
            let limits = parts[1...2].map(Self.limit)
            return .integers { $0.integers(count, in: limits[0]..<limits[1]) }
        case ("bernoulli", ""):
            return .floats { $0.bernoulli(count, probability: numbers[1]) }
        case ("bernoulli", _):
            return .floats {
                $0.bernoulli(probabilities: [Float](repeating: Float(numbers[0]), count: count))
            }
        case ("numpy", "randn"):
            return .doubles({ _ in Self.numpy(seed, count) { $0.randn() } }, units: 1)
        case ("numpy", _):
            return .doubles({ _ in Self.numpy(seed, count) { $0.rand() } }, units: 0)
        default:
            return nil
        }
    }

    private static func numpy(
        _ seed: UInt64,
        _ count: Int,
        _ draw: (inout NumPyRandom) -> Double
    ) -> [Double] {
        var random = NumPyRandom(seed: UInt32(truncatingIfNeeded: seed))
        return (0..<count).map { _ in draw(&random) }
    }

    /// A limit as the keys write it: `100`, `2p28`, `2p28m1` for 2²⁸ − 1.
    private static func limit(_ text: String) -> Int {
        guard let power = text.firstIndex(of: "p") else { return Int(text) ?? 0 }
        let rest = text[text.index(after: power)...].split(separator: "m")
        return 1 << (Int(rest[0]) ?? 0) - (rest.count > 1 ? Int(rest[1]) ?? 0 : 0)
    }
}
