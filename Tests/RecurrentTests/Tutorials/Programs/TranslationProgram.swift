import Recurrent

/// The program of "NLP From Scratch: Translation with a Sequence to Sequence Network and Attention".
struct TranslationProgram {
    struct Encoder: Layer {
        let embedding: Embedding
        let gru: GRU
        let dropout: Dropout

        init(words: Int, hiddenSize: Int, dropout: Double) {
            embedding = Embedding(count: words, size: hiddenSize)
            gru = GRU(inputSize: hiddenSize, hiddenSize: hiddenSize, batchFirst: true)
            self.dropout = Dropout(dropout)
        }

        func callAsFunction(_ words: IntTensor) -> (Tensor, HiddenState) { gru(dropout(embedding(words))) }
    }

    /// Bahdanau's attention: vᵀ tanh(W query + U keys), softmaxed, weighs the keys.
    struct Attention: Layer {
        let wa: Linear
        let ua: Linear
        let va: Linear

        init(hiddenSize: Int) {
            wa = Linear(inputSize: hiddenSize, outputSize: hiddenSize)
            ua = Linear(inputSize: hiddenSize, outputSize: hiddenSize)
            va = Linear(inputSize: hiddenSize, outputSize: 1)
        }

        func callAsFunction(_ query: Tensor, _ keys: Tensor) -> (context: Tensor, weights: Tensor) {
            let weights = softmax(va(tanh(wa(query) + ua(keys))).transposed(1, 2))  // [batch, 1, time]
            return (weights.matmul(keys), weights)
        }
    }

    struct Decoder: Layer {
        let embedding: Embedding
        let attention: Attention
        let gru: GRU
        let out: Linear
        let dropout: Dropout

        init(words: Int, hiddenSize: Int, dropout: Double) {
            embedding = Embedding(count: words, size: hiddenSize)
            attention = Attention(hiddenSize: hiddenSize)
            gru = GRU(inputSize: 2 * hiddenSize, hiddenSize: hiddenSize, batchFirst: true)
            out = Linear(inputSize: hiddenSize, outputSize: words)
            self.dropout = Dropout(dropout)
        }

        /// - Parameter target: The right words, which the next step is given instead of what was said.
        func callAsFunction(
            _ memory: Tensor,
            _ state: HiddenState,
            length: Int,
            target: IntTensor? = nil
        ) -> (said: Tensor, attention: Tensor) {
            var (state, word) = (state, IntTensor.zeros([memory.shape[0], 1]))
            var (outputs, weights): ([Tensor], [Tensor]) = ([], [])
            for step in 0..<length {
                let embedded = dropout(embedding(word))
                let (context, weight) = attention(state.hidden.permuted([1, 0, 2]), memory)
                let (output, next) = gru(concatenated([embedded, context], axis: 2), state)
                outputs.append(out(output))
                weights.append(weight)
                state = next
                word = target.map { $0[.all, step..<step + 1] } ?? outputs[step].argmax(axis: -1)
            }
            return (logSoftmax(concatenated(outputs, axis: 1)), concatenated(weights, axis: 1))
        }
    }

    /// Sentences and their translations, [pair, time].
    let sources: IntTensor
    let targets: IntTensor
    let words: Int

    struct Result {
        var losses: [Double] = []
        /// What the model says to the first sentences.
        var said: [Int] = []
        var attention: [Float] = []
    }

    func run(
        seed: Int,
        hiddenSize: Int,
        dropout: Double,
        learningRate: Double,
        batchSize: Int,
        epochs: Int,
        asked: Int
    ) -> Result {
        manualSeed(seed)
        let encoder = Encoder(words: words, hiddenSize: hiddenSize, dropout: dropout)
        let decoder = Decoder(words: words, hiddenSize: hiddenSize, dropout: dropout)
        let loader = DataLoader(TensorDataset(sources, targets), batchSize: batchSize, shuffle: true)
        let optimizers = [encoder.parameters, decoder.parameters].map { Adam($0, learningRate: learningRate) }
        let length = targets.shape[1]
        var result = Result()
        for _ in 0..<epochs {
            for (source, target) in loader {
                for optimizer in optimizers { optimizer.zeroGradients() }
                let (memory, state) = encoder(source)
                let (said, _) = decoder(memory, state, length: length, target: target)
                let loss = negativeLogLikelihood(said.reshaped([-1, words]), target.reshaped([-1]))
                loss.backward()
                for optimizer in optimizers { optimizer.step() }
                result.losses.append(Double(loss.item))
            }
        }
        encoder.eval()
        decoder.eval()
        withoutGradients {
            let (memory, state) = encoder(sources[0..<asked])
            let (said, attention) = decoder(memory, state, length: length)
            (result.said, result.attention) = (said.argmax(axis: -1).scalars, attention.scalars)
        }
        return result
    }
}
