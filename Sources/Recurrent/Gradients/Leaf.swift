#if !hasFeature(Embedded)
    internal import Synchronization
#endif

/// A tensor that collects gradients and was not computed: a parameter, or an input one asks about.
package final class Leaf: Node {
    /// The tensor's numbers.
    let storage: Storage

    // Whoever lists a model's parameters names them, and two threads may do so at once.
    #if hasFeature(Embedded)
        private var label: String?
    #else
        private let label = Mutex<String?>(nil)
    #endif

    init(_ storage: Storage, shape: [Int]) {
        self.storage = storage
        super.init(shape: shape)
    }

    package override var name: String { "leaf" }
    package override var isLeaf: Bool { true }
}

extension Node {
    /// This node, if it is a leaf.
    final var leaf: Leaf? { isLeaf ? unsafeDowncast(self, to: Leaf.self) : nil }
}

extension Leaf {
    /// The parameter's name in its model; nil until the parameters of a model that has it are listed.
    var modelName: String? {
        #if hasFeature(Embedded)
            label
        #else
            label.withLock { $0 }
        #endif
    }

    /// Notes what a model calls the parameter. Of the names in a layer and in what that is part of, the longest stays.
    func note(modelName name: String) {
        func isShorter(_ known: String?) -> Bool { (known?.utf8.count ?? 0) < name.utf8.count }
        #if hasFeature(Embedded)
            if isShorter(label) { label = name }
        #else
            label.withLock { if isShorter($0) { $0 = name } }
        #endif
    }
}
