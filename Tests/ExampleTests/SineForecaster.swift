import Recurrent
import Testing

/// A model of a user's own, letter by letter as the design shows it. This target is compiled as a user's would be:
/// without our own settings.
@Suite("A model of one's own") struct SineForecasterTests {
    // swift-format-ignore
    @Test("compiles as the design shows it, learns, and has the right gradients") func trains() {
        let angles = (0..<8).map { row in (0...12).map { Double(row) * 0.3 + Double($0) * 0.5 } }
        let x = Tensor(angles.map { $0.dropLast().map { [Float(sin($0))] } })
        let y = Tensor(angles.map { [Float(sin($0[12]))] })

        manualSeed(0)                               // the stream of torch.manual_seed(0)

        struct SineForecaster: Layer {
            let rnn = RNN(inputSize: 1, hiddenSize: 32, batchFirst: true)
            let head = Linear(inputSize: 32, outputSize: 1)
            func callAsFunction(_ x: Tensor) -> Tensor {
                let (output, _) = rnn(x)            // [batch, time, 32]
                return head(output[.all, -1])       // [batch, 1]
            }
        }

        let model = SineForecaster()
        let optimizer = Adam(model.parameters, learningRate: 0.01)
        let before = meanSquaredError(model(x), y).item
        for epoch in 1...200 {
            let loss = meanSquaredError(model(x), y)
            optimizer.zeroGradients()
            loss.backward()
            optimizer.step()
        }

        #expect(meanSquaredError(model(x), y).item < before / 1000)
        let check = gradientCheck(model.namedParameters) { meanSquaredError(model(x), y) }
        #expect(check.passes, "\(check)")
        #expect(check.count == model.parameterCount)
        #expect(check.count == 1153)
    }
}
