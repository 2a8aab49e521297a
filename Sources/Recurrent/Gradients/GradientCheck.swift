/// The result of comparing gradients with finite differences.
public struct GradientCheck {
    /// One derivative, as the tape computed it and as it was measured.
    public struct Entry {
        /// The parameter's name.
        public let parameter: String

        /// The entry's index along each axis of the parameter.
        public let index: [Int]

        /// The derivative that `backward()` computed.
        public let computed: Double

        /// The derivative measured by changing the entry a little.
        public let measured: Double

        /// The difference, relative to 1 or to the parameter's largest derivative, if that is larger.
        public let error: Double
    }

    /// The entry with the largest error; nil when there was nothing to compare.
    public let worst: Entry?

    /// The number of derivatives compared.
    public let count: Int

    /// The number of derivatives that differ by more than the tolerance.
    public let failureCount: Int

    /// The largest error that passes.
    public let tolerance: Double

    /// Whether all derivatives agree.
    public var passes: Bool { failureCount == 0 }
}

/// Compares the gradients that `backward()` gives with finite differences, both in double precision.
///
/// For each entry w of each parameter, dL/dw is set against (L(w + h) − L(w − h)) / 2h with h = 2⁻¹⁷. The parameters'
/// numbers and gradients are afterwards what they were.
///
///     gradientCheck(["w1": w1, "w2": w2]) { (tanh(x.matmul(w1)).matmul(w2) - y).pow(2).sum() }
///
/// The two rightly differ where the loss has a kink, as `relu` has at 0, or cuts a gradient with `detached()`.
///
/// - Parameters:
///   - parameters: Tensors made by `requiringGradient()`, and their names in the result; frozen ones are left out.
///   - tolerance: The largest error that passes.
///   - loss: Computes the loss. If that is no single number, its numbers are weighted and added up.
/// - Precondition: `loss` gives the same result at each call: no dropout, no random numbers.
public func gradientCheck(
    _ parameters: KeyValuePairs<String, Tensor>,
    tolerance: Double = 1e-6,
    file: StaticString = #filePath,
    line: UInt = #line,
    loss: () -> Tensor
) -> GradientCheck {
    let named = parameters.map { NamedTensor($0.key, $0.value) }
    return gradientCheck(named, tolerance: tolerance, file: file, line: line, loss: loss)
}

/// Compares the gradients that `backward()` gives with finite differences, for all parameters of a model.
///
///     gradientCheck(model.namedParameters) { meanSquaredError(model(x), y) }
public func gradientCheck(
    _ parameters: [NamedTensor],
    tolerance: Double = 1e-6,
    file: StaticString = #filePath,
    line: UInt = #line,
    loss: () -> Tensor
) -> GradientCheck {
    for parameter in parameters {
        require(
            parameter.tensor.node?.isLeaf == true,
            "gradientCheck: \(parameter.name) is not a tensor made by requiringGradient(), so it collects no gradient to check.",
            file: file,
            line: line
        )
    }
    let storages = parameters.map { $0.tensor.storage }
    let parameters = parameters.filter { !$0.tensor.isFrozen }
    return Storage.withDoublePrecision(storages) {
        withoutActuallyEscaping(loss) { loss in
            let check = FiniteDifferences(parameters: parameters, tolerance: tolerance, loss: loss)
            return check.run(file: file, line: line)
        }
    }
}

/// The comparison, while the parameters' numbers are held in double precision.
private struct FiniteDifferences {
    let parameters: [NamedTensor]
    let tolerance: Double
    let loss: () -> Tensor

