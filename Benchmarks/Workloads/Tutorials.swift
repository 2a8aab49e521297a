import Foundation
import Recurrent

/// The model of tutorials 000 and 001: a number from the last output of a sequence.
private struct LastOutput: Layer {
    let rnn = RNN(inputSize: 1, hiddenSize: 32, batchFirst: true)
    let head = Linear(inputSize: 32, outputSize: 1)

    func callAsFunction(_ x: Tensor) -> Tensor { head(rnn(x).output[.all, -1]) }
}

/// 000: the last point of 1000 sine waves, 200 epochs of Adam.
func lastPoint() -> () -> Duration {
    let waves = (0..<1000).map { _ -> [Float] in
        let start = Double.random(in: 0..<1)
        return (0..<50).map { Float(sin(start + 2 * .pi * Double($0) / 49)) }
    }
    let x = Tensor(waves.map { $0.dropLast().map { [$0] } })
    let y = Tensor(waves.map { [$0[49]] })
    let model = LastOutput()
    let optimizer = Adam(model.parameters, learningRate: 0.01)
    return timed {
        for _ in 0..<200 {
            let loss = meanSquaredError(model(x), y)
            optimizer.zeroGradients()
            loss.backward()
            optimizer.step()
        }
    }
}

/// 001: the next of nine numbers, 500 epochs of gradient descent.
func nextNumber() -> () -> Duration {
    let series = (1...9).map { Float(10 * $0) }
    let x = Tensor((0..<6).map { start in series[start..<start + 3].map { [$0] } })
    let y = Tensor((0..<6).map { [series[$0 + 3]] })
    let model = LastOutput()
    let optimizer = SGD(model.parameters, learningRate: 0.01)
    return timed {
        for _ in 0..<500 {
            optimizer.zeroGradients()
            meanSquaredError(model(x), y).backward()
            optimizer.step()
        }
    }
}

/// The model of tutorial 002: one of two classes from four words.
private struct Classifier: Layer {
    let embedding = Embedding(count: 16, size: 8)
    let rnn = RNN(inputSize: 8, hiddenSize: 8, batchFirst: true)
    let head = Linear(inputSize: 8, outputSize: 2)

    func callAsFunction(_ words: IntTensor) -> Tensor {
        let (output, _) = rnn(embedding(words), rnn.zeroState(batchSize: words.shape[0]))
        return head(output[.all, -1])
    }
}

/// 002: four sentences of two kinds, 20 epochs of shuffled pairs.
func textClasses() -> () -> Duration {
    let sentences = IntTensor([[1, 2, 3, 4], [5, 6, 7, 8], [1, 9, 10, 11], [12, 13, 14, 15]])
    let loader = DataLoader(TensorDataset(sentences, IntTensor([0, 0, 1, 1])), batchSize: 2, shuffle: true)
    let model = Classifier()
    let optimizer = Adam(model.parameters, learningRate: 0.01)
    return timed {
        for _ in 0..<20 {
            for (words, labels) in loader {
                let loss = crossEntropy(model(words), labels)
                optimizer.zeroGradients()
                loss.backward()
                optimizer.step()
            }
        }
    }
}

/// The model of tutorial 003: three layers, and a number at every step.
private struct EveryOutput: Layer {
    let rnn = RNN(inputSize: 1, hiddenSize: 32, layerCount: 3, batchFirst: true)
    let head = Linear(inputSize: 32, outputSize: 1)

    func callAsFunction(_ x: Tensor, _ state: HiddenState?) -> (Tensor, HiddenState) {
        let (output, state) = rnn(x, state)
        let steps = (0..<output.shape[1]).map { head(output[.all, $0]) }
        return (concatenated(steps, axis: 1).reshaped([x.shape[0], x.shape[1], 1]), state)
    }
}

/// 003: a cosine from a sine, 500 steps with a carried state, clipping and a falling learning rate.
func sineToCosine() -> () -> Duration {
    let model = EveryOutput()
    let optimizer = Adam(model.parameters, learningRate: 0.01)
    let schedule = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 10)
    return timed {
        var state: HiddenState?
        for step in 0..<500 {
            let angles = (0..<30).map { (Double(step) + Double($0) / 29) * .pi }
            let x = Tensor([angles.map { [Float(sin($0))] }])
            let y = Tensor([angles.map { [Float(cos($0))] }])
            let (prediction, next) = model(x, state)
            state = HiddenState(next.hidden.detached())
            let loss = meanSquaredError(prediction, y)
            optimizer.zeroGradients()
            loss.backward()
            clipGradients(model.parameters, norm: 1)
            optimizer.step()
            schedule.step(loss.item)
        }
    }
}

/// 004: a network by hand, operation by operation, 6000 steps of one number each.
func networkByHand() -> () -> Duration {
    let wave = (0...20).map { Float(sin(2 + 8 * Double($0) / 20)) }
    let x = Tensor(wave.dropLast().map { [$0] })
    let y = Tensor(wave.dropFirst().map { [$0] })
    let w1 = Tensor.normal([7, 6], mean: 0, standardDeviation: 0.4).requiringGradient()
    let w2 = Tensor.normal([6, 1], mean: 0, standardDeviation: 0.3).requiringGradient()
    return timed {
        for _ in 0..<300 {
            var context = Tensor.zeros([1, 6])
            for j in 0..<20 {
                let hidden = tanh(concatenated([x[j..<j + 1], context], axis: 1).matmul(w1))
                let loss = (hidden.matmul(w2) - y[j..<j + 1]).pow(2).sum() / 2
                loss.backward()
                w1.data -= 0.1 * w1.gradient!
                w2.data -= 0.1 * w2.gradient!
                w1.zeroGradient()
                w2.zeroGradient()
                context = hidden.detached()
            }
        }
    }
}
