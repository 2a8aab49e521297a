internal import Kernels

/// The place of an operand of attention: the rows of every head of every sequence, in a block that several operands may
/// share, as queries, keys and values share what one projection has made of them.
struct AttentionOperand {
    /// The block.
    var tensor: Tensor
    /// The number of the block among those of the three operands. Operands with one number fill it together.
    let block: Int
    /// The place of the first sequence's first row in the block.
    let offset: Int
    /// The number of rows of a sequence.
    let length: Int
    /// The number of features of a head; the next head's follow.
    let width: Int
    /// The distance from one sequence to the next.
    let batchStride: Int
    /// The distance from one row to the next.
    let rowStride: Int

    /// The rows of one head of one sequence.
    func rows<Scalar: Real>(_ base: UnsafePointer<Scalar>, _ batch: Int, _ head: Int) -> MatrixView<Scalar> {
        MatrixView(base + start(batch, head), length, width, rowStride: rowStride)
    }

    func start(_ batch: Int, _ head: Int) -> Int { offset + batch * batchStride + head * width }
}

/// Attention of queries to keys, with all heads of all sequences: `P = softmax(scale · Q Kᵀ + bias)`, `O = P V`.
///
/// One step on the tape. Heads are worked on one by one, and shared among threads whole, so that no sum depends on how
/// many there are.
struct AttentionPass {
    var query: AttentionOperand
    var key: AttentionOperand
    var value: AttentionOperand
    /// Added to the scores; repeated to [batch..., queries, keys].
    var bias: Tensor?
    /// The factors by which dropout scales the weights, of their shape.
    var factors: Storage?
    /// The axes that count pairs of a sequence and a head.
    let batch: [Int]
    let heads: Int
    let scale: Double
    let isCausal: Bool
    /// The weight of every key where a query may look at none: 0 or NaN.
    let hiddenWeight: Float
    /// The place of the output, of which only the strides are used.
    let output: (batchStride: Int, rowStride: Int)

    private var pairs: Int { Shape.count(batch) }
    private var area: Int { query.length * key.length }
    var weightsShape: [Int] { batch + [query.length, key.length] }

    /// Runs the pass.
    ///
    /// - Returns: O in `shape`, and P [batch..., queries, keys] after dropout.
    func run(shape: [Int]) -> (output: Tensor, weights: Tensor) {
        let precision = query.tensor.storage.precision
        let result = Storage.make(count: Shape.count(shape), precision: precision)
        let shares = Storage.make(count: pairs * area, precision: precision)
        let dropped = factors == nil ? shares : Storage.make(count: pairs * area, precision: precision)
        switch precision {
        case .single: forward(Float.self, shares, dropped, result)
        case .double: forward(Double.self, shares, dropped, result)
        }
        let inputs = [query.tensor.tracked, key.tensor.tracked, value.tensor.tracked, bias?.tracked]
        guard inputs.contains(where: { $0 != nil }) else {
            return (Tensor(result, shape: shape), Tensor(dropped, shape: weightsShape))
        }
        let node = AttentionNode(self, inputs, shares: shares, shape: shape)
        let weights = AttentionWeightsNode(of: node, shape: weightsShape)
        return (
            Tensor(result, shape: shape, node: node), Tensor(dropped, shape: weightsShape, node: weights)
        )
    }

    /// Calls `body` for every pair of a sequence and a head, in several threads if that repays.
    private func forEachPair(_ body: (_ pair: Int, _ batch: Int, _ head: Int) -> Void) {
        let work = Int64(area) * Int64(query.width + value.width) * Int64(pairs)
        share(pairs, grain: 1, work: work) { range in
            for pair in range { body(pair, pair / heads, pair % heads) }
        }
    }

    private func forward<Scalar: Real>(
        _: Scalar.Type,
        _ shares: Storage,
        _ dropped: Storage,
        _ result: Storage
    ) {
        let q = UnsafePointer(query.tensor.storage.pointer(Scalar.self))
        let k = UnsafePointer(key.tensor.storage.pointer(Scalar.self))
        let v = UnsafePointer(value.tensor.storage.pointer(Scalar.self))
        let (p, d) = (shares.pointer(Scalar.self), dropped.pointer(Scalar.self))
        let (y, m) = (result.pointer(Scalar.self), factors?.pointer(Scalar.self))
        forEachPair { pair, batch, head in
            let place = pair * area
            Scalar.multiply(
                query.rows(q, batch, head),
                key.rows(k, batch, head).transposed,
                into: p + place,
                accumulating: false
            )
            addBias(to: p + place, pair)
            softmax(p + place)
            if let m { for index in place..<place + area { d[index] = p[index] * m[index] } }
            Scalar.multiply(
                MatrixView(d + place, query.length, key.length),
                value.rows(v, batch, head),
                into: y + batch * output.batchStride + head * value.width,
                rowStride: output.rowStride,
                accumulating: false
            )
        }
    }

