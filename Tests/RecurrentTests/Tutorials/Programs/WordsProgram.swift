import Recurrent

/// The program of PyTorch's example "word_language_model": which word comes next?
struct WordsProgram {
    struct Model: Layer {
        let drop: Dropout
        let encoder: Embedding
        let rnn: LSTM
        /// The decoder's bias; its weight is the encoder's.
        let bias: Tensor

        init(words: Int, size: Int, layers: Int, dropout: Double) {
            drop = Dropout(dropout)
            encoder = Embedding(count: words, size: size)
            rnn = LSTM(inputSize: size, hiddenSize: size, layerCount: layers, dropout: dropout)
            // PyTorch draws a decoder of its own, and then ties it; so it initializes one weight twice.
            _ = Linear(inputSize: size, outputSize: words)
            for _ in 0..<2 { encoder.weight.data = .uniform([words, size], from: -0.1, to: 0.1) }
            bias = Tensor.zeros([words]).requiringGradient()
        }

        func callAsFunction(_ words: IntTensor, _ state: LSTMState) -> (Tensor, LSTMState) {
            let (output, next) = rnn(drop(encoder(words)), state)
            let decoded = drop(output).matmul(encoder.weight.transposed(0, 1)) + bias
            return (logSoftmax(decoded.reshaped([-1, bias.count]), axis: 1), next)
        }
    }

    /// The words, a column for each sequence that is read side by side.
    let training: IntTensor
    let validation: IntTensor
    /// The number of steps that the gradient goes back.
    let length: Int

    struct Result {
        var losses: [Double] = []
        var validation: [Double] = []
        var rates: [Double] = []
    }

    /// Pieces of the sequences one after the other, and the words that follow.
    private func pieces(_ source: IntTensor) -> [(IntTensor, IntTensor)] {
        stride(from: 0, to: source.shape[0] - 1, by: length).map { start in
            let end = min(start + length, source.shape[0] - 1)
            return (source[start..<end], source[start + 1..<end + 1].reshaped([-1]))
        }
    }

    private func evaluate(_ model: Model) -> Double {
        model.eval()
        defer { model.train() }
        return withoutGradients {
            var total = 0.0
            var state = model.rnn.zeroState(batchSize: validation.shape[1])
            for (words, targets) in pieces(validation) {
                let (output, next) = model(words, state)
                total += Double(words.shape[0]) * Double(negativeLogLikelihood(output, targets).item)
                state = next
            }
            return total / Double(validation.shape[0] - 1)
        }
    }

    func run(
        seed: Int,
        words: Int,
        size: Int,
        layers: Int,
        dropout: Double,
        learningRate: Double,
        clip: Double,
        epochs: Int
    ) -> Result {
        manualSeed(seed)
        let model = Model(words: words, size: size, layers: layers, dropout: dropout)
        let optimizer = SGD(model.parameters, learningRate: learningRate)
        let schedule = ReduceLROnPlateau(optimizer, factor: 0.25, patience: 0, threshold: 0)
        var result = Result()
        for _ in 0..<epochs {
            var state = model.rnn.zeroState(batchSize: training.shape[1])
            for (words, targets) in pieces(training) {
                optimizer.zeroGradients()
                let (output, next) = model(words, state.detached())
                state = next
                let loss = negativeLogLikelihood(output, targets)
                loss.backward()
                clipGradients(model.parameters, norm: clip)
                optimizer.step()
                result.losses.append(Double(loss.item))
            }
            let loss = evaluate(model)
            schedule.step(loss)
            result.validation.append(loss)
            result.rates.append(optimizer.learningRate)
        }
        return result
    }
}
