/// One operation on the tape: what it needs to send the gradient of its result on to its operands.
///
/// Each operation has a subclass, in one file with its forward computation. A leaf, that is a tensor that was asked
/// to collect gradients, is a node without inputs.
///
/// The tape is the graph of nodes, from each result to the operands that it was computed from. A node holds
/// its inputs, never its result; so a graph lives as long as someone holds its end.
package class Node {
    /// Creation number: operands have a smaller one than what was computed from them.
    package final let number: UInt64

    /// The shape of the result.
    package final let shape: [Int]

    /// The nodes of the operands; nil for a constant. Operations of more than two operands use `others`.
    @exclusivity(unchecked) package final var first: Node?
    @exclusivity(unchecked) package final var second: Node?
    @exclusivity(unchecked) package final var others: [Node?] = []

    /// The numbers that `backward` needs: of the operands, or of the result. An operation keeps them here and nowhere
    /// else, so that each is held against the version that it was computed with. `savedOthers` has those beyond two.
    @exclusivity(unchecked) package final var savedFirst: SavedTensor?
    @exclusivity(unchecked) package final var savedSecond: SavedTensor?
    @exclusivity(unchecked) package final var savedOthers: [SavedTensor] = []

    /// The accumulated gradient: the derivative of the loss with respect to the result. A leaf keeps it; any other node
    /// hands it on when its turn comes.
    @exclusivity(unchecked) package final var gradient: Storage?

    /// The gradient of an intermediate result that was asked to keep it.
    @exclusivity(unchecked) package final var retained: Storage?

    /// Whether operations take this leaf for a constant, so that no gradient is computed for it.
    @exclusivity(unchecked) package final var isFrozen = false

    @exclusivity(unchecked) package final var keepsGradient = false
    @exclusivity(unchecked) package final var isReleased = false
    @exclusivity(unchecked) package final var isQueued = false

    package init(
        shape: [Int],
        first: Node? = nil,
        second: Node? = nil,
        others: [Node?] = [],
        saving one: Storage? = nil,
        _ another: Storage? = nil
    ) {
        self.number = Tape.nextNumber()
        self.shape = shape
        self.first = first
        self.second = second
        if !others.isEmpty { self.others = others }
        savedFirst = one.map(SavedTensor.init)
        savedSecond = another.map(SavedTensor.init)
    }

    /// The operation's name in messages.
    package var name: String { "operation" }

    /// Whether this is a leaf: a tensor that collects gradients and was not computed.
    package var isLeaf: Bool { false }

    /// Sends the gradient of the result on to every input that is not nil.
    package func backward(_ gradient: Storage) {}

    /// Drops what an operation keeps for `backward` besides numbers.
    package func forget() {}

    /// Takes long graphs apart in a loop: left to itself, each node's release would release the next,
    /// a level of the call stack for each operation.
    deinit {
        guard first != nil || second != nil || !others.isEmpty else { return }
        var pile: [Node] = []
        Node.detachInputs(of: self, onto: &pile)
        while let node = pile.popLast() { Node.detachInputs(of: node, onto: &pile) }
    }

    /// Moves the inputs that nobody else holds onto the pile.
    private static func detachInputs(of node: Node, onto pile: inout [Node]) {
        func move(_ input: inout Node?) {
            if isKnownUniquelyReferenced(&input), let owned = input { pile.append(owned) }
            input = nil
        }
        move(&node.first)
        move(&node.second)
        for index in node.others.indices { move(&node.others[index]) }
        node.others = []
    }
}

extension Node {
    /// Adds to the node's gradient. `add` gets the place to write to and whether it already holds a sum: if so it
    /// must add to every number, else it must write every number.
    @inline(__always)
    package final func receive<Scalar: Real>(
        _: Scalar.Type,
        _ add: (_ sum: UnsafeMutablePointer<Scalar>, _ holdsSum: Bool) -> Void
    ) {
        if let sum = ownedGradient() {
            add(sum.pointer(Scalar.self), true)
        } else {
            let sum = Storage.make(count: Shape.count(shape), precision: Scalar.precision)
            add(sum.pointer(Scalar.self), false)
            gradient = sum
        }
    }

    /// Adds a gradient of the node's own shape. The first to arrive is taken over without copying.
    @export(interface)
    package final func receive(_ contribution: consuming Storage) {
        if let sum = ownedGradient() {
            sum.add(contribution)
            return
        }
        // A leaf's gradient is read and changed by the user, so it must not be seen under another name.
        var contribution = contribution
        if isLeaf && !isKnownUniquelyReferenced(&contribution) { contribution = contribution.duplicate() }
        gradient = contribution
    }

    /// The gradient so far, in a block that nobody else sees; nil when none has arrived.
    private final func ownedGradient() -> Storage? {
        guard gradient != nil else { return nil }
        if !isKnownUniquelyReferenced(&gradient) { gradient = gradient?.duplicate() }
        return gradient
    }
}

extension Storage {
    /// Adds the numbers of another block of the same size.
    package func add(_ other: Storage) {
        switch precision {
        case .single: Storage.add(floats, other.floats, count)
        case .double: Storage.add(pointer(Double.self), other.pointer(Double.self), count)
        }
    }

    private static func add<Scalar: Real>(
        _ sum: UnsafeMutablePointer<Scalar>,
        _ term: UnsafeMutablePointer<Scalar>,
        _ count: Int
    ) {
        for index in 0..<count { sum[index] += term[index] }
    }
}
