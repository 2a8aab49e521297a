import Recurrent

/// Tutorial 002: an embedding, a recurrent layer and a linear one tell two kinds of sentences apart.
enum TextTutorial {
    struct Model: Layer {
        let embedding = Embedding(count: 16, size: 8)
        let rnn = RNN(inputSize: 8, hiddenSize: 8, batchFirst: true)
        let fc = Linear(inputSize: 8, outputSize: 2)

        func callAsFunction(_ words: IntTensor) -> Tensor {
            let (output, _) = rnn(embedding(words), rnn.zeroState(batchSize: words.shape[0]))
            return fc(output[.all, -1])
        }
    }

    static let sentences = IntTensor([[1, 2, 3, 4], [5, 6, 7, 8], [1, 9, 10, 11], [12, 13, 14, 15]])
    static let labels = IntTensor([0, 0, 1, 1])

    static func run(seed: Int, epochs: Int = 20, learningRate: Double = 0.01) -> Trace {
        manualSeed(seed)
        let loader = DataLoader(TensorDataset(sentences, labels), batchSize: 2, shuffle: true)
        let model = Model()
        var trace = Trace(model.namedParameters)
        let optimizer = Adam(model.parameters, learningRate: learningRate)
        for _ in 0..<epochs {
            for (words, labels) in loader {
                let loss = crossEntropy(model(words), labels)
                optimizer.zeroGradients()
                loss.backward()
                trace.noteFirstGradients()
                optimizer.step()
                trace.losses.append(Double(loss.item))
            }
        }
        trace.predictions = [("logits_all_sentences", withoutGradients { model(sentences) }.scalars)]
        return trace
    }
}
