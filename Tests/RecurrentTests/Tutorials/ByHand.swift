import Recurrent

/// Tutorial 004: a recurrent network of two matrices, updated by hand after every time step.
enum ByHandTutorial {
    /// The times whose sines are the data.
    static let times = (0...20).map { $0 == 20 ? 10 : Double($0) * (8 / 20) + 2 }

    static func run(
        seed: Int,
        epochs: Int = 300,
        times: [Double] = times,
        contextSize: Int = 6,
        learningRate: Float = 0.1
    ) -> Trace {
        let points = times.map { Float(Circle.sineAndCosine(of: $0).sine) }
        let length = points.count - 1
        let x = Tensor(shape: [length, 1], scalars: Array(points.dropLast()))
        let y = Tensor(shape: [length, 1], scalars: Array(points.dropFirst()))

        manualSeed(seed)
        let w1 = Tensor.normal([contextSize + 1, contextSize], mean: 0, standardDeviation: 0.4)
            .requiringGradient()
        let w2 = Tensor.normal([contextSize, 1], mean: 0, standardDeviation: 0.3).requiringGradient()
        var trace = Trace([NamedTensor("w1", w1), NamedTensor("w2", w2)])

        func forward(_ input: Tensor, _ context: Tensor) -> (Tensor, Tensor) {
            let context = tanh(concatenated([input, context], axis: 1).matmul(w1))
            return (context.matmul(w2), context)
        }

        for _ in 0..<epochs {
            var total: Float = 0
            var context = Tensor.zeros([1, contextSize])
            for step in 0..<length {
                let (prediction, next) = forward(x[step..<step + 1], context)
                let loss = (prediction - y[step..<step + 1]).pow(2).sum() / 2
                total += loss.item
                loss.backward()
                trace.noteFirstGradients()
                w1.data -= learningRate * w1.gradient!
                w2.data -= learningRate * w2.gradient!
                w1.zeroGradient()
                w2.zeroGradient()
                context = next.detached()
            }
            trace.losses.append(Double(total))
        }

        var predictions: [Float] = []
        var context = Tensor.zeros([1, contextSize])
        for step in 0..<length {
            let (prediction, next) = forward(x[step..<step + 1], context)
            context = next.detached()
            predictions.append(prediction.item)
        }
        trace.predictions = [("predictions", predictions)]
        return trace
    }
}
