import Recurrent

private struct Forecaster: Layer { let rnn: RNN }

/// Mistakes with layers, losses, optimizers, schedules and data.
enum TrainingMisuse {
    static var all: [Misuse] {
        layers + weights + attentions + cells + states + losses + sequenceLosses + inspections + optimizers
            + schedules
            + data + numbers
    }

    private static func x(_ shape: Int...) -> Tensor { Tensor.zeros(shape) }
    private static func weight() -> Tensor { Tensor([1, 2]).requiringGradient() }
    private static func rnn() -> RNN { RNN(inputSize: 3, hiddenSize: 4) }

    private static let layers = [
        Misuse("RNN(inputSize: 0)") { _ = RNN(inputSize: 0, hiddenSize: 4) },
        Misuse("GRU(hiddenSize: .max)") { _ = GRU(inputSize: 1, hiddenSize: .max) },
        Misuse("LSTM(layerCount: 0)") { _ = LSTM(inputSize: 1, hiddenSize: 4, layerCount: 0) },
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
        Misuse("packed of no sequences") { _ = packed(x(4, 0, 2), lengths: []) },
        Misuse("packed sequences padded to .max") {
            _ = packed(x(4, 1, 2), lengths: [3]).padded(totalLength: .max)
        },
        Misuse("packed unsorted where sorted was promised") {
            _ = packed(x(5, 2, 3), lengths: [4, 5], enforceSorted: true)
        },
    ]

    private static func attention() -> MultiHeadAttention {
        MultiHeadAttention(size: 4, heads: 2, batchFirst: true)
    }

    private static let attentions = [
        Misuse("MultiHeadAttention of 5 features with 2 heads") { _ = MultiHeadAttention(size: 5, heads: 2) },
        Misuse("MultiHeadAttention of size 4 on [2, 3, 5]") {
            _ = attention()(x(2, 3, 4), x(2, 3, 5), x(2, 3, 5))
        },
        Misuse("MultiHeadAttention of batches of 2 and 3") {
            _ = attention()(x(2, 3, 4), x(3, 2, 4), x(3, 2, 4))
        },
        Misuse("MultiHeadAttention with fewer values than keys") {
            _ = attention().output(x(2, 3, 4), x(2, 3, 4), x(2, 2, 4))
        },
        Misuse("MultiHeadAttention with a padding mask of time and batch") {
            _ = attention()(x(2, 3, 4), x(2, 3, 4), x(2, 3, 4), keyPaddingMask: x(3, 2))
        },
        Misuse("MultiHeadAttention with a mask of batch and keys") {
            _ = attention()(x(2, 3, 4), x(2, 3, 4), x(2, 3, 4), mask: x(2, 3))
        },
        Misuse("scaledDotProductAttention of batches of 2 and 1") {
            _ = scaledDotProductAttention(x(2, 3, 4), x(1, 3, 4), x(1, 3, 4))
        },
        Misuse("scaledDotProductAttention of a vector") {
            _ = scaledDotProductAttention(x(4), x(3, 4), x(3, 4))
        },
        Misuse("scaledDotProductAttention of 4 and 5 features") {
            _ = scaledDotProductAttention(x(3, 4), x(3, 5), x(3, 4))
        },
        Misuse("scaledDotProductAttention with fewer values than keys") {
            _ = scaledDotProductAttention(x(3, 4), x(3, 4), x(2, 4))
        },
        Misuse("scaledDotProductAttention with a bias of another shape") {
            _ = scaledDotProductAttention(x(3, 4), x(2, 4), x(2, 4), bias: x(2, 3))
        },
        Misuse("AdditiveAttention on a query without an axis of queries") {
            _ = AdditiveAttention(querySize: 3, keySize: 2, hiddenSize: 4)(x(2, 3), x(2, 5, 2), x(2, 5, 2))
        },
        Misuse("AdditiveAttention with fewer values than keys") {
            _ = AdditiveAttention(querySize: 3, keySize: 2, hiddenSize: 4)(x(2, 1, 3), x(2, 5, 2), x(2, 4, 2))
        },
        Misuse("AdditiveAttention with a mask of other keys") {
            let layer = AdditiveAttention(querySize: 3, keySize: 2, hiddenSize: 4)
            _ = layer(x(2, 1, 3), x(2, 5, 2), x(2, 5, 2), mask: x(2, 4))
        },
        Misuse("PositionalEncoding of size 4 on [2, 5]") { _ = PositionalEncoding(size: 4)(x(2, 5)) },
        Misuse("PositionalEncoding of 3 steps on 5") {
            _ = PositionalEncoding(size: 4, length: 3, batchFirst: true)(x(2, 5, 4))
        },
        Misuse("TransformerEncoderLayer(feedForwardSize: 0)") {
            _ = TransformerEncoderLayer(size: 4, heads: 2, feedForwardSize: 0)
        },
        Misuse("TransformerEncoder of no layers") {
            _ = TransformerEncoder(TransformerEncoderLayer(size: 4, heads: 2, feedForwardSize: 4), count: 0)
        },
    ]

