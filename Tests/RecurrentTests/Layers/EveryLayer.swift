import Recurrent
import Testing
import Turns

/// The derivatives of whole layers, with respect to their inputs, states and parameters.
extension DerivativeCheck {
    static let layers = [
        DerivativeCheck("Linear", [2, 3]) { x in
            let layer = Linear(inputSize: 3, outputSize: 2, generator: Generator(seed: 1))
            return layer(x[0])
        },
        DerivativeCheck("Embedding", [2, 3]) { x in
            let table = Embedding(count: 5, size: 3, paddingIndex: 0, generator: Generator(seed: 1))
            return table(IntTensor([1, 4])) * x[0]
        },
        DerivativeCheck("LayerNorm", [2, 4]) { x in LayerNorm([4])(x[0]) },
        DerivativeCheck("Dropout", [2, 4]) { x in
            let layer = Dropout(0.5)
            layer.eval()
            return layer(x[0])
        },
        DerivativeCheck("Sequential", [2, 3]) { x in
            Sequential(
                Linear(inputSize: 3, outputSize: 2, generator: Generator(seed: 1)),
                Tanh(),
                Sigmoid(),
                ReLU()
            )(
                x[0]
            )
        },
        DerivativeCheck("RNN", [4, 2, 3], [4, 2, 2]) { x in
            let layer = RNN(
                inputSize: 3,
                hiddenSize: 2,
                layerCount: 2,
                bidirectional: true,
                generator: Generator(seed: 1)
            )
            let (output, state) = layer(x[0], HiddenState(x[1]))
            return output.sum() + (state.hidden * state.hidden).sum()
        },
        DerivativeCheck("RNN with relu", [4, 2, 3]) { x in
            let layer = RNN(
                inputSize: 3,
                hiddenSize: 3,
                nonlinearity: .relu,
                generator: Generator(seed: 1)
            )
            return layer(x[0]).output
        },
        DerivativeCheck("LSTM", [4, 2, 3], [1, 2, 2], [1, 2, 2]) { x in
            let layer = LSTM(inputSize: 3, hiddenSize: 2, generator: Generator(seed: 1))
            let (output, state) = layer(x[0], LSTMState(x[1], x[2]))
            return output.sum() + (state.hidden * state.cell).sum()
        },
        DerivativeCheck("GRU", [2, 4, 3], [1, 2, 2]) { x in
            let layer = GRU(inputSize: 3, hiddenSize: 2, batchFirst: true, generator: Generator(seed: 1))
            return layer(x[0], HiddenState(x[1])).output
        },
        DerivativeCheck("LSTM with a projection", [4, 2, 3], [1, 2, 2], [1, 2, 3]) { x in
            let layer = LSTM(inputSize: 3, hiddenSize: 3, projectionSize: 2, generator: Generator(seed: 1))
            let (output, state) = layer(x[0], LSTMState(x[1], x[2]))
            return output.sum() + state.hidden.sum() * state.cell.sum()
        },
        DerivativeCheck("LayerNormLSTMCell", [2, 3], [2, 4], [2, 4]) { x in
            let cell = LayerNormLSTMCell(inputSize: 3, hiddenSize: 4, generator: Generator(seed: 1))
            let state = cell(x[0], LSTMState(x[1], x[2]))
            return state.hidden + state.cell
        },
        DerivativeCheck("LayerNormGRUCell", [2, 3], [2, 4]) { x in
            LayerNormGRUCell(inputSize: 3, hiddenSize: 4, generator: Generator(seed: 1))(
                x[0],
                HiddenState(x[1])
            ).hidden
        },
        DerivativeCheck("MultiHeadAttention", [2, 3, 4], [2, 2, 3]) { x in
            let layer = MultiHeadAttention(
                size: 4,
                heads: 2,
                keySize: 3,
                valueSize: 3,
                batchFirst: true,
                generator: Generator(seed: 1)
            )
            let (output, weights) = layer(x[0], x[1], x[1], averagingHeads: false)
            return output.sum() + (weights * weights).sum()
        },
        DerivativeCheck("AdditiveAttention", [2, 1, 3], [2, 4, 2]) { x in
            let layer = AdditiveAttention(
                querySize: 3,
                keySize: 2,
                hiddenSize: 4,
                generator: Generator(seed: 1)
            )
            return layer(x[0], x[1], x[1], mask: Tensor([[0, 0, 0, 1], [0, 0, 0, 0]])).context
        },
        DerivativeCheck("PositionalEncoding", [3, 2, 4]) { x in PositionalEncoding(size: 4, length: 5)(x[0])
        },
        DerivativeCheck("TransformerEncoder", [3, 2, 4]) { x in
            let layer = TransformerEncoderLayer(
                size: 4,
                heads: 2,
                feedForwardSize: 6,
                dropout: 0,
                activation: .gelu,
                normFirst: true,
                generator: Generator(seed: 1)
            )
            return TransformerEncoder(layer, count: 2, norm: LayerNorm([4]))(x[0], isCausal: true)
        },
        DerivativeCheck("packed", [4, 2, 3]) { x in
            let layer = GRU(inputSize: 3, hiddenSize: 2, generator: Generator(seed: 1))
            return layer(packed(x[0], lengths: [2, 4])).output.padded().sequences
        },
    ]
}

@Suite("Every kind of layer", .inTurns) struct EveryLayer {
    private func check(_ model: some Layer, _ loss: () -> Tensor) {
        let check = gradientCheck(model.namedParameters) { loss() }
        #expect(check.passes, "\(check)")
        #expect(check.count == model.parameterCount)
    }

    @Test("sends the right gradients to its parameters") func parameters() {
        let x = scatteredParameters([4, 2, 3])[0].detached()
        let rnn = RNN(inputSize: 3, hiddenSize: 2, layerCount: 2, generator: Generator(seed: 1))
        check(rnn) { rnn(x).output }
        let lstm = LSTM(inputSize: 3, hiddenSize: 2, bidirectional: true, generator: Generator(seed: 1))
        check(lstm) { lstm(x).output }
        let gru = GRU(inputSize: 3, hiddenSize: 2, generator: Generator(seed: 1))
        check(gru) { gru(packed(x, lengths: [2, 4])).output.padded().sequences }
        let cells = Unrolled(LSTMCell(inputSize: 3, hiddenSize: 2, generator: Generator(seed: 1)))
        check(cells) { cells(x).output }
        let projected = LSTM(inputSize: 3, hiddenSize: 3, projectionSize: 2, bidirectional: true)
        check(projected) { projected(x).output }
        let normalized = Unrolled(LayerNormLSTMCell(inputSize: 3, hiddenSize: 3))
        check(normalized) { normalized(x).output }
        let normalizedGRU = Unrolled(LayerNormGRUCell(inputSize: 3, hiddenSize: 3))
        check(normalizedGRU) { normalizedGRU(x).output }
        let encoder = TransformerEncoderLayer(size: 3, heads: 1, feedForwardSize: 4, dropout: 0)
        check(encoder) { encoder(x) }
        let additive = AdditiveAttention(querySize: 3, keySize: 3, hiddenSize: 2)
        check(additive) { additive(x, x, x).context }
        let linear = Linear(inputSize: 3, outputSize: 2, generator: Generator(seed: 1))
        check(linear) { linear(x) }
        let norm = LayerNorm([3])
        check(norm) { norm(x) }
        let table = Embedding(count: 4, size: 3, generator: Generator(seed: 1))
        check(table) { table(IntTensor([[1, 3], [1, 0]])) }
    }
}
