import KernelInterface
import Testing
import Turns

/// One number after the other, as the formulas say; the parity tests hold these to PyTorch's.
@Suite("An optimizer's step", .inTurns) struct ParameterUpdateTests {
    /// For lanes of every width, and what remains.
    private let count = 61

    @Test(arguments: Build.all)
    func `gives the same bits in every build, with decay and without`(_ build: Build) {
        for decay: Float in [0, 0.01] {
            for name in Rules.names {
                var samples = Samples(seed: 5)
                let start = samples.numbers(count)
                let gradient =
                    [Float.nan, .infinity, 0, -0.0, Float.leastNonzeroMagnitude]
                    + samples.numbers(count - 5, within: 3)
                let found = Rules(count: count).run(name, build.kernels, start, gradient, decay: decay)
                // One number at a time, there is nothing to share among lanes.
                let alone = start.indices.map { index in
                    Rules(count: 1).run(
                        name,
                        Build.all[0].kernels,
                        [start[index]],
                        [gradient[index]],
                        decay: decay
                    )[0]
                }
                #expect(sameBits(found, alone), "\(name), decay \(decay)")
            }
        }
    }

    @Test(arguments: Build.all)
    func `of plain descent is a fused multiply-add`(_ build: Build) {
        var samples = Samples(seed: 6)
        let (start, gradient) = (samples.numbers(count), samples.numbers(count))
        let found = Rules(count: count).run("descent", build.kernels, start, gradient, decay: 0.3, steps: 1)
        let plain = zip(start, gradient).map { $0.addingProduct(-0.1, $1.addingProduct(0.3, $0)) }
        #expect(sameBits(found, plain))
    }
}

/// Parameters that are moved some steps by a rule, with all its settings used.
private final class Rules {
    static let names = [
        "descent", "momentum", "nesterov", "adam", "amsgrad", "adam, slow", "rmsprop", "centered", "squares",
    ]

    private let count: Int
    private let memory: UnsafeMutablePointer<Float>

    init(count: Int) {
        self.count = count
        memory = .allocate(capacity: 3 * count)
        memory.initialize(repeating: 0.25, count: 3 * count)
    }

    deinit { memory.deallocate() }

    func run(
        _ name: String,
        _ kernels: any KernelSet.Type,
        _ start: [Float],
        _ gradient: [Float],
        decay: Float,
        steps: Int = 3
    ) -> [Float] {
        var parameter = start
        for _ in 0..<steps {
            kernels.update(&parameter, along: gradient, count: count, decay: decay, by: update(name))
        }
        return parameter
    }

    private func update(_ name: String) -> ParameterUpdate {
        let (first, second, third) = (memory, memory + count, memory + 2 * count)
        switch name {
        case "descent": return .descent(pace: -0.1)
        case "momentum": return .momentum(velocity: first, kept: 0.9, taken: 0.7, ahead: nil, pace: -0.1)
        case "nesterov": return .momentum(velocity: first, kept: 0.9, taken: 1, ahead: 0.9, pace: -0.1)
        case "adam", "amsgrad", "adam, slow":
            return .adam(
                mean: first,
                square: second,
                largest: name == "amsgrad" ? third : nil,
                blend: Blend(name == "adam, slow" ? 0.8 : 0.1),
                kept: 0.99,
                taken: 0.01,
                shrink: 0.97,
                scale: 0.3,
                epsilon: 1e-8,
                pace: -0.02
            )
        case "rmsprop", "centered":
            return .rootMeanSquare(
                square: second,
                mean: name == "centered" ? first : nil,
                velocity: name == "centered" ? third : nil,
                blend: Blend(0.01),
                kept: 0.99,
                taken: 0.01,
                momentum: 0.9,
                epsilon: 1e-8,
                pace: -0.02
            )
        default: return .squareSum(square: first, epsilon: 1e-10, pace: -0.1)
        }
    }
}
