internal import Foundation
import Recurrent
import Testing

@Suite struct GeneratorTests {
    @Test func `the default generator is the thread's own`() {
        manualSeed(3)
        let other = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            manualSeed(8)
            _ = Generator.default.uniform(1)
            other.signal()
        }
        other.wait()
        #expect(Generator.default.uniform(4) == Generator(seed: 3).uniform(4))
    }

    @Test func `only the low half of a seed matters, as in PyTorch`() {
        #expect(Generator(seed: 5).uniform(3) == Generator(seed: 5 + 1 << 32).uniform(3))
        #expect(Generator(seed: 5).uniform(3) != Generator(seed: 6).uniform(3))
        manualSeed(-1)
        #expect(Generator.default.initialSeed == .max)
    }

    @Test func `an odd scalar normal waits for the next call, unless reseeded`() {
        let generator = Generator(seed: 0)
        let pair = generator.normal(2)
        generator.reseed(0)
        #expect(generator.normal(1) + generator.normal(1) == pair)
        generator.reseed(0)
        _ = generator.normal(1)
        generator.reseed(0)
        #expect(generator.normal(1) == [pair[0]])
    }

    @Test func `a range's upper limit is left out even when rounding reaches it`() {
        // The width is one unit in the last place: every draw above one half rounds up to the limit.
        let numbers = Generator(seed: 1).uniform(100, from: 1, to: 1.0000001)
        #expect(numbers.allSatisfy { $0 == 1 })
    }

    @Test func `draws of nothing leave the stream as it was`() {
        let generator = Generator(seed: 2)
        #expect(generator.uniform(0).isEmpty)
        #expect(generator.normal(0).isEmpty)
        #expect(generator.permutation(0).isEmpty)
        #expect(generator.permutation(1) == [0])
        #expect(generator.uniform(2) == Generator(seed: 2).uniform(2))
    }

    @Test func `integers cover negative and very wide ranges`() {
        let generator = Generator(seed: 4)
        #expect(generator.integers(200, in: -2..<1).allSatisfy { (-2..<1).contains($0) })
        #expect(Set(generator.integers(200, in: -2..<1)) == [-2, -1, 0])
        #expect(generator.integers(50, in: .min ..< .max).contains { $0 < 0 })
    }
}
