extension Tensor {
    /// Computes the derivative of this number with respect to every tensor it was computed from that collects
    /// gradients, and adds it to that tensor's `gradient`.
    ///
    /// Afterwards the recording is released, so that it takes no memory and cannot be walked again.
    ///
    /// - Parameter retainGraph: Keeps the recording for another `backward`.
    /// - Precondition: The tensor holds one number and was computed from one that collects gradients.
    @export(interface)
    public func backward(
        retainGraph: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            count == 1,
            "backward(): the loss has shape \(Shape.text(shape)), so there are \(count) numbers to differentiate. "
                + "Reduce it to one with sum() or mean(), or give backward(gradient) the weight of each.",
            file: file,
            line: line
        )
        let one = Storage.make(count: 1)
        one.floats[0] = 1
        startBackward(
            one.converted(to: storage.precision),
            retainGraph: retainGraph,
            file: file,
            line: line
        )
    }

    /// Computes the derivatives for a result of any shape, given the derivative of the loss with respect to it.
    ///
    /// - Parameters:
    ///   - gradient: The upstream gradient, of this tensor's shape.
    ///   - retainGraph: Keeps the recording for another `backward`.
    @export(interface)
    public func backward(
        _ gradient: Tensor,
        retainGraph: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            gradient.shape == shape,
            "backward(gradient): the gradient has shape \(Shape.text(gradient.shape)), the tensor "
                + "\(Shape.text(shape)); there must be one weight for each number.",
            file: file,
            line: line
        )
        startBackward(
            gradient.storage.converted(to: storage.precision),
            retainGraph: retainGraph,
            file: file,
            line: line
        )
    }

    private func startBackward(_ gradient: Storage, retainGraph: Bool, file: StaticString, line: UInt) {
        guard let node, !node.isFrozen else {
            stop(
                "backward(): this tensor was computed from constants only, so there is nothing to differentiate. "
                    + "Call requiringGradient() on the parameters; is the loss made within withoutGradients, "
                    + "from detached() tensors, or from frozen parameters only? Was a parameter moved by -= there, which makes a new tensor? "
                    + "In place it moves with w.data -= 0.1 * w.gradient!.",
                file: file,
                line: line
            )
        }
        require(
            !node.isReleased,
            "backward(): the recording of this tensor was released by the backward() before. "
                + "Compute it again, or pass retainGraph: true the first time.",
            file: file,
            line: line
        )
        BackwardPass.run(from: node, gradient: gradient, retainGraph: retainGraph, file: file, line: line)
    }
}

/// One walk over the tape, from the loss back to the leaves.
///
/// Nodes are visited by falling creation number. So each has received all of its gradient when its turn comes,
/// and contributions to one tensor are added in one order: the last use first, as in PyTorch.
private struct BackwardPass {
    private var waiting = NodeQueue()
    let file: StaticString
    let line: UInt

    static func run(
        from root: Node,
        gradient: Storage,
        retainGraph: Bool,
        file: StaticString,
        line: UInt
    ) {
        var pass = BackwardPass(file: file, line: line)
        root.receive(gradient)
        pass.waiting.insert(root)
        while let node = pass.waiting.popLast() {
            require(
                !node.isReleased,
                "backward(): this loss reaches back to a tensor (\(node.name), shape \(Shape.text(node.shape))) "
                    + "whose recording an earlier backward() released. A hidden state that is carried from one "
                    + "sequence to the next must be cut from its past: state = state.detached().",
                file: file,
                line: line
            )
            pass.visit(node, retainGraph: retainGraph)
        }
    }

    private mutating func visit(_ node: Node, retainGraph: Bool) {
        guard let gradient = node.gradient else { return }
        node.gradient = nil
        if node.keepsGradient { node.retain(gradient) }
        if let stale = node.staleTensor { stop(node.staleness(of: stale), file: file, line: line) }
        node.backward(gradient)
        waiting.insert(node.first)
        waiting.insert(node.second)
        for input in node.others { waiting.insert(input) }
        if !retainGraph { node.release() }
    }
}

extension Node {
    /// Adds to the gradient that an intermediate result was asked to keep.
    fileprivate final func retain(_ gradient: Storage) {
        if let sum = retained?.duplicate() {
            sum.add(gradient)
            retained = sum
        } else {
            retained = gradient
        }
    }

    /// Drops what was recorded, so that the memory can be used again.
    fileprivate final func release() {
        isReleased = true
        first = nil
        second = nil
        if !others.isEmpty { others = [] }
        savedFirst = nil
        savedSecond = nil
        if !savedOthers.isEmpty { savedOthers = [] }
        forget()
    }
}

/// Nodes that wait for their turn, each once.
private struct NodeQueue {
    /// The node with the largest creation number. In a chain of operations it is the only one.
    private var last: Node?

    /// The others: a binary heap, the largest creation number first.
    private var heap: [Node] = []

    mutating func insert(_ node: Node?) {
        guard let node, !node.isLeaf, !node.isQueued else { return }
        node.isQueued = true
        guard let largest = last else {
            last = node
            return
        }
        if node.number > largest.number {
            last = node
            push(largest)
        } else {
            push(node)
        }
    }

    mutating func popLast() -> Node? {
        guard let node = last else { return nil }
        node.isQueued = false
        last = heap.isEmpty ? nil : popHeap()
        return node
    }

    private mutating func push(_ node: Node) {
        heap.append(node)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if heap[parent].number > heap[child].number { break }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func popHeap() -> Node {
        let top = heap[0]
        let node = heap.removeLast()
        if heap.isEmpty { return top }
        heap[0] = node
        var parent = 0
        while true {
            var child = 2 * parent + 1
            if child >= heap.count { break }
            if child + 1 < heap.count, heap[child + 1].number > heap[child].number { child += 1 }
            if heap[parent].number > heap[child].number { break }
            heap.swapAt(parent, child)
            parent = child
        }
        return top
    }
}
