internal import Foundation
internal import Golden
import Recurrent
import Testing
internal import Turns

/// The five tutorials end in the same weights, to the bit, with every build of the kernels and any number of threads.
/// The golden holds for debug and release, and for every machine.
@Suite("The same bits", .inTurns) struct SameBits {
    @Test("come out of the five tutorials, here and now") func golden() throws {
        try expectGolden("SameBits.txt", Digests.all)
    }

    /// `Tests/WebAssembly/train` compares with the same numbers.
    @Test("come out of every epoch of the tutorial by hand") func losses() throws {
        var text = ""
        for seed in 0..<2 {
            let trace = ByHandTutorial.run(seed: seed)
            for (epoch, loss) in trace.losses.enumerated() {
                text += "seed \(seed), epoch \(epoch): \(hexadecimal(Float(loss).bitPattern, digits: 8))\n"
            }
            text += "seed \(seed), weights: \(hexadecimal(trace.digest, digits: 16))\n"
        }
        try expectGolden("ByHandLosses.txt", text)
    }

    #if arch(x86_64)
        @Test(
            "come out of every instruction set and thread count",
            arguments: [("baseline", 2), ("avx2", 1), ("avx2", 7), ("avx512", 2), ("avx512", 7)]
        )
        func variants(kernels: String, threads: Int) async throws {
            let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                [kernels = kernels as String, threads = threads as Int] in
                // Read when the first kernel runs.
                setenv("UNROLL_KERNELS", kernels, 1)
                setenv("UNROLL_THREADS", "\(threads)", 1)
                print(Digests.all, terminator: "")
            }
            let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
            try expectGolden("SameBits.txt", String(output.drop { $0 != "0" }))
        }
    #endif
}

/// The digests of the tutorials' final weights.
private enum Digests {
    /// A line for each tutorial. The first is cut short, for without fused multiply-adds in the processor its two
    /// hundred epochs would take minutes.
    static var all: String {
        let traces = [
            ("000, 3 epochs", SineTutorial(seed: 0).run(seed: 0, epochs: 3)),
            ("001", SeriesTutorial().run(seed: 0)),
            ("002", TextTutorial().run(seed: 0)),
            ("003", SineToCosineTutorial().run(seed: 0, learningRate: 0.01)),
            ("004", ByHandTutorial.run(seed: 0)),
            ("a wide layer", wideLayer),
        ]
        return traces.map { "\($0): \(hexadecimal($1.digest, digits: 16))\n" }.joined()
    }

    /// A layer after a step of training whose every part is worth sharing among seven threads.
    private static var wideLayer: Trace {
        manualSeed(0)
        let layer = LSTM(inputSize: 24, hiddenSize: 96)
        let trace = Trace(layer.namedParameters)
        let optimizer = SGD(layer.parameters, learningRate: 0.1)
        let output = layer(.randn([10, 40, 24])).output
        meanSquaredError(output, .randn(output.shape)).backward()
        optimizer.step()
        return trace
    }
}

private func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
}
