internal import Recurrent

// What the page's side calls. Each prints lines, which goldens of the native tests hold.

/// The number of trainings.
@_expose(wasm, "trainingCount")
public func trainingCount() -> Int32 { Int32(Digests.trainings.count) }

/// Trains, and prints the name of the training and the digest of its weights.
@_expose(wasm, "train")
public func train(_ index: Int32) {
    let training = Digests.trainings[Int(index)]
    print(Digests.line(training.name, training.run()), terminator: "")
}

/// Prints the loss of every epoch of the tutorial by hand.
@_expose(wasm, "trainByHand")
public func trainByHand() { print(Digests.lossesByHand, terminator: "") }

/// Prints calculations whose numbers on the way need more than 32 bits.
@_expose(wasm, "printWideNumbers")
public func printWideNumbers() { print(WideNumbers.lines, terminator: "") }

/// Multiplies matrices of shapes that do not fit.
@_expose(wasm, "misuse")
public func misuse() { print(Tensor.zeros([4, 3]).matmul(Tensor.zeros([2, 5])).sum().item) }

/// Asks for more memory than a module may have.
@_expose(wasm, "exhaust")
public func exhaust() { print(Tensor.zeros([1 << 26]).sum().item) }

/// Calls itself without an end.
@_expose(wasm, "descend")
public func descend(_ depth: Int32) -> Int32 { depth == 0 ? 0 : descend(depth &+ 1) &* 3 &+ 1 }

/// Calls itself without an end, with a kilobyte on the module's own stack each time.
@_expose(wasm, "fillStack")
public func fillStack(_ depth: Int32) -> Int32 {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 250) { room in
        room.initialize(repeating: depth)
        return fillStack(depth &+ 1) &+ room[Int(depth) % 250]
    }
}

nonisolated(unsafe) private var operands = (left: Tensor(0), right: Tensor(0))

/// Draws two matrices, of rows × terms and of terms × columns.
@_expose(wasm, "drawOperands")
public func drawOperands(_ rows: Int32, _ terms: Int32, _ columns: Int32) {
    manualSeed(7)
    operands = (.randn([Int(rows), Int(terms)]), .randn([Int(terms), Int(columns)]))
}

/// Multiplies the operands some times, and returns the bits of the sum of the last product.
@_expose(wasm, "multiply")
public func multiply(_ times: Int32) -> UInt32 {
    var product = operands.left
    for _ in 0..<times { product = operands.left.matmul(operands.right) }
    return product.sum().item.bitPattern
}