    func run(file: StaticString, line: UInt) -> GradientCheck {
        let (value, gradients) = computed(file: file, line: line)
        require(
            value == measuredLoss() || value.isNaN,
            "gradientCheck: two calls of the loss gave different results. Switch dropout off with eval(), and draw "
                + "random numbers before the check.",
            file: file,
            line: line
        )
        var worst: GradientCheck.Entry?
        var (count, failures) = (0, 0)
        for (parameter, gradient) in zip(parameters, gradients) {
            let tensor = parameter.tensor
            let scale = gradient.reduce(1) { max($0, $1.magnitude) }
            for place in 0..<tensor.count {
                let measured = slope(at: tensor.storage.pointer(Double.self) + place)
                let error = (gradient[place] - measured).magnitude / scale
                count += 1
                // Asked this way round, NaN counts as a failure, and as the worst of all.
                if !(error <= tolerance) { failures += 1 }
                if let worst, error <= worst.error || worst.error.isNaN { continue }
                worst = GradientCheck.Entry(
                    parameter: parameter.name,
                    index: Shape.index(of: place, in: tensor.shape),
                    computed: gradient[place],
                    measured: measured,
                    error: error
                )
            }
        }
        return GradientCheck(worst: worst, count: count, failureCount: failures, tolerance: tolerance)
    }

    /// The loss and what the tape gives for each parameter. Gradients that were there before are put back, also those
    /// of tensors that are not checked.
    private func computed(file: StaticString, line: UInt) -> (Double, [[Double]]) {
        let result = singleLoss()
        let leaves = (result.node.map(Leaf.reached) ?? []) + parameters.compactMap { $0.tensor.node?.leaf }
        let before = leaves.map { leaf in
            let gradient = leaf.gradient
            leaf.gradient = nil
            return gradient
        }
        result.backward(file: file, line: line)
        let gradients = parameters.map { parameter in
            let tensor = parameter.tensor
            let gradient = tensor.node?.gradient?.converted(to: .double)
            let numbers = gradient?.pointer(Double.self)
            return (0..<tensor.count).map { numbers?[$0] ?? 0 }
        }
        // Backward, for a leaf may stand in the list twice: what was saved first is put back last.
        for (leaf, gradient) in zip(leaves, before).reversed() { leaf.gradient = gradient }
        return (result.storage.pointer(Double.self)[0], gradients)
    }

    /// The derivative of the loss with respect to one number, by central differences.
    private func slope(at number: UnsafeMutablePointer<Double>) -> Double {
        let (value, step) = (number.pointee, 0x1p-17)
        number.pointee = value + step
        let after = measuredLoss()
        number.pointee = value - step
        let before = measuredLoss()
        number.pointee = value
        return (after - before) / (2 * step)
    }

    private func measuredLoss() -> Double {
        withoutGradients { singleLoss().storage.pointer(Double.self)[0] }
    }

    /// The loss as one number: several are added up with weights of their own, so that errors do not cancel out.
    private func singleLoss() -> Tensor {
        let loss = loss().doubled()
        if loss.count == 1 { return loss }
        let weights = (0..<loss.count).map { Float(($0 * 37 + 11) % 64) / 32 - 0.9 }
        return (loss * Tensor(shape: loss.shape, scalars: weights)).sum()
    }
}

extension Leaf {
    /// The leaves that an operation's result was computed from.
    fileprivate static func reached(from node: Node) -> [Leaf] {
        var (leaves, seen, pile): ([Leaf], Set<ObjectIdentifier>, [Node]) = (
            [], [ObjectIdentifier(node)], [node]
        )
        while let node = pile.popLast() {
            if let leaf = node.leaf { leaves.append(leaf) }
            for input in [node.first, node.second] + node.others {
                if let input, seen.insert(ObjectIdentifier(input)).inserted { pile.append(input) }
            }
        }
        return leaves
    }
}

extension Shape {
    /// The index along each axis of a row-major offset.
    static func index(of place: Int, in shape: [Int]) -> [Int] {
        zip(strides(shape), shape).map { place / $0 % $1 }
    }
}

extension GradientCheck: CustomStringConvertible {
    /// The finding in one sentence, with the worst entry.
    public var description: String {
        guard let worst else { return "gradientCheck: there was nothing to compare." }
        let verdict =
            passes ? "all \(count) derivatives agree" : "\(failureCount) of \(count) derivatives differ"
        let entry = "\(worst.parameter)\(Shape.text(worst.index))"
        return
            "gradientCheck: \(verdict) (tolerance \(NumberFormat.scientific(tolerance))). The worst is \(entry): "
            + "computed \(NumberFormat.scientific(worst.computed)), measured "
            + "\(NumberFormat.scientific(worst.measured)), error \(NumberFormat.scientific(worst.error))."
    }
}
