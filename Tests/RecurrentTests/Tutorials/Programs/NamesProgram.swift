import Recurrent

/// The program of "NLP From Scratch: Classifying Names with a Character-Level RNN": which language is a name of?
struct NamesProgram {
    struct Model: Layer {
        let rnn: RNN
        let h2o: Linear

        init(letters: Int, hiddenSize: Int, kinds: Int) {
            rnn = RNN(inputSize: letters, hiddenSize: hiddenSize)
            h2o = Linear(inputSize: hiddenSize, outputSize: kinds)
        }

        func callAsFunction(_ name: Tensor) -> Tensor {
            let (_, state) = rnn(name)
            return logSoftmax(h2o(state.hidden[0]), axis: 1)
        }
    }

    /// The names, and the number of each one's language.
    let examples: [(name: String, kind: Int)]
    let kindCount: Int
    let alphabet: Vocabulary

    init(examples: [(name: String, kind: Int)], kindCount: Int) {
        self.examples = examples
        self.kindCount = kindCount
        alphabet = Vocabulary(charactersOf: examples.map(\.name).joined())
    }

    /// The letters of a name, [letters of the name, 1, letters of the alphabet].
    private func encode(_ name: String) -> Tensor {
        Tensor.oneHot(IntTensor(alphabet.encode(text: name)), count: alphabet.count).unsqueezed(axis: 1)
    }

    struct Result {
        var losses: [Double] = []
        var norms: [Double] = []
        /// The number of names of each language that were taken for each, row after row.
        var confusion: [Int]
    }

    func run(
        seed: Int,
        hiddenSize: Int,
        learningRate: Double,
        batchSize: Int,
        epochs: Int,
        clip: Double
    ) -> Result {
        manualSeed(seed)
        let model = Model(letters: alphabet.count, hiddenSize: hiddenSize, kinds: kindCount)
        let optimizer = SGD(model.parameters, learningRate: learningRate)
        var result = Result(confusion: [Int](repeating: 0, count: kindCount * kindCount))
        for _ in 0..<epochs {
            let order = Generator.default.permutation(examples.count)
            for start in stride(from: 0, to: order.count, by: batchSize) {
                let batch = order[start..<min(start + batchSize, order.count)].map { examples[$0] }
                let losses = batch.map { negativeLogLikelihood(model(encode($0.name)), IntTensor([$0.kind])) }
                let loss = losses.reduce(Tensor(0), +) / Float(batch.count)
                optimizer.zeroGradients()
                loss.backward()
                result.norms.append(Double(clipGradients(model.parameters, norm: clip)))
                optimizer.step()
                result.losses.append(Double(loss.item))
            }
        }
        withoutGradients {
            for (name, kind) in examples {
                result.confusion[kind * kindCount + model(encode(name)).argmax()] += 1
            }
        }
        return result
    }
}
