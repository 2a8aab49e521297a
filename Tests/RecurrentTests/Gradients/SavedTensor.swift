import Recurrent
import Testing
internal import Turns

/// Whether a backward pass from here would meet numbers that have changed since.
func reachesStaleNumbers(_ tensor: Tensor) -> Bool {
    var (pile, seen): ([Node], Set<ObjectIdentifier>) = (tensor.node.map { [$0] } ?? [], [])
    while let node = pile.popLast() {
        if node.staleTensor != nil { return true }
        for case let input? in [node.first, node.second] + node.others {
            if seen.insert(ObjectIdentifier(input)).inserted { pile.append(input) }
        }
    }
    return false
}

/// Moves tensors by a step of an optimizer, each number by another amount.
private func step(_ parameters: [Tensor]) {
    for parameter in parameters {
        let slopes = (0..<parameter.count).map { Float($0 % 5) - 1.5 }
        parameter.gradient = Tensor(shape: parameter.shape, scalars: slopes)
    }
    let optimizer = SGD(parameters, learningRate: 0.25)
    optimizer.step()
    optimizer.zeroGradients()
}

/// A backward pass after a step: either it would stop, or it gives what it gave before, to the bit.
///
/// - Returns: Whether it would stop.
private func stops(_ parameters: [Tensor], moving moved: [Tensor]? = nil, _ run: () -> Tensor) -> Bool {
    let result = run()
    let weights = Tensor(shape: result.shape, scalars: (0..<result.count).map { 0.3 + 0.1 * Float($0 % 7) })
    for parameter in parameters { parameter.zeroGradient() }
    result.backward(weights, retainGraph: true)
    let before = parameters.map { $0.gradient?.scalars }
    step(moved ?? parameters)
    for parameter in parameters { parameter.zeroGradient() }
    if reachesStaleNumbers(result) { return true }
    result.backward(weights)
    #expect(parameters.map { $0.gradient?.scalars } == before)
    return false
}

@Suite("Numbers kept for backward", .inTurns) struct SavedTensorTests {
    private let w = Tensor.zeros([2, 2]).requiringGradient()
    private let v = Tensor.zeros([2, 2]).requiringGradient()

    /// Sets both tensors to numbers that every operation can take.
    private func reset() {
        w.data = Tensor([[0.5, 0.7], [0.9, 1.1]])
        v.data = Tensor([[1.5, 0.2], [0.4, 0.8]])
    }

    @Test("are as they were or are found out, in every operation", arguments: DerivativeCheck.all)
    func everyOperation(check: DerivativeCheck) {
        let operands = check.shapes.map { scatteredParameters($0)[0] }
        _ = stops(operands) { check.operation(operands) }
    }

    @Test("of operands that a step has changed stop the pass, as in PyTorch") func needed() {
        let classes = Tensor([[0, 1], [1, 1]])
        let uses: [(String, () -> Tensor)] = [
            ("*", { w * v }), ("/", { w / v }), ("1 /", { 1 / w }), ("pow", { w.pow(3) }),
            ("square", { w.pow(2) }),
            ("matmul", { w.matmul(v) }), ("log", { log(w) }), ("abs", { abs(w) }), ("sin", { sin(w) }),
            ("cos", { cos(w) }), ("clamped", { w.clamped(to: 0.2...0.8) }), ("max", { w.max() }),
            ("maximum", { maximum(w, v) }), ("minimum", { minimum(w, v) }),
            ("meanSquaredError", { meanSquaredError(w, v) }), ("huberLoss", { huberLoss(w, v) }),
            ("smoothL1Loss", { smoothL1Loss(w, v) }), ("meanAbsoluteError", { meanAbsoluteError(w, v) }),
            ("binaryCrossEntropy", { binaryCrossEntropy(logits: w, classes) }),
            // Other names for the same numbers.
            ("reshaped", { w.reshaped(4) * v.flattened() }), ("squeezed", { log(w.unsqueezed(axis: 0)) }),
            ("detached", { w.detached() * v }), ("shared", { exp(w) * w.detached().requiringGradient() }),
        ]
        for (name, use) in uses {
            reset()
            #expect(stops([w, v], use), "\(name)")
        }
    }

    @Test("and those that only their results need, or nothing, do not") func notNeeded() {
        let uses: [(String, () -> Tensor)] = [
            ("+", { w + v + 1 }), ("-", { 1 - (w - v) }), ("* number", { 3 * w / 2 }), ("exp", { exp(w) }),
            ("sqrt", { sqrt(w) }), ("tanh", { tanh(w) }), ("sigmoid", { sigmoid(w) }), ("relu", { relu(w) }),
            ("softmax", { softmax(w) }), ("logSoftmax", { logSoftmax(w) }), ("sum", { w.sum() }),
            ("mean", { w.mean(axis: 0) }), ("max", { w.max(axis: 1).values }),
            ("transposed", { w.transposed() }),
            ("concatenated", { concatenated([w, v]) }), ("subscript", { w[IntTensor([0, 1, 0])] }),
            ("replacing", { w.replacing(with: v, where: Tensor([1, 0])) }),
            ("crossEntropy", { crossEntropy(w, IntTensor([0, 1]), weight: Tensor([1, 2])) }),
            ("LayerNorm", { LayerNorm([2], affine: false)(w) }),
        ]
        for (name, use) in uses {
            reset()
            #expect(!stops([w, v], use), "\(name)")
        }
    }

