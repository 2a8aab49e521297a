import Recurrent

/// The program of PyTorch's example "time_sequence_prediction": two cells, trained by LBFGS, go on with sine waves.
struct SinesProgram {
    struct Model: Layer {
        let lstm1: LSTMCell
        let lstm2: LSTMCell
        let linear: Linear

        init(hiddenSize: Int) {
            lstm1 = LSTMCell(inputSize: 1, hiddenSize: hiddenSize)
            lstm2 = LSTMCell(inputSize: hiddenSize, hiddenSize: hiddenSize)
            linear = Linear(inputSize: hiddenSize, outputSize: 1)
        }

        func callAsFunction(_ input: Tensor, future: Int = 0) -> Tensor {
            let time = input.shape[1]
            var state1 = lstm1.zeroState(batchSize: input.shape[0])
            var state2 = lstm2.zeroState(batchSize: input.shape[0])
            var outputs: [Tensor] = []
            for step in 0..<time + future {
                state1 = lstm1(step < time ? input[.all, step..<step + 1] : outputs[step - 1], state1)
                state2 = lstm2(state1.hidden, state2)
                outputs.append(linear(state2.hidden))
            }
            return concatenated(outputs, axis: 1)
        }
    }

    /// The waves [wave, time].
    let waves: Tensor
    /// The number of waves at the beginning that are kept for the test.
    let testCount: Int

    struct Result {
        /// The loss at each call of the closure.
        var losses: [Double] = []
        /// The test waves with their future.
        var ahead: [Double] = []
    }

    /// Trains in the precision of the waves.
    func run(
        seed: Int,
        hiddenSize: Int,
        learningRate: Double,
        maxIterations: Int,
        steps: Int,
        future: Int
    ) -> Result {
        manualSeed(seed)
        let model = Model(hiddenSize: hiddenSize)
        return waves.storage.precision == .single
            ? train(model, learningRate, maxIterations, steps, future)
            : Storage.withDoublePrecision(model.parameters.map(\.storage)) {
                train(model, learningRate, maxIterations, steps, future)
            }
    }

    private func train(
        _ model: Model,
        _ rate: Double,
        _ iterations: Int,
        _ steps: Int,
        _ future: Int
    ) -> Result {
        let (input, target) = (waves[testCount..., ..<(-1)], waves[testCount..., 1...])
        let optimizer = LBFGS(model.parameters, learningRate: rate, maxIterations: iterations)
        var result = Result()
        for _ in 0..<steps {
            optimizer.step {
                optimizer.zeroGradients()
                let loss = meanSquaredError(model(input), target)
                loss.backward()
                result.losses += loss.doubles
                return loss
            }
        }
        result.ahead = withoutGradients { model(waves[0..<testCount, ..<(-1)], future: future) }.doubles
        return result
    }
}
