import Recurrent
import Testing

@Suite struct RecordingTests {
    private struct Model: Layer {
        let rnn = LSTM(inputSize: 1, hiddenSize: 3, layerCount: 2, batchFirst: true)
        let head = Linear(inputSize: 3, outputSize: 1)
        func callAsFunction(_ x: Tensor) -> Tensor { head(rnn(x).output[.all, -1]) }
    }

    @Test func `a recording shows every layer and step, and changes nothing`() throws {
        manualSeed(0)
        let model = Model()
        let x = Tensor.randn([2, 5, 1])
        let plain = model(x).sum()
        plain.backward()
        let gradients = model.parameters.map { $0.gradient?.scalars }
        model.zeroGradients()

        let (loss, recording) = record(model) {
            let loss = model(x).sum()
            loss.backward()
            return loss
        }
        #expect(loss.item == plain.item)
        #expect(model.parameters.map { $0.gradient?.scalars } == gradients)
        #expect(recording.passes.map(\.name) == ["rnn", "rnn"])
        #expect(recording.passes.map(\.layer) == [0, 1])
        #expect(recording["rnn"].allSatisfy { $0.steps.count == 5 && $0.gateNames == ["i", "f", "g", "o"] })

        for pass in recording.passes {
            for step in pass.steps {
                #expect(step.hidden.shape == [2, 3])
                let (o, c) = (step.gate("o"), try #require(step.cell))
                #expect(step.hidden.scalars == (o * tanh(c)).scalars)
                #expect(step.gate("g").scalars == tanh(step.preActivation("g")).scalars)
                #expect(try #require(step.cellGradientNorm) > 0)
            }
        }
        // The loss reads the last step only; its gradient there is the head's weight.
        let last = try #require(recording.passes[1].steps.last)
        #expect(last.hiddenGradient?.scalars == model.head.weight.scalars + model.head.weight.scalars)
    }

    @Test func `a summary lists layers, outputs and parameters`() {
        manualSeed(0)
        let model = Model()
        let summary = model.summary { model(Tensor.zeros([2, 5, 1])) }
        let expected = """
            layer                          output     parameters
            Model                                            172
              rnn   LSTM(1 → 3, 2 layers)  [2, 5, 3]         168
              head  Linear(3 → 1)          [2, 1]              4
            """
        #expect("\(summary)" == expected)
        #expect(model.summary().rows.allSatisfy { $0.output == nil })
    }
}