    /// Scales the scores of a pair, adds the bias, and hides the keys that come after their query if asked to.
    private func addBias<Scalar: Real>(to scores: UnsafeMutablePointer<Scalar>, _ pair: Int) {
        let scale = Scalar(scale)
        for index in 0..<area { scores[index] *= scale }
        if let bias {
            let view = StridedView(of: bias.shape, repeatedTo: weightsShape)
            var (rest, place) = (pair, 0)
            for axis in batch.indices.reversed() {
                place += rest % batch[axis] * view.strides[axis]
                rest /= batch[axis]
            }
            let (rowStride, stride) = (view.strides[batch.count], view.strides[batch.count + 1])
            let numbers = bias.storage.pointer(Scalar.self) + place
            for row in 0..<query.length {
                let (to, from) = (scores + row * key.length, numbers + row * rowStride)
                for column in 0..<key.length { to[column] += from[column * stride] }
            }
        }
        guard isCausal else { return }
        for row in 0..<query.length {
            for column in min(row + 1, key.length)..<key.length {
                scores[row * key.length + column] = -.infinity
            }
        }
    }

    /// Turns the rows of a pair's scores into shares.
    private func softmax<Scalar: Real>(_ scores: UnsafeMutablePointer<Scalar>) {
        let width = key.length
        guard width > 0 else { return }
        for row in 0..<query.length {
            let scores = scores + row * width
            var largest = scores[0]
            for column in 1..<width where scores[column] > largest { largest = scores[column] }
            // A row of −∞ is dealt with below; here it must only stay recognizable.
            if largest != -.infinity { for column in 0..<width { scores[column] -= largest } }
        }
        Scalar.exp(scores, into: scores, count: area)
        for row in 0..<query.length {
            let scores = scores + row * width
            let sum = Summation.total(scores, width)
            if sum == 0 {
                scores.update(repeating: Scalar(hiddenWeight), count: width)
            } else {
                for column in 0..<width { scores[column] /= sum }
            }
        }
    }
}

extension AttentionPass {
    /// Sends the gradient of O, and of P if there is one, on to the operands:
    /// `dV = Pᵀ dO`, `dP = dO Vᵀ`, `dS = P ∘ (dP − Σ P ∘ dP)`, `dQ = scale · dS K`, `dK = scale · dSᵀ Q`.
    fileprivate func backward<Scalar: Real>(
        _: Scalar.Type,
        _ gradient: Storage,
        weights: Storage?,
        shares: Storage,
        to inputs: [Node?]
    ) {
        let operands = [query, key, value]
        let blocks = blockGradients(inputs, operands)
        let scores = inputs[3] == nil ? nil : Storage.make(count: pairs * area, precision: Scalar.precision)
        let bases = operands.map { UnsafePointer($0.tensor.storage.pointer(Scalar.self)) }
        let targets = operands.map { blocks[$0.block]?.pointer(Scalar.self) }
        let (g, p) = (UnsafePointer(gradient.pointer(Scalar.self)), shares.pointer(Scalar.self))
        let (w, m) = (weights?.pointer(Scalar.self), factors?.pointer(Scalar.self))
        let scoreGradients = scores?.pointer(Scalar.self)
        forEachPair { pair, batch, head in
            let p = p + pair * area
            let (w, m) = (w.map { $0 + pair * area }, m.map { $0 + pair * area })
            let g = MatrixView(
                g + batch * output.batchStride + head * value.width,
                query.length,
                value.width,
                rowStride: output.rowStride
            )
            withUnsafeTemporaryAllocation(of: Scalar.self, capacity: area) { room in
                guard let room = room.baseAddress, area > 0 else { return }
                let matrix = MatrixView(UnsafePointer(room), query.length, key.length)
                if let target = targets[2] {
                    room.update(from: p, count: area)
                    if let m { for index in 0..<area { room[index] *= m[index] } }
                    value.write(matrix.transposed, g, to: target, batch, head)
                }
                let v = value.rows(bases[2], batch, head)
                Scalar.multiply(g, v.transposed, into: room, accumulating: false)
                if let w { for index in 0..<area { room[index] += w[index] } }
                if let m { for index in 0..<area { room[index] *= m[index] } }
                softmaxBackward(room, p)
                if let scoreGradients {
                    (scoreGradients + pair * area).update(from: room, count: area)
                }
                let scale = Scalar(scale)
                for index in 0..<area { room[index] *= scale }
                if let target = targets[0] {
                    query.write(matrix, key.rows(bases[1], batch, head), to: target, batch, head)
                }
                if let target = targets[1] {
                    key.write(matrix.transposed, query.rows(bases[0], batch, head), to: target, batch, head)
                }
            }
        }
        for (block, storage) in blocks.enumerated() {
            guard let storage, let operand = operands.firstIndex(where: { $0.block == block }) else {
                continue
            }
            // Without queries or keys nothing was written.
            if pairs * area == 0 { storage.clear() }
            inputs[operand]?.receive(storage)
        }
        if let scores { inputs[3]?.receiveRepeated(scores, of: weightsShape) }
    }

