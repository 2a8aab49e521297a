import Recurrent

/// Mistakes with layers, losses, optimizers, schedules and data.
enum TrainingMisuse {
    static var all: [Misuse] { layers + states + losses + optimizers + schedules + data + numbers }

    private static func x(_ shape: Int...) -> Tensor { Tensor.zeros(shape) }
    private static func weight() -> Tensor { Tensor([1, 2]).requiringGradient() }
    private static func rnn() -> RNN { RNN(inputSize: 3, hiddenSize: 4) }

    private static let layers = [
        Misuse("RNN(inputSize: 0)") { _ = RNN(inputSize: 0, hiddenSize: 4) },
        Misuse("LSTM(layerCount: 0)") { _ = LSTM(inputSize: 1, hiddenSize: 4, layerCount: 0) },
        Misuse("GRU with dropout and one layer") { _ = GRU(inputSize: 1, hiddenSize: 4, dropout: 0.5) },
        Misuse("Dropout(1.5)") { _ = Dropout(1.5) },
        Misuse("RNN of inputs 3 on [5, 2, 4]") { _ = rnn()(x(5, 2, 4)) },
        Misuse("RNN of inputs 3 on [3]") { _ = rnn()(x(3)) },
        Misuse("LSTM of inputs 1 on [20]") { _ = LSTM(inputSize: 1, hiddenSize: 4, batchFirst: true)(x(20)) },
        Misuse("GRU on no time steps") { _ = GRU(inputSize: 3, hiddenSize: 4)(x(0, 2, 3)) },
        Misuse("RNNCell on a whole sequence") {
            _ = RNNCell(inputSize: 3, hiddenSize: 4)(x(5, 2, 3), HiddenState(x(2, 4)))
        },
        Misuse("Unrolled on one step") { _ = Unrolled(RNNCell(inputSize: 3, hiddenSize: 4))(x(2, 3)) },
        Misuse("Linear of inputs 32 on [32, 10]") { _ = Linear(inputSize: 32, outputSize: 1)(x(32, 10)) },
        Misuse("Linear of inputs 1 on [10]") { _ = Linear(inputSize: 1, outputSize: 1)(x(10)) },
        Misuse("Embedding of 16 with index 16") {
            _ = Embedding(count: 16, size: 8)(IntTensor([[1, 16]]))
        },
        Misuse("Embedding with padding index 16 of 16") {
            _ = Embedding(count: 16, size: 8, paddingIndex: 16)
        },
        Misuse("LayerNorm([5]) on [2, 4]") { _ = LayerNorm([5])(x(2, 4)) },
        Misuse("LayerNorm([])") { _ = LayerNorm([]) },
        Misuse("packed with a length too many") { _ = packed(x(5, 2, 3), lengths: [5, 4, 3]) },
        Misuse("packed with a length of 6 of 5") { _ = packed(x(5, 2, 3), lengths: [6, 4]) },
        Misuse("packed unsorted where sorted was promised") {
            _ = packed(x(5, 2, 3), lengths: [4, 5], enforceSorted: true)
        },
    ]

    private static let states = [
        Misuse("RNN with a state of another batch") { _ = rnn()(x(5, 2, 3), HiddenState(x(1, 3, 4))) },
        Misuse("RNN, batch first, with a state that is too") {
            _ = RNN(inputSize: 3, hiddenSize: 4, batchFirst: true)(x(2, 5, 3), HiddenState(x(2, 1, 4)))
        },
        Misuse("LSTM with a cell state of another size") {
            _ = LSTM(inputSize: 3, hiddenSize: 4)(x(5, 2, 3), LSTMState(x(1, 2, 4), x(1, 2, 5)))
        },
        Misuse("LSTMCell with a state of another batch") {
            _ = LSTMCell(inputSize: 3, hiddenSize: 4)(x(2, 3), LSTMState(x(1, 4), x(1, 4)))
        },
        Misuse("backward() through an RNN's carried state") {
            let layer = rnn()
            var state: HiddenState?
            for _ in 0..<2 {
                let (output, next) = layer(x(5, 2, 3), state)
                output.sum().backward()
                state = next
            }
        },
    ]

