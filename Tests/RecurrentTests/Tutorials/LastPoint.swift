import Recurrent

/// A recurrent layer and a linear one on its last step; tutorials 000 and 001.
struct LastPointModel: Layer {
    let rnn: RNN
    let fc: Linear

    init(hiddenSize: Int) {
        rnn = RNN(inputSize: 1, hiddenSize: hiddenSize, batchFirst: true)
        fc = Linear(inputSize: hiddenSize, outputSize: 1)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
        let (output, _) = rnn(x)
        return fc(output[.all, -1])
    }
}

/// Tutorial 000: the last point of a sine wave.
struct SineTutorial {
    let x: Tensor
    let y: Tensor
    let starts: [Double]

    /// The waves, from NumPy's stream.
    init(seed: Int, samples: Int = 1000, length: Int = 50) {
        var random = NumPyRandom(seed: UInt32(seed))
        var (inputs, targets): ([Float], [Float]) = ([], [])
        starts = (0..<samples).map { _ in
            let start = random.rand()
            let step = ((start + 2 * .pi) - start) / Double(length - 1)
            for index in 0..<length - 1 {
                inputs.append(Float(Circle.sineAndCosine(of: Double(index) * step + start).sine))
            }
            targets.append(Float(Circle.sineAndCosine(of: start + 2 * .pi).sine))
            return start
        }
        x = Tensor(shape: [samples, length - 1, 1], scalars: inputs)
        y = Tensor(targets)
    }

    func run(seed: Int, epochs: Int = 200, hiddenSize: Int = 32, learningRate: Double = 0.01) -> Trace {
        manualSeed(seed)
        let model = LastPointModel(hiddenSize: hiddenSize)
        var trace = Trace(model.namedParameters)
        let optimizer = Adam(model.parameters, learningRate: learningRate)
        for _ in 0..<epochs {
            let outputs = model(x)
            optimizer.zeroGradients()
            let loss = meanSquaredError(outputs.reshaped([x.shape[0]]), y)
            loss.backward()
            trace.noteFirstGradients()
            optimizer.step()
            trace.losses.append(Double(loss.item))
        }
        trace.predictions = [("test_output", withoutGradients { model(x[0..<10]) }.scalars)]
        return trace
    }
}

/// Tutorial 001: the next of the numbers 10, 20, … 90.
struct SeriesTutorial {
    let inputs: Tensor
    let targets: Tensor
    /// The window whose next number is asked for.
    let last: Tensor

    init(series: [Float] = [10, 20, 30, 40, 50, 60, 70, 80, 90], length: Int = 3) {
        (inputs, targets) = slidingWindows(over: series, length: length)
        last = Tensor(shape: [1, length, 1], scalars: Array(series.suffix(length)))
    }

    func run(seed: Int, epochs: Int = 500, hiddenSize: Int = 32, learningRate: Double = 0.01) -> Trace {
        manualSeed(seed)
        let model = LastPointModel(hiddenSize: hiddenSize)
        var trace = Trace(model.namedParameters)
        let optimizer = SGD(model.parameters, learningRate: learningRate)
        for _ in 0..<epochs {
            optimizer.zeroGradients()
            let loss = meanSquaredError(model(inputs), targets)
            loss.backward()
            trace.noteFirstGradients()
            optimizer.step()
            trace.losses.append(Double(loss.item))
        }
        trace.predictions = [
            ("predicted_next", withoutGradients { model(last) }.scalars),
            ("outputs_on_training_windows", withoutGradients { model(inputs) }.scalars),
        ]
        return trace
    }
}
