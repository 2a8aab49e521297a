import Recurrent

/// The trainings whose last bit is held, and how their goldens write them. Native code and WebAssembly run this text.
enum Digests {
    /// The trainings by their names. The first is cut short, for without fused multiply-adds in the processor its two
    /// hundred epochs would take minutes.
    static var trainings: [(name: String, run: () -> Trace)] {
        [
            ("000, 3 epochs", { SineTutorial(seed: 0).run(seed: 0, epochs: 3) }),
            ("001", { SeriesTutorial().run(seed: 0) }),
            ("002", { TextTutorial().run(seed: 0) }),
            ("003", { SineToCosineTutorial().run(seed: 0, learningRate: 0.01) }),
            ("004", { ByHandTutorial.run(seed: 0) }),
            ("a wide layer", { wideLayer }),
        ]
    }

    /// The line of a training: its name, and the digest of its final weights.
    static func line(_ name: String, _ trace: Trace) -> String {
        "\(name): \(hexadecimal(trace.digest, digits: 16))\n"
    }

    /// The loss of every epoch of the tutorial by hand.
    static var lossesByHand: String {
        var text = ""
        for seed in 0..<2 {
            let trace = ByHandTutorial.run(seed: seed)
            for (epoch, loss) in trace.losses.enumerated() {
                let bits = hexadecimal(UInt64(Float(loss).bitPattern), digits: 8)
                text += "seed \(seed), epoch \(epoch): \(bits)\n"
            }
            text += "seed \(seed), weights: \(hexadecimal(trace.digest, digits: 16))\n"
        }
        return text
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

    private static func hexadecimal(_ number: UInt64, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }
}