    private static let losses = [
        Misuse("meanSquaredError [8] against [8, 1]") { _ = meanSquaredError(x(8), x(8, 1)) },
        Misuse("meanAbsoluteError [8, 1] against [8]") { _ = meanAbsoluteError(x(8, 1), x(8)) },
        Misuse("huberLoss with delta 0") { _ = huberLoss(x(2), x(2), delta: 0) },
        Misuse("smoothL1Loss with beta -1") { _ = smoothL1Loss(x(2), x(2), beta: -1) },
        Misuse("binaryCrossEntropy of other shapes") { _ = binaryCrossEntropy(logits: x(4, 1), x(4)) },
        Misuse("crossEntropy with class 3 of 3") { _ = crossEntropy(x(2, 3), IntTensor([0, 3])) },
        Misuse("crossEntropy with classes of another batch") {
            _ = crossEntropy(x(2, 3), IntTensor([0, 1, 2]))
        },
        Misuse("crossEntropy with two weights for three classes") {
            _ = crossEntropy(x(2, 3), IntTensor([0, 1]), weight: x(2))
        },
        Misuse("crossEntropy with label smoothing 2") {
            _ = crossEntropy(x(2, 3), IntTensor([0, 1]), labelSmoothing: 2)
        },
        Misuse("negativeLogLikelihood of a number") { _ = negativeLogLikelihood(Tensor(1), IntTensor([0])) },
    ]

    private static let optimizers = [
        Misuse("step() without a gradient") { SGD([weight()], learningRate: 0.1).step() },
        Misuse("Adam without parameters") { _ = Adam([], learningRate: 0.1) },
        Misuse("Adam of a constant") { _ = Adam([Tensor([1, 2])], learningRate: 0.1) },
        Misuse("SGD of one parameter twice") {
            let w = weight()
            _ = SGD([w, w], learningRate: 0.1)
        },
        Misuse("SGD with a learning rate of -1") { _ = SGD([weight()], learningRate: -1) },
        Misuse("SGD with Nesterov and no momentum") {
            _ = SGD([weight()], learningRate: 1, nesterov: true)
        },
        Misuse("Adam with a beta of 1") { _ = Adam([weight()], learningRate: 1, betas: (1, 0.999)) },
        Misuse("clipGradients to a norm of -1") { clipGradients([weight()], norm: -1) },
        Misuse("clipGradients to a value of -1") { clipGradients([weight()], value: -1) },
    ]

    private static let schedules = [
        Misuse("ReduceLROnPlateau with a factor of 1") {
            _ = ReduceLROnPlateau(SGD([weight()], learningRate: 1), factor: 1)
        },
        Misuse("StepDecay every 0 steps") { _ = StepDecay(SGD([weight()], learningRate: 1), every: 0) },
        Misuse("OneCycle of 0 steps") {
            _ = OneCycle(SGD([weight()], learningRate: 1), maximum: 1, steps: 0)
        },
    ]

    private static let data = [
        Misuse("TensorDataset of 3 inputs and 2 targets") { _ = TensorDataset(x(3, 1), x(2, 1)) },
        Misuse("DataLoader with batches of 0") {
            _ = DataLoader(TensorDataset(x(3, 1), x(3, 1)), batchSize: 0)
        },
        Misuse("slidingWindows longer than the series") { _ = slidingWindows(over: [1, 2, 3], length: 3) },
        Misuse("slidingWindows of length 0") { _ = slidingWindows(over: [1, 2, 3], length: 0) },
        Misuse("padded sequences of other features") { _ = padded([x(2, 3), x(4, 2)]) },
    ]

    private static let numbers = [
        Misuse("integers from an empty range") { _ = Generator(seed: 0).integers(2, in: 3..<3) },
        Misuse("permutation(-1)") { _ = Generator(seed: 0).permutation(-1) },
    ]
}
