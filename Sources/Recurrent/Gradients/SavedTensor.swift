/// A block of numbers that an operation saves for `backward`, with the version that it has computed with.
package struct SavedTensor {
    package let storage: Storage
    private let version: UInt32

    @inline(__always)
    init(_ storage: Storage) {
        self.storage = storage
        version = storage.version
    }

    /// Whether the numbers were changed since.
    @inline(__always)
    var isStale: Bool { storage.version != version }
}

extension Node {
    /// The saved numbers that have changed since; nil if all are as they were.
    @inline(__always)
    package final var staleTensor: Storage? {
        if savedFirst?.isStale == true { return savedFirst?.storage }
        if savedSecond?.isStale == true { return savedSecond?.storage }
        return savedOthers.isEmpty ? nil : savedOthers.first { $0.isStale }?.storage
    }

    /// The message for a saved tensor that has changed: why this operation cannot go back, and what helps.
    final func staleness(of storage: Storage) -> String {
        "backward(): \(name) needs \(named(storage)) as it was when the loss was computed, but a step, an assignment to data "
            + "or a loaded file has changed it since, so that the gradient would be wrong. Call backward() before that, or compute "
            + "the loss again after it. A state that is carried from one sequence to the next must be cut from its past, with "
            + "state = state.detached(), not kept with retainGraph: true."
    }

    /// The operand with these numbers that is a leaf, or the same numbers under another shape.
    private final func leaf(of storage: Storage) -> Leaf? {
        for input in [first, second] + others {
            var node = input
            while let operation = node, !operation.isLeaf { node = operation.first }
            if let leaf = node?.leaf, leaf.storage === storage { return leaf }
        }
        return nil
    }

    private final func named(_ storage: Storage) -> String {
        guard let leaf = leaf(of: storage) else {
            return "a tensor of \(storage.count) \(storage.count == 1 ? "number" : "numbers")"
        }
        return "the parameter \(leaf.modelName.map { $0 + " " } ?? "")of shape \(Shape.text(leaf.shape))"
    }
}
