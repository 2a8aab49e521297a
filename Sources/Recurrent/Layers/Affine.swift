/// The affine map of rows, y = x · Wᵀ + b, as one step on the tape.
///
/// Each number of the result is one chain of fused multiply-adds that starts from the bias. The gradients of weight
/// and bias are summed over the rows from the last to the first, those of each step apart, and added to what stands
/// there; so it is all the same whether the steps of a sequence were taken one by one or as one product.
///
/// - Shape: x [..., input], weight [output, input], bias [output] → [..., output]
/// - Parameter steps: The number of rows of each time step; empty if all belong to one.
/// - Precondition: the shapes fit; callers say what is wrong in words of their own.
func affine(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, steps: [Int] = []) -> Tensor {
    if x.storage.precision != weight.storage.precision {
        return affine(x.doubled(), weight.doubled(), bias?.doubled(), steps: steps)
    }
    let (outputs, inputs) = (weight.shape[0], weight.shape[1])
    let rows = Shape.count(Array(x.shape.dropLast()))
    let map = Affine(rows: rows, inputs: inputs, outputs: outputs, steps: steps)
    let result = Storage.make(count: map.rows * outputs, precision: x.storage.precision)
    switch result.precision {
    case .single: map.forward(Float.self, x.storage, weight.storage, bias?.storage, result)
    case .double: map.forward(Double.self, x.storage, weight.storage, bias?.storage, result)
    }
    let shape = Array(x.shape.dropLast()) + [outputs]
    guard x.tracked != nil || weight.tracked != nil || bias?.tracked != nil else {
        return Tensor(result, shape: shape)
    }
    return Tensor(result, shape: shape, node: AffineNode(map, x, weight, bias, shape: shape))
}

/// The sizes of an affine map, and its computations.
private struct Affine {
    let rows: Int
    let inputs: Int
    let outputs: Int
    let steps: [Int]

    func forward<Scalar: Real>(
        _: Scalar.Type,
        _ x: Storage,
        _ weight: Storage,
        _ bias: Storage?,
        _ y: Storage
    ) {
        let target = y.pointer(Scalar.self)
        if let bias = bias?.pointer(Scalar.self) {
            for row in 0..<rows { (target + row * outputs).update(from: bias, count: outputs) }
        }
        Scalar.multiply(
            MatrixView(x.pointer(Scalar.self), rows, inputs),
            MatrixView(weight.pointer(Scalar.self), outputs, inputs).transposed,
            into: target,
            accumulating: bias != nil
        )
    }

    /// Sends g · W to x, gᵀ · x to the weight and the sum of the rows of g to the bias.
    func backward<Scalar: Real>(
        _: Scalar.Type,
        _ gradient: Storage,
        x: (node: Node, weight: Storage)?,
        weight: (node: Node, x: Storage)?,
        bias: Node?
    ) {
        let g = MatrixView(UnsafePointer(gradient.pointer(Scalar.self)), rows, outputs)
        if let (node, weight) = x {
            let w = MatrixView(UnsafePointer(weight.pointer(Scalar.self)), outputs, inputs)
            node.receive(Scalar.self) { sum, holdsSum in
                Scalar.multiply(g, w, into: sum, accumulating: holdsSum)
            }
        }
        if let (node, x) = weight {
            let x = MatrixView(UnsafePointer(x.pointer(Scalar.self)), rows, inputs)
            node.add(Scalar.self) { Scalar.addProduct(ofTransposed: g, x, steps: steps, to: $0) }
        }
        bias?.add(Scalar.self) { Scalar.addRows(of: g, steps: steps, to: $0) }
    }
}

/// The tape's record of an affine map.
private final class AffineNode: Node {
    let map: Affine

    init(_ map: Affine, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, shape: [Int]) {
        self.map = map
        super.init(
            shape: shape,
            first: x.tracked,
            second: weight.tracked,
            others: bias.map { [$0.tracked] } ?? [],
            saving: weight.tracked == nil ? nil : x.storage,
            x.tracked == nil ? nil : weight.storage
        )
    }

    override var name: String { "affine map" }

    override func backward(_ gradient: Storage) {
        let toInput = first.flatMap { node in savedSecond.map { (node, $0.storage) } }
        let toWeight = second.flatMap { node in savedFirst.map { (node, $0.storage) } }
        let bias = others.first ?? nil
        switch gradient.precision {
        case .single: map.backward(Float.self, gradient, x: toInput, weight: toWeight, bias: bias)
        case .double: map.backward(Double.self, gradient, x: toInput, weight: toWeight, bias: bias)
        }
    }
}

extension Node {
    /// Adds to the node's gradient, which is made of zeros if there is none.
    func add<Scalar: Real>(_: Scalar.Type, _ add: (UnsafeMutablePointer<Scalar>) -> Void) {
        receive(Scalar.self) { sum, holdsSum in
            if !holdsSum { sum.update(repeating: 0, count: Shape.count(shape)) }
            add(sum)
        }
    }
}
