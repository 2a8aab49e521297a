/// The derivatives of a function's results with respect to its argument: entry (i, j) is ∂yᵢ/∂xⱼ.
///
///     let step = jacobian(at: h) { cell(x, HiddenState($0)).hidden }     // of a recurrent step, [hidden, hidden]
///
/// The tensors that the function uses besides keep the gradients that they have.
///
/// - Shape: x of n numbers, results of m → [m, n]
/// - Parameters:
///   - x: The argument, taken as a constant.
///   - function: Computes the results, without random numbers.
///
/// Source: PyTorch's `torch.autograd.functional.jacobian`.
public func jacobian(at x: Tensor, _ function: (Tensor) -> Tensor) -> Tensor {
    let argument = x.copied().requiringGradient()
    let y = function(argument)
    var rows: [Tensor] = []
    let others = y.node?.leaves.filter { $0 !== argument.node } ?? []
    let kept = others.map { $0.gradient }
    for result in 0..<y.count {
        argument.zeroGradient()
        if y.requiresGradient {
            let direction = Tensor(shape: y.shape) { target in
                for index in 0..<y.count { target[index] = index == result ? 1 : 0 }
            }
            y.backward(direction, retainGraph: true)
        }
        rows.append((argument.gradient ?? Tensor.zeros(x.shape)).flattened().copied())
    }
    for (leaf, gradient) in zip(others, kept) { leaf.gradient = gradient }
    return rows.isEmpty ? Tensor.zeros([0, x.count]) : stacked(rows)
}

extension Node {
    /// The leaves that the result was computed from, this one included if it is one.
    fileprivate var leaves: [Node] {
        var known: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
        var (found, waiting): ([Node], [Node]) = ([], [self])
        while let node = waiting.popLast() {
            if node.isLeaf { found.append(node) }
            for case let input? in [node.first, node.second] + node.others
            where known.insert(ObjectIdentifier(input)).inserted { waiting.append(input) }
        }
        return found
    }
}
