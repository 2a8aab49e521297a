import Foundation
import Recurrent
import Testing

/// The program on the first page of the engine's documentation, `Recurrent.docc/Recurrent.md`.
@Suite("The documentation's first page") struct FirstPage {
    // swift-format-ignore
    @Test("has a program that learns") func learns() {
        // Program:
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
        // End.

        #expect(meanSquaredError(model(x), y).item < 0.001)
    }

    @Test("shows that program, letter by letter") func isShown() throws {
        let file = URL(filePath: #filePath)
        let source = try String(contentsOf: file, encoding: .utf8)
        let match = try #require(source.firstMatch(of: /\/\/ Program:\n((?s).*?)        \/\/ End\./))
        let lines = match.1.split(separator: "\n", omittingEmptySubsequences: false).map { $0.dropFirst(8) }
        let page = try String(
            contentsOf: file.deletingLastPathComponent()
                .appending(path: "../../Sources/Recurrent/Recurrent.docc/Recurrent.md").standardized,
            encoding: .utf8
        )
        #expect(page.contains("```swift\n" + lines.joined(separator: "\n") + "```\n"))
    }
}
