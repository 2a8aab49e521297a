import Recurrent

/// Tutorial 002: an embedding, a recurrent layer and a linear one tell two kinds of sentences apart.
struct TextTutorial {
    struct Model: Layer {
        let embedding: Embedding
        let rnn: RNN
        let fc: Linear

        init(wordCount: Int, embeddingSize: Int, hiddenSize: Int, classCount: Int) {
            embedding = Embedding(count: wordCount, size: embeddingSize)
            rnn = RNN(inputSize: embeddingSize, hiddenSize: hiddenSize, batchFirst: true)
            fc = Linear(inputSize: hiddenSize, outputSize: classCount)
        }

        func callAsFunction(_ words: IntTensor) -> Tensor {
            let (output, _) = rnn(embedding(words), rnn.zeroState(batchSize: words.shape[0]))
            return fc(output[.all, -1])
        }
    }

    var sentences = IntTensor([[1, 2, 3, 4], [5, 6, 7, 8], [1, 9, 10, 11], [12, 13, 14, 15]])
    var labels = IntTensor([0, 0, 1, 1])
    var wordCount = 16
    var embeddingSize = 8
    var hiddenSize = 8
    var classCount = 2

    func run(seed: Int, epochs: Int = 20, batchSize: Int = 2, learningRate: Double = 0.01) -> Trace {
        manualSeed(seed)
        let loader = DataLoader(TensorDataset(sentences, labels), batchSize: batchSize, shuffle: true)
        let model = Model(
            wordCount: wordCount,
            embeddingSize: embeddingSize,
            hiddenSize: hiddenSize,
            classCount: classCount
        )
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
