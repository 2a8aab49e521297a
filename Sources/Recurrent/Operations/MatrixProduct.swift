extension Tensor {
    /// The matrix product: y[i, j] = Σₖ a[i, k] · b[k, j].
    ///
    /// Each sum runs over k upward, with one fused multiply-add a term.
    ///
    /// - Shape: [m, k] times [k, n] → [m, n]
    /// - Parameter other: The right factor.
    public func matmul(_ other: Tensor, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        require(
            rank == 2 && other.rank == 2,
            "matmul: expected two matrices, got shapes \(Shape.text(shape)) and \(Shape.text(other.shape)). "
                + "Reshape each to two axes first.",
            file: file,
            line: line
        )
        require(
            shape[1] == other.shape[0],
            "matmul: \(Shape.text(shape, axes: ["rows", "columns"])) times "
                + "\(Shape.text(other.shape, axes: ["rows", "columns"])): the left matrix has \(shape[1]) columns, "
                + "so the right one needs \(shape[1]) rows, not \(other.shape[0]). Transpose one of the two?",
            file: file,
            line: line
        )
        if storage.precision != other.storage.precision { return doubled().matmul(other.doubled()) }
        let sizes = ProductSizes(rows: shape[0], terms: shape[1], columns: other.shape[1])
        let result = Storage.make(count: sizes.rows * sizes.columns, precision: storage.precision)
        switch storage.precision {
        case .single: sizes.multiply(storage.floats, other.storage.floats, into: result.floats)
        case .double:
            sizes.multiply(
                storage.pointer(Double.self),
                other.storage.pointer(Double.self),
                into: result.pointer(Double.self)
            )
        }
        let resultShape = [sizes.rows, sizes.columns]
        let (first, second) = (tracked, other.tracked)
        guard first != nil || second != nil else { return Tensor(result, shape: resultShape) }
        let node = MatrixProductNode(
            sizes,
            shape: resultShape,
            left: second == nil ? nil : storage,
            right: first == nil ? nil : other.storage,
            first: first,
            second: second
        )
        return Tensor(result, shape: resultShape, node: node)
    }
}

/// The sizes of a matrix product.
private struct ProductSizes {
    let rows: Int
    let terms: Int
    let columns: Int

    func multiply<Scalar: Real>(
        _ left: UnsafePointer<Scalar>,
        _ right: UnsafePointer<Scalar>,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        Scalar.multiply(
            MatrixView(left, rows, terms),
            MatrixView(right, terms, columns),
            into: result,
            accumulating: false
        )
    }
}

/// The tape's record of a matrix product: with upstream gradient g, a receives g · bᵀ and b receives aᵀ · g.
///
/// The terms are added one by one onto the gradient that is there already, b's from the last row to the first. So a
/// weight that is used at every time step collects one long sum, last step and last row first, and a layer that
/// computes the whole sequence as one product gives the same bits.
private final class MatrixProductNode: Node {
    let sizes: ProductSizes
    @exclusivity(unchecked) var left: Storage?
    @exclusivity(unchecked) var right: Storage?

    init(
        _ sizes: ProductSizes,
        shape: [Int],
        left: Storage?,
        right: Storage?,
        first: Node?,
        second: Node?
    ) {
        self.sizes = sizes
        self.left = left
        self.right = right
        super.init(shape: shape, first: first, second: second)
    }

    override var name: String { "matmul" }

    override func forget() {
        left = nil
        right = nil
    }

    override func backward(_ gradient: Storage) {
        switch gradient.precision {
        case .single: send(Float.self, gradient)
        case .double: send(Double.self, gradient)
        }
    }

    private func send<Scalar: Real>(_: Scalar.Type, _ gradient: Storage) {
        let gradient = MatrixView<Scalar>(gradient.pointer(Scalar.self), sizes.rows, sizes.columns)
        if let first, let right {
            let right = MatrixView<Scalar>(right.pointer(Scalar.self), sizes.terms, sizes.columns)
            first.receive(Scalar.self) { sum, holdsSum in
                Scalar.multiply(gradient, right.transposed, into: sum, accumulating: holdsSum)
            }
        }
        if let second, let left {
            let left = MatrixView<Scalar>(left.pointer(Scalar.self), sizes.rows, sizes.terms)
            second.receive(Scalar.self) { sum, holdsSum in
                Scalar.multiply(
                    left.reversed.transposed,
                    gradient.reversed,
                    into: sum,
                    accumulating: holdsSum
                )
            }
        }
    }
}