    /// Room for the gradient of each block that somebody asks for.
    private func blockGradients(_ inputs: [Node?], _ operands: [AttentionOperand]) -> [Storage?] {
        var blocks = [Storage?](repeating: nil, count: 3)
        for (node, operand) in zip(inputs, operands) where node != nil && blocks[operand.block] == nil {
            let storage = operand.tensor.storage
            blocks[operand.block] = Storage.make(count: storage.count, precision: storage.precision)
        }
        return blocks
    }

    /// Turns the gradients of a pair's shares into those of its scores.
    private func softmaxBackward<Scalar: Real>(
        _ gradient: UnsafeMutablePointer<Scalar>,
        _ shares: UnsafeMutablePointer<Scalar>
    ) {
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: key.length) { products in
            guard let products = products.baseAddress else { return }
            for row in 0..<query.length {
                let (g, p) = (gradient + row * key.length, shares + row * key.length)
                for column in 0..<key.length { products[column] = g[column] * p[column] }
                let sum = Summation.total(products, key.length)
                for column in 0..<key.length { g[column] = p[column] * (g[column] - sum) }
            }
        }
    }
}

extension AttentionOperand {
    /// Writes a product to the rows of one head of one sequence.
    fileprivate func write<Scalar: Real>(
        _ left: MatrixView<Scalar>,
        _ right: MatrixView<Scalar>,
        to base: UnsafeMutablePointer<Scalar>,
        _ batch: Int,
        _ head: Int
    ) {
        let target = base + start(batch, head)
        Scalar.multiply(left, right, into: target, rowStride: rowStride, accumulating: false)
    }
}

/// The tape's record of attention.
private final class AttentionNode: Node {
    private var pass: AttentionPass?
    /// The gradient of the weights, which has arrived before this node's turn.
    var weightsGradient: Storage?

    init(_ pass: AttentionPass, _ inputs: [Node?], shares: Storage, shape: [Int]) {
        self.pass = pass
        super.init(shape: shape, others: inputs, saving: shares)
        let needsScores = inputs[0] != nil || inputs[1] != nil || inputs[3] != nil
        if needsScores { savedOthers.append(SavedTensor(pass.value.tensor.storage)) }
        if inputs[0] != nil { savedOthers.append(SavedTensor(pass.key.tensor.storage)) }
        if inputs[1] != nil { savedOthers.append(SavedTensor(pass.query.tensor.storage)) }
    }

    override var name: String { "attention" }
    override func forget() { pass = nil }

    override func backward(_ gradient: Storage) {
        guard let pass, let shares = savedFirst?.storage else { return }
        let weights = weightsGradient
        weightsGradient = nil
        switch gradient.precision {
        case .single:
            pass.backward(Float.self, gradient, weights: weights, shares: shares, to: others)
        case .double:
            pass.backward(Double.self, gradient, weights: weights, shares: shares, to: others)
        }
    }
}

/// The tape's record of the weights of attention, which hands their gradient to the pass that they come from.
private final class AttentionWeightsNode: Node {
    private let pass: AttentionNode

    init(of pass: AttentionNode, shape: [Int]) {
        self.pass = pass
        super.init(shape: shape, first: pass)
    }

    override var name: String { "attention weights" }

    override func backward(_ gradient: Storage) {
        pass.weightsGradient = gradient
        // The pass has its turn even if nobody used its output.
        if pass.gradient == nil {
            pass.gradient = .zeros(count: Shape.count(pass.shape), precision: gradient.precision)
        }
    }
}
