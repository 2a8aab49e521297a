import Charting
import Foundation
import Recurrent
import Testing

/// The programs on the first pages of the libraries' documentation, which are compiled and run here.
@Suite("The first page of the documentation") struct FirstPageTests {
    @Test("draws what Charting's says") func charting() throws {
        let losses = (1...40).map { 3.3 / Double($0) }

        let chart = Chart("Loss while training") {
            for (epoch, loss) in losses.enumerated() {
                LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
            }
            RuleMark(y: .value("Target", 0.2))
        }
        .yScale(.log)

        let drawing = chart.rendered()
        print(drawing.svg)

        #expect(drawing.summary == "Loss against epoch, 40 points, falls from 3.3 to 0.0825. Target at 0.2.")
        #expect(try isCompiled("Charting"))
    }

    // swift-format-ignore
    @Test("learns what Recurrent's says") func recurrent() throws {
        manualSeed(0)

        struct SineForecaster: Layer {
            let rnn = RNN(inputSize: 1, hiddenSize: 32, batchFirst: true)
            let head = Linear(inputSize: 32, outputSize: 1)

            func callAsFunction(_ x: Tensor) -> Tensor {
                let (output, _) = rnn(x)            // [batch, time, 32]
                return head(output[.all, -1])       // [batch, 1]
            }
        }

        let series = (0..<120).map { sin(Float($0) * 0.25) }
        let (x, y) = slidingWindows(over: series, length: 12)
        let model = SineForecaster()
        let optimizer = Adam(model.parameters, learningRate: 0.01)
        for _ in 1...100 {
            let loss = meanSquaredError(model(x), y)
            optimizer.zeroGradients()
            loss.backward()
            optimizer.step()
        }
        print(meanSquaredError(model(x), y).item)

        #expect(meanSquaredError(model(x), y).item < 0.001)
        #expect(try isCompiled("Recurrent"))
    }

    /// Whether each line of the program on a library's page stands in this file, in the same order.
    private func isCompiled(_ library: String) throws -> Bool {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../..")
            .standardizedFileURL
        let page = root.appending(path: "Sources/\(library)/\(library).docc/\(library).md")
        let program = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```")[1]
        let lines = program.split(separator: "\n").dropFirst().filter { !$0.hasPrefix("import ") }
        var here = try String(contentsOfFile: #filePath, encoding: .utf8)
            .split(separator: "\n").map { $0.drop { $0 == " " } }[...]
        return !lines.isEmpty
            && lines.allSatisfy { line in
                guard let place = here.firstIndex(of: line.drop { $0 == " " }) else { return false }
                here = here[(place + 1)...]
                return true
            }
    }
}
