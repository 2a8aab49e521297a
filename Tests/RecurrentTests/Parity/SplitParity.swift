import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("split"))
    func `datasets are split at random as PyTorch's`(split: Case) throws {
        let examples = Array(0..<(try #require(split["count"].int)))
        manualSeed(try #require(split["seed"].int))
        let generator = split.content["own_seed"]?.int.map { Generator(seed: UInt64($0)) } ?? .default
        let parts =
            if let fractions = split.content["fractions"]?.doubles {
                examples.randomSplit(fractions: fractions, generator: generator)
            } else {
                examples.randomSplit(lengths: split["lengths"].ints, generator: generator)
            }
        #expect(parts.map(\.indices) == split["indices"].list?.map(\.ints))
        let after = split["rand_after"].floats
        #expect(Generator.default.uniform(after.count) == after)
    }
}
