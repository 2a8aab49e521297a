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

    @Test func `a recording has every layer's output and gradient, and what the run has named`() throws {
        let attention = MultiHeadAttention(size: 4, heads: 2, batchFirst: true, generator: Generator(seed: 1))
        let head = Linear(inputSize: 4, outputSize: 1, generator: Generator(seed: 1))
        let model = AttentionModel(attention: attention, head: head)
        let x = Tensor.randn([2, 3, 4])
        let recording = record(model) { model(x).sum().backward() }.recording
        #expect(recording.tensors.map(\.name) == ["attention.out_proj", "attention", "middle", "head"])
        let (middle, last) = (recording.tensors[2], recording.tensors[3])
        #expect(last.gradient?.scalars == [Float](repeating: 1, count: 6))
        #expect(middle.value.shape == [2, 3, 4])
        let slope = head.weight.scalars
        #expect(middle.gradient?.scalars == (0..<6).flatMap { _ in slope })
        #expect(try #require(middle.gradientNorm) > 0)
        #expect(x.recorded(as: "nobody looks").scalars == x.scalars)
    }

    @Test func `a summary is a tree with what each part puts out`() {
        let layer = TransformerEncoderLayer(size: 4, heads: 2, feedForwardSize: 8)
        let model = TransformerEncoder(layer, count: 1, norm: LayerNorm([4]))
        let expected = """
            layer                                                            output     parameters
            TransformerEncoder(1 layers)                                     [3, 2, 4]         180
              layers.0        TransformerEncoderLayer(4, 2 heads)            [3, 2, 4]         172
                self_attn     MultiHeadAttention(4, 2 heads)                 [3, 2, 4]          80
                  out_proj    Linear(4 → 4)                                  [3, 2, 4]          20
                linear1       Linear(4 → 8)                                  [3, 2, 8]          40
                dropout       Dropout(0.1)                                                       0
                linear2       Linear(8 → 4)                                  [3, 2, 4]          36
                norm1         LayerNorm([4])                                 [3, 2, 4]           8
                norm2         LayerNorm([4])                                 [3, 2, 4]           8
                dropout1      Dropout(0.1)                                                       0
                dropout2      Dropout(0.1)                                                       0
              norm            LayerNorm([4])                                 [3, 2, 4]           8
            """
        let summary = "\(model.summary { model(Tensor.zeros([3, 2, 4])) })"
        let words = { (text: String) in text.split(separator: "\n").map { $0.split(separator: " ") } }
        #expect(words(summary) == words(expected))
    }
}

private struct AttentionModel: Layer {
    let attention: MultiHeadAttention
    let head: Linear
    func callAsFunction(_ x: Tensor) -> Tensor { head(attention.output(x, x, x).recorded(as: "middle")) }
}
