extension Tensor {
    /// The sum of all numbers.
    ///
    /// - Shape: [...] → []
    @export(interface)
    public func sum() -> Tensor { summed(to: [], keptShape: []) }

    /// The mean of all numbers: their sum divided by how many there are.
    ///
    /// - Shape: [...] → []
    @export(interface)
    public func mean() -> Tensor { sum() / Float(count) }

    /// The sums along an axis.
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    @export(interface)
    public func sum(
        axis: Int,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        sum(axes: [axis], keepingDimensions: keepingDimensions, file: file, line: line)
    }

    /// The sums along several axes.
    ///
    /// - Shape: along axes 0 and 1, [a, b, c] → [c], or [1, 1, c] when keeping dimensions
    @export(interface)
    public func sum(
        axes: [Int],
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let axes = normalized(axes, for: "sum", file: file, line: line)
        var keptShape = shape
        for axis in axes { keptShape[axis] = 1 }
        let target =
            keepingDimensions ? keptShape : shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
        return summed(to: target, keptShape: keptShape)
    }

    /// The means along an axis.
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    @export(interface)
    public func mean(
        axis: Int,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        mean(axes: [axis], keepingDimensions: keepingDimensions, file: file, line: line)
    }

    /// The means along several axes.
    ///
    /// - Shape: along axes 0 and 1, [a, b, c] → [c], or [1, 1, c] when keeping dimensions
    @export(interface)
    public func mean(
        axes: [Int],
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let axes = normalized(axes, for: "mean", file: file, line: line)
        let count = axes.reduce(1) { $0 * shape[$1] }
        return sum(axes: axes, keepingDimensions: keepingDimensions) / Float(count)
    }

    /// The axes without negative numbers, of which none may be named twice.
    func normalized(
        _ axes: [Int],
        for operation: String,
        file: StaticString,
        line: UInt
    ) -> [Int] {
        var found: [Int] = []
        for axis in axes {
            let axis = Shape.axis(axis, of: shape, for: operation, file: file, line: line)
            require(
                !found.contains(axis),
                "\(operation): axis \(axis) is named twice in \(Shape.text(axes)).",
                file: file,
                line: line
            )
            found.append(axis)
        }
        return found
    }

    /// - Parameters:
    ///   - target: The shape of the result.
    ///   - keptShape: The same with a length of 1 for each axis summed over; leading ones may be left out.
    private func summed(to target: [Int], keptShape: [Int]) -> Tensor {
        let sums =
            target.isEmpty
            ? storage.summed(outer: 1, length: count, inner: 1) : storage.summed(from: shape, to: keptShape)
        // Where nothing was added up, the numbers are still a result's own.
        let result = sums === storage ? sums.duplicate() : sums
        let node = tracked.map {
            Sum(shape: target, spread: StridedView(of: keptShape, repeatedTo: shape), input: $0)
        }
        return Tensor(result, shape: target, node: node)
    }
}

/// The tape's record of a sum: each number receives the gradient of the sum it went into.
private final class Sum: Node {
    private let spread: StridedView

    /// - Parameter spread: The view of the result that each position of the operand reads.
    init(shape: [Int], spread: StridedView, input: Node) {
        self.spread = spread
        super.init(shape: shape, first: input)
    }

    override var name: String { "sum" }

    override func backward(_ gradient: Storage) {
        first?.receive(Selection.strided(spread).read(gradient))
    }
}
