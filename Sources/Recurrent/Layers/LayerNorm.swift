/// A layer that shifts and scales each row to mean 0 and variance 1, then by its weights.
///
/// `y = (x − mean) / √(variance + ε) · γ + β`, with the variance divided by the count, over the last axes.
///
/// - Shape: x [..., normalized axes] → the same
///
/// Source: J. Ba et al., "Layer normalization" (2016); PyTorch's `LayerNorm`.
public struct LayerNorm: TensorLayer {
    /// The lengths of the last axes, over which the numbers are normalized.
    public let normalizedShape: [Int]
    /// ε, which keeps the denominator from zero.
    public let epsilon: Double
    /// γ, ones at first.
    public let weight: Tensor?
    /// β, zeros at first.
    public let bias: Tensor?

    /// Creates a layer.
    ///
    /// - Parameters:
    ///   - normalizedShape: The lengths of the last axes.
    ///   - epsilon: ε, which keeps the denominator from zero.
    ///   - affine: Whether there is γ.
    ///   - bias: Whether there is β as well.
    @export(interface)
    public init(
        _ normalizedShape: [Int],
        epsilon: Double = 1e-5,
        affine: Bool = true,
        bias: Bool = true,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            !normalizedShape.isEmpty && normalizedShape.allSatisfy { $0 > 0 },
            "LayerNorm: the normalized shape \(Shape.text(normalizedShape)) must have an axis, and no empty one.",
            file: file,
            line: line
        )
        self.normalizedShape = normalizedShape
        self.epsilon = epsilon
        weight = affine ? Tensor.ones(normalizedShape).requiringGradient() : nil
        self.bias = affine && bias ? Tensor.zeros(normalizedShape).requiringGradient() : nil
    }

    /// The layer's parameters: `weight` and `bias`.
    public var structure: LayerStructure {
        LayerStructure(
            "LayerNorm(\(Shape.text(normalizedShape)))",
            parameters: [("weight", weight), ("bias", bias)]
        )
    }

    /// The normalized numbers.
    @_disfavoredOverload
    @export(interface)
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, file: #filePath, line: #line) }

    /// The normalized numbers.
    ///
    /// - Shape: x [..., normalized axes] → the same
    @export(interface)
    public func callAsFunction(_ x: Tensor, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        require(
            x.shape.suffix(normalizedShape.count).elementsEqual(normalizedShape),
            "LayerNorm: expected [..., \(Shape.text(normalizedShape).dropFirst()), not a tensor of shape "
                + "\(Shape.text(x.shape)).",
            file: file,
            line: line
        )
        var y = standardized(x)
        if let weight { y = y * weight }
        if let bias { y = y + bias }
        if weight != nil { Recorder.current?.note(output: y, of: structure) }
        return y
    }

    private func standardized(_ x: Tensor) -> Tensor {
        let width = Shape.count(normalizedShape)
        let result = Storage.make(count: x.count, precision: x.storage.precision)
        let rows = Standardization(rows: x.count / width, width: width, epsilon: epsilon)
        let scales = Storage.make(count: rows.rows, precision: result.precision)
        switch result.precision {
        case .single: rows.forward(Float.self, x.storage, result, scales)
        case .double: rows.forward(Double.self, x.storage, result, scales)
        }
        let node = x.tracked.map { StandardizationNode(rows, result, scales, shape: x.shape, input: $0) }
        return Tensor(result, shape: x.shape, node: node)
    }
}

/// Rows shifted to mean 0 and scaled to variance 1.
private struct Standardization {
    let rows: Int
    let width: Int
    let epsilon: Double

    /// Writes the standardized rows, and by what each was scaled.
    func forward<Scalar: Real>(_: Scalar.Type, _ x: Storage, _ y: Storage, _ scales: Storage) {
        let (x, y) = (x.pointer(Scalar.self), y.pointer(Scalar.self))
        let scales = scales.pointer(Scalar.self)
        for row in 0..<rows {
            let (from, to) = (x + row * width, y + row * width)
            let mean = Summation.total(from, width) / Scalar(width)
            for column in 0..<width { to[column] = (from[column] - mean) * (from[column] - mean) }
            let variance = Summation.total(to, width) / Scalar(width)
            // A variance beyond all numbers must not turn the row into zeros.
            scales[row] = variance.isInfinite ? .nan : 1 / (variance + Scalar(epsilon)).squareRoot()
            for column in 0..<width { to[column] = (from[column] - mean) * scales[row] }
        }
    }

    /// With ĝ the mean of g and ĝy that of g · y: the gradient is scale · (g − ĝ − y ĝy).
    func backward<Scalar: Real>(
        _: Scalar.Type,
        _ gradient: Storage,
        _ y: Storage,
        _ scales: Storage,
        _ result: Storage
    ) {
        let (g, y) = (gradient.pointer(Scalar.self), y.pointer(Scalar.self))
        let (scales, out) = (scales.pointer(Scalar.self), result.pointer(Scalar.self))
        for row in 0..<rows {
            let start = row * width
            for column in start..<start + width { out[column] = g[column] * y[column] }
            let product = Summation.total(out + start, width) / Scalar(width)
            let mean = Summation.total(g + start, width) / Scalar(width)
            for column in start..<start + width {
                out[column] = scales[row] * ((g[column] - mean) - y[column] * product)
            }
        }
    }
}

/// The tape's record of a standardization.
private final class StandardizationNode: Node {
    let rows: Standardization

    init(_ rows: Standardization, _ result: Storage, _ scales: Storage, shape: [Int], input: Node) {
        self.rows = rows
        super.init(shape: shape, first: input, saving: result, scales)
    }

    override var name: String { "LayerNorm" }

    override func backward(_ gradient: Storage) {
        guard let result = savedFirst?.storage, let scales = savedSecond?.storage else { return }
        let contribution = Storage.make(count: gradient.count, precision: gradient.precision)
        switch gradient.precision {
        case .single: rows.backward(Float.self, gradient, result, scales, contribution)
        case .double: rows.backward(Double.self, gradient, result, scales, contribution)
        }
        first?.receive(contribution)
    }
}
