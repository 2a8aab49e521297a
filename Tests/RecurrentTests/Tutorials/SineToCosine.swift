import Recurrent

/// Tutorial 003: three recurrent layers turn a sine into a cosine, the state carried from interval to interval.
struct SineToCosineTutorial {
    struct Model: Layer {
        let rnn: RNN
        let out: Linear

        init(hiddenSize: Int, layerCount: Int) {
            rnn = RNN(inputSize: 1, hiddenSize: hiddenSize, layerCount: layerCount, batchFirst: true)
            out = Linear(inputSize: hiddenSize, outputSize: 1)
        }

        func callAsFunction(_ x: Tensor, _ state: HiddenState) -> (Tensor, HiddenState) {
            let (output, state) = rnn(x, state)
            return (out(output), state)
        }
    }

    /// Inputs and targets [step, time].
    let x: Tensor
    let y: Tensor

    init(x: Tensor, y: Tensor) {
        (self.x, self.y) = (x, y)
    }

    /// Step after step, half a turn of both waves.
    init(steps: Int = 500, length: Int = 30) {
        let angles = (0..<steps).flatMap { step in
            (0..<length).map { (Double(step) + Double($0) / Double(length - 1)) * .pi }
        }
        let points = angles.map { Circle.sineAndCosine(of: Double(Float($0))) }
        x = Tensor(shape: [steps, length], scalars: points.map { Float($0.sine) })
        y = Tensor(shape: [steps, length], scalars: points.map { Float($0.cosine) })
    }

    func run(seed: Int, hiddenSize: Int = 32, layerCount: Int = 3, learningRate: Double) -> Trace {
        manualSeed(seed)
        let model = Model(hiddenSize: hiddenSize, layerCount: layerCount)
        var trace = Trace(model.namedParameters)
        let optimizer = Adam(model.parameters, learningRate: learningRate)
        let scheduler = ReduceLROnPlateau(optimizer, mode: .min, factor: 0.5, patience: 10)
        var state = model.rnn.zeroState(batchSize: 1)
        var predictions: [Float] = []
        for step in 0..<x.shape[0] {
            let (prediction, next) = model(x[step].reshaped([1, -1, 1]), state)
            predictions += prediction.scalars
            state = next.detached()
            let loss = meanSquaredError(prediction, y[step].reshaped([1, -1, 1]))
            optimizer.zeroGradients()
            loss.backward()
            trace.noteFirstGradients()
            trace.norms.append(Double(clipGradients(model.parameters, norm: 1)))
            optimizer.step()
            scheduler.step(loss.item)
            trace.losses.append(Double(loss.item))
            trace.learningRates.append(optimizer.learningRate)
        }
        trace.predictions = [("predict_value", predictions)]
        return trace
    }
}