    @Test("of layers are held against their versions, one by one", arguments: [1, 3])
    func layers(steps: Int) {
        let x = scatteredParameters([steps, 2, 3])[0]
        func check(_ layer: some Layer, _ run: @escaping (Tensor) -> Tensor) {
            for (index, parameter) in layer.namedParameters.enumerated() {
                let moved = [parameter.tensor]
                let constant = stops(layer.parameters, moving: moved) { run(x.detached()) }
                let followed = stops(layer.parameters + [x], moving: moved) { run(x) }
                // As in PyTorch: biases are not needed, W_ih only for the input, W_hh only from one step to the next.
                #expect(constant == (index == 1 && steps > 1), "\(parameter.name), \(steps) steps")
                #expect(
                    followed == (index == 0 || (index == 1 && steps > 1)),
                    "\(parameter.name), \(steps) steps"
                )
            }
            #expect(stops(layer.parameters + [x], moving: [x]) { run(x) })
        }
        let rnn = RNN(inputSize: 3, hiddenSize: 2, generator: Generator(seed: 1))
        check(rnn) { rnn($0).output }
        let lstm = LSTM(inputSize: 3, hiddenSize: 2, generator: Generator(seed: 1))
        check(lstm) { lstm($0).output }
        let gru = GRU(inputSize: 3, hiddenSize: 2, generator: Generator(seed: 1))
        check(gru) { gru($0).output }
    }

    @Test("of stacked, bidirectional and packed layers, and of cells, too") func kindsOfLayers() {
        let x = scatteredParameters([4, 2, 3])[0]
        func check(_ layer: some Layer, _ run: @escaping () -> Tensor) {
            let biases = layer.namedParameters.filter { $0.name.contains("bias") }.map(\.tensor)
            #expect(!stops(layer.parameters + [x], moving: biases, run))
            #expect(stops(layer.parameters + [x], moving: layer.parameters, run))
        }
        let rnn = RNN(inputSize: 3, hiddenSize: 2, layerCount: 2, bidirectional: true)
        check(rnn) { rnn(x).output }
        check(rnn) { rnn(packed(x, lengths: [2, 4])).output.data }
        check(rnn) { rnn(x).state.hidden }
        let gru = GRU(inputSize: 3, hiddenSize: 2, batchFirst: true, bidirectional: true)
        check(gru) { gru(packed(x, lengths: [1, 2, 2, 1], batchFirst: true)).output.data }
        let cells = Unrolled(LSTMCell(inputSize: 3, hiddenSize: 2))
        check(cells) { cells(x).output }
        let linear = Linear(inputSize: 3, outputSize: 2)
        check(linear) { linear(x) }
        let norm = LayerNorm([3])
        #expect(stops(norm.parameters + [x], moving: [norm.weight!]) { norm(x) })
        #expect(!stops(norm.parameters + [x], moving: [norm.bias!]) { norm(x) })
        // A learned first state.
        let start = scatteredParameters([1, 4, 2])[0]
        #expect(
            stops([start], moving: [start]) {
                GRU(inputSize: 3, hiddenSize: 2, batchFirst: true)(x, HiddenState(start)).output
            }
        )
        // An embedding looks rows up and needs none of them; where its weight is also the head's, the product does.
        let table = Embedding(count: 4, size: 3)
        #expect(!stops(table.parameters) { table(IntTensor([1, 3])) })
        #expect(stops(table.parameters) { table(IntTensor([1, 3])).matmul(table.weight.reshaped([3, 4])) })
    }

    @Test("count every change through data, where PyTorch goes on with a wrong gradient")
    func kindsOfChanges() {
        let changes: [(String, (Tensor) -> Void)] = [
            ("=", { $0.data = Tensor([[9, 9], [9, 9]]) }), ("*=", { $0.data *= 10 }),
            ("[0] =", { $0.data[0] = Tensor([9, 9]) }), ("[1, 0] =", { $0.data[1, 0] = 9 }),
            ("[.all, 1] =", { $0.data[.all, 1] = 9 }), ("[rows] =", { $0.data[IntTensor([1])] = Tensor(9) }),
        ]
        for (name, change) in changes {
            reset()
            let (product, sum) = ((w * w).sum(), w.sum())
            change(w)
            #expect(reachesStaleNumbers(product), "\(name)")
            #expect(!reachesStaleNumbers(sum), "\(name)")
        }
        reset()
        let product = (w * w).sum()
        w.data = w.data
        #expect(!reachesStaleNumbers(product))
        // A variable that gets a new tensor leaves the old one as it was.
        var x: Tensor = w
        x[0] = Tensor([9, 9])
        #expect(!reachesStaleNumbers(product))
        product.backward()
        #expect(w.gradient?.scalars == [1, 1.4, 1.8, 2.2])
    }

    @Test("are let go when a check of gradients has gone over them") func gradientChecks() {
        let w = Tensor([2, 3]).requiringGradient()
        step([w])
        let y = (w * w).sum()
        #expect(gradientCheck(["w": w]) { (w * w).sum() }.passes)
        #expect(!reachesStaleNumbers(y))
        y.backward()
        #expect(w.gradient?.scalars == w.scalars.map { 2 * $0 })
    }
}
