import KernelInterface
import Testing
import Turns

/// The parity tests hold the numbers to PyTorch's.
@Suite("Random numbers", .inTurns) struct DistributionTests {
    private static let uniform: [Float] = {
        var samples = Samples(seed: 8)
        let ends: [Float] = [0, 0x1p-24, 1 - 0x1p-24, 0.25, 0.5, 0.75, 0.125, 0.375]
        let any = (0..<2032).map { _ in Float(UInt32.random(in: 0..<1 << 24, using: &samples)) * 0x1p-24 }
        // Each end as a first number and as a second.
        return ends + ends.reversed() + any
    }()

    @Test(arguments: Build.all)
    func `are normal in the same bits in every build`(_ build: Build) {
        let results = [build, Build.all[0]].map { build in
            var numbers = DistributionTests.uniform
            build.kernels.makeNormal(&numbers, count: numbers.count, mean: 0.5, standardDeviation: 3)
            return numbers
        }
        #expect(sameBits(results[0], results[1]))
        #expect(!results[0].contains { !$0.isFinite })
    }

    @Test(arguments: Build.all, [(-1, 1), (0, 1), (-0.1, 0.3), (1, 1 + 0x1p-23)] as [(Float, Float)])
    func `lie below the upper limit, in the same bits in every build`(_ build: Build, limits: (Float, Float))
    {
        let (low, high) = limits
        var numbers = DistributionTests.uniform
        numbers.removeLast(3)
        let plain = numbers.map { number in
            let value = low.addingProduct(number, high - low)
            return value == high ? low : value
        }
        build.kernels.spread(&numbers, count: numbers.count, from: low, to: high)
        #expect(sameBits(numbers, plain))
        #expect(!numbers.contains { $0 < low || high <= $0 })
    }
}