    private static let cells = [
        Misuse("LSTM with a projection as large as its cell state") {
            _ = LSTM(inputSize: 3, hiddenSize: 4, projectionSize: 4)
        },
        Misuse("LSTM with a projection and a state without it") {
            _ = LSTM(inputSize: 3, hiddenSize: 4, projectionSize: 2)(
                x(5, 2, 3),
                LSTMState(x(1, 2, 4), x(1, 2, 4))
            )
        },
        Misuse("LayerNormLSTMCell on a whole sequence") {
            _ = LayerNormLSTMCell(inputSize: 3, hiddenSize: 4)(x(5, 2, 3), LSTMState(x(2, 4), x(2, 4)))
        },
        Misuse("LayerNormGRUCell with a state of another size") {
            _ = LayerNormGRUCell(inputSize: 3, hiddenSize: 4)(x(2, 3), HiddenState(x(2, 3)))
        },
    ]

    private static let inspections = [
        Misuse("softplus with beta 0") { _ = softplus(x(2), beta: 0) },
        Misuse("eigenvalues of [4, 3]") { _ = eigenvalues(x(4, 3)) },
        Misuse("spectralRadius of NaN") { _ = spectralRadius(Tensor([[.nan]])) },
    ]

    private static let sequenceLosses = [
        Misuse("binaryCrossEntropy of a probability of 1.5") {
            _ = binaryCrossEntropy(probabilities: Tensor([0.5, 1.5]), x(2))
        },
        Misuse("klDivergence of other shapes") { _ = klDivergence(x(2, 3), x(2)) },
        Misuse("cosineSimilarity of [2, 3] and [2]") { _ = cosineSimilarity(x(2, 3), x(2)) },
        Misuse("ctcLoss with the batch first") {
            _ = ctcLoss(x(2, 6, 4), IntTensor([[1], [2]]), inputLengths: [6, 6], targetLengths: [1, 1])
        },
        Misuse("ctcLoss with more steps than there are") {
            _ = ctcLoss(x(6, 2, 4), IntTensor([[1], [2]]), inputLengths: [6, 7], targetLengths: [1, 1])
        },
        Misuse("ctcLoss with a length too few") {
            _ = ctcLoss(x(6, 2, 4), IntTensor([[1], [2]]), inputLengths: [6, 6], targetLengths: [1])
        },
        Misuse("ctcLoss with blank 4 of 4") {
            _ = ctcLoss(x(6, 1, 4), IntTensor([[1]]), inputLengths: [6], targetLengths: [1], blank: 4)
        },
        Misuse("ctcLoss with the blank as a label") {
            _ = ctcLoss(x(6, 1, 4), IntTensor([[1, 0]]), inputLengths: [6], targetLengths: [2])
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
        Misuse("HiddenState of no tensors") { _ = HiddenState(tensors: []) },
        Misuse("LSTMState of one tensor") { _ = LSTMState(tensors: [x(1)]) },
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
        Misuse("backward() through an RNN's carried state that steps have changed") {
            let layer = Forecaster(rnn: rnn())
            let optimizer = SGD(layer.parameters, learningRate: 0.1)
            var state: HiddenState?
            for _ in 0..<2 {
                let (output, next) = layer.rnn(x(5, 2, 3), state)
                output.sum().backward(retainGraph: true)
                optimizer.step()
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
        Misuse("crossEntropy of no classes") { _ = crossEntropy(x(2, 0), probabilities: x(2, 0)) },
        Misuse("crossEntropy of no classes and no examples") { _ = crossEntropy(x(0, 0), IntTensor([])) },
        Misuse("crossEntropy with label smoothing 2") {
            _ = crossEntropy(x(2, 3), IntTensor([0, 1]), labelSmoothing: 2)
        },
        Misuse("negativeLogLikelihood of a number") { _ = negativeLogLikelihood(Tensor(1), IntTensor([0])) },
    ]

    private static let weights = [
        Misuse("Linear(weight: [3])") { _ = Linear(weight: x(3)) },
        Misuse("Linear(weight: [2, 3], bias: [3])") { _ = Linear(weight: x(2, 3), bias: x(3)) },
        Misuse("Linear of a transposed weight") {
            _ = Linear(weight: Embedding(count: 4, size: 3).weight.transposed())
        },
        Misuse("Embedding(pretrained: [3])") { _ = Embedding(pretrained: x(3)) },
        Misuse("initialize(.xavierUniform()) of a bias") { weight().initialize(.xavierUniform()) },
        Misuse("initialize(.identity) of [2, 2, 2]") { x(2, 2, 2).initialize(.identity) },
        Misuse("initialize(.uniform(from: 1, to: 0))") { x(2).initialize(.uniform(from: 1, to: 0)) },
        Misuse("initialize(.normal(standardDeviation: -1))") {
            x(2).initialize(.normal(standardDeviation: -1))
        },
        Misuse("initialize(.truncatedNormal(standardDeviation: 0))") {
            x(2).initialize(.truncatedNormal(standardDeviation: 0))
        },
        Misuse("initialize(.truncatedNormal(from: 2, to: 2))") {
            x(2).initialize(.truncatedNormal(from: 2, to: 2))
        },
        Misuse("initialize of [8, 2] with 3 gates") { x(8, 2).initialize(.orthogonal(), gates: 3) },
        Misuse("initialize of rows of a weight") {
            rnn().parameters[0][0..<2].initialize(.orthogonal())
        },
        Misuse("setForgetBias without a bias") {
            LSTM(inputSize: 1, hiddenSize: 2, bias: false).setForgetBias(1)
        },
        Misuse("freeze() of a constant") { x(2).freeze() },
        Misuse("unfreeze() of a result") { (weight() * 2).unfreeze() },
        Misuse("step() of what is frozen") {
            let layer = Linear(inputSize: 1, outputSize: 1)
            layer.freeze()
            SGD(layer.parameters, learningRate: 0.1).step()
        },
        Misuse("EarlyStopping(patience: 0)") { _ = EarlyStopping(patience: 0) },
        Misuse("EarlyStopping with a least change of -1") {
            _ = EarlyStopping(patience: 1, leastChange: -1)
        },
        Misuse("restoreBest before there is a best") {
            let (stopping, model) = (EarlyStopping(patience: 1), Linear(inputSize: 1, outputSize: 1))
            _ = stopping.shouldStop(after: Float.nan, model)
            stopping.restoreBest(model)
        },
        Misuse("restoreBest of another model") {
            let stopping = EarlyStopping(patience: 1)
            _ = stopping.shouldStop(after: 1.0, Linear(inputSize: 1, outputSize: 1))
            stopping.restoreBest(Linear(inputSize: 2, outputSize: 1))
        },
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
        Misuse("step() after zeroGradients()") {
            let w = weight()
            let optimizer = SGD([w], learningRate: 0.1)
            w.sum().backward()
            optimizer.zeroGradients()
            optimizer.step()
        },
        Misuse("a rule that reads what it does not remember") {
            struct Forgetful: UpdateRule {
                var learningRate = 0.1
                var momentum = 0.0
                func update(_ step: ParameterStep) { step.memory(0)[0] = 1 }
            }
            let w = weight()
            w.sum().backward()
            Optimizer([w], rule: Forgetful()).step()
        },
        Misuse("clipGradients to a norm of -1") { clipGradients([weight()], norm: -1) },
        Misuse("clipGradients to a value of -1") { clipGradients([weight()], value: -1) },
        Misuse("LBFGS of no iterations") { _ = LBFGS([weight()], maxIterations: 0) },
        Misuse("LBFGS with a closure that returns two numbers") { LBFGS([weight()]).step { x(2) } },
        Misuse("LBFGS with a closure that does not call backward()") {
            let w = weight()
            LBFGS([w]).step { w.sum() }
        },
    ]

    private static let schedules = [
        Misuse("ReduceLROnPlateau with a factor of 1") {
            _ = ReduceLROnPlateau(SGD([weight()], learningRate: 1), factor: 1)
        },
        Misuse("StepDecay every 0 steps") { _ = StepDecay(SGD([weight()], learningRate: 1), every: 0) },
        Misuse("OneCycle, a step too many") {
            let schedule = OneCycle(SGD([weight()], learningRate: 1), maximum: 1, steps: 6)
            for _ in 0..<7 { schedule.step() }
        },
        Misuse("OneCycle with a divisor of 0") {
            _ = OneCycle(SGD([weight()], learningRate: 1), maximum: 1, steps: 6, divisor: 0)
        },
        Misuse("LinearWarmUp over 0 steps") { _ = LinearWarmUp(SGD([weight()], learningRate: 1), over: 0) },
        Misuse("CosineAnnealing over .max steps") {
            _ = CosineAnnealing(SGD([weight()], learningRate: 1), over: .max)
        },
        Misuse("OneCycle of 0 steps") {
            _ = OneCycle(SGD([weight()], learningRate: 1), maximum: 1, steps: 0)
        },
        Misuse("OneCycle of epochs without steps") {
            _ = OneCycle(SGD([weight()], learningRate: 1), maximum: 1, epochs: 3, stepsPerEpoch: 0)
        },
        Misuse("ReduceLROnPlateau.step() without a metric") {
            let schedule: any Schedule = ReduceLROnPlateau(SGD([weight()], learningRate: 1))
            schedule.step()
        },
        Misuse("FactorSchedule with two functions for one group") {
            _ = FactorSchedule(SGD([weight()], learningRate: 1), factors: [{ _ in 1 }, { _ in 1 }])
        },
        Misuse("MilestoneDecay at -1") { _ = MilestoneDecay(SGD([weight()], learningRate: 1), at: [3, -1]) },
        Misuse("ConstantFactor of 0") { _ = ConstantFactor(SGD([weight()], learningRate: 1), 0) },
        Misuse("ConstantFactor over 0 steps") {
            _ = ConstantFactor(SGD([weight()], learningRate: 1), over: 0)
        },
        Misuse("PolynomialDecay over 0 steps") {
            _ = PolynomialDecay(SGD([weight()], learningRate: 1), over: 0)
        },
        Misuse("CosineRestarts every 0 steps") {
            _ = CosineRestarts(SGD([weight()], learningRate: 1), every: 0)
        },
        Misuse("CyclicSchedule that falls for 0 steps") {
            _ = CyclicSchedule(SGD([weight()], learningRate: 1), from: 0, to: 1, falling: 0)
        },
        Misuse("SequentialSchedule without milestones") {
            let optimizer = SGD([weight()], learningRate: 1)
            _ = SequentialSchedule([LinearWarmUp(optimizer), CosineAnnealing(optimizer, over: 9)], at: [])
        },
        Misuse("SequentialSchedule with a milestone at 0") {
            let optimizer = SGD([weight()], learningRate: 1)
            _ = SequentialSchedule([LinearWarmUp(optimizer), CosineAnnealing(optimizer, over: 9)], at: [0])
        },
    ]

    private static let data = [
        Misuse("TensorDataset of 3 inputs and 2 targets") { _ = TensorDataset(x(3, 1), x(2, 1)) },
        Misuse("DataLoader with batches of 0") {
            _ = DataLoader(TensorDataset(x(3, 1), x(3, 1)), batchSize: 0)
        },
        Misuse("DataLoader that shuffles nothing") {
            _ = DataLoader(TensorDataset(x(0, 1), x(0, 1)), shuffle: true)
        },
        Misuse("examples that are not there") { _ = TensorDataset(x(3, 1), x(3, 1)).batch([0, 3]) },
        Misuse("integer examples that are not there") { _ = IntTensor([1, 2]).examples([-1]) },
        Misuse("entries that are not there") { _ = ["a"].examples([1]) },
        Misuse("slidingWindows of length .max") { _ = slidingWindows(over: [1, 2, 3], length: .max) },
        Misuse("slidingWindows longer than the series") { _ = slidingWindows(over: [1, 2, 3], length: 3) },
        Misuse("slidingWindows of length 0") { _ = slidingWindows(over: [1, 2, 3], length: 0) },
        Misuse("padded sequences of other features") { _ = padded([x(2, 3), x(4, 2)]) },
        Misuse("packed sequences of which one is empty") { _ = packed([x(2, 3), x(0, 3)]) },
        Misuse("a Subset with an example that is not there") { _ = Subset(["a", "b"], [0, 2]) },
        Misuse("randomSplit to other lengths") { _ = ["a", "b", "c"].randomSplit(lengths: [1, 1]) },
        Misuse("randomSplit to fractions of 1.2") {
            _ = ["a", "b", "c"].randomSplit(fractions: [0.8, 0.4])
        },
        Misuse("a collated DataLoader that shuffles nothing") {
            _ = DataLoader([Int](), shuffle: true, collate: { $0.count })
        },
        Misuse("CSV with a quote between fields") { _ = try? CSV(bytes: [], separator: "\"") },
        Misuse("characters that are not there") { _ = Vocabulary(charactersOf: "abc").encode(text: "bad") },
    ]

    private static let numbers = [
        Misuse("integers from an empty range") { _ = Generator(seed: 0).integers(2, in: 3..<3) },
        Misuse("permutation(-1)") { _ = Generator(seed: 0).permutation(-1) },
        Misuse("integers(-1)") { _ = Generator(seed: 0).integers(-1, in: 0..<3) },
        Misuse("uniform(-1)") { _ = Generator(seed: 0).uniform(-1) },
        Misuse("uniform(.max)") { _ = Generator(seed: 0).uniform(.max) },
        Misuse("uniform from 1 to 0") { _ = Generator(seed: 0).uniform(3, from: 1, to: 0) },
        Misuse("uniformDoubles(-2)") { _ = Generator(seed: 0).uniformDoubles(-2) },
        Misuse("normal(-1)") { _ = Generator(seed: 0).normal(-1) },
        Misuse("normal with a spread of -1") { _ = Generator(seed: 0).normal(3, standardDeviation: -1) },
        Misuse("normalDoubles(-1)") { _ = Generator(seed: 0).normalDoubles(-1) },
        Misuse("bernoulli(-1)") { _ = Generator(seed: 0).bernoulli(-1, probability: 0.5) },
        Misuse("bernoulli with a probability of 2") { _ = Generator(seed: 0).bernoulli(3, probability: 2) },
        Misuse("bernoulli of NaN") { _ = Generator(seed: 0).bernoulli(probabilities: [0.5, .nan]) },
        Misuse("NumPy's rand(-1)") {
            var random = NumPyRandom(seed: 0)
            _ = random.rand(-1)
        },
        Misuse("NumPy's randn(-1)") {
            var random = NumPyRandom(seed: 0)
            _ = random.randn(-1)
        },
    ]
}
