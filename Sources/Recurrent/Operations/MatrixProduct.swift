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
        let product = MatrixProduct(rows: shape[0], columns: other.shape[1], terms: shape[1])
        let result = Storage.make(count: product.rows * product.columns, precision: storage.precision)
        switch storage.precision {
        case .single: product.forward(storage.floats, other.storage.floats, result.floats)
        case .double:
            product.forward(
                storage.pointer(Double.self),
                other.storage.pointer(Double.self),
                result.pointer(Double.self)
            )
        }
        let resultShape = [product.rows, product.columns]
        let (first, second) = (tracked, other.tracked)
        guard first != nil || second != nil else { return Tensor(result, shape: resultShape) }
        let node = MatrixProductNode(
            product,
            left: second == nil ? nil : storage,
            right: first == nil ? nil : other.storage,
            shape: resultShape,
            first: first,
            second: second
        )
        return Tensor(result, shape: resultShape, node: node)
    }
}

/// The sizes of a matrix product, and its three computations.
private struct MatrixProduct {
    let rows: Int
    let columns: Int
    let terms: Int

    func forward<Scalar: Real>(
        _ left: UnsafeMutablePointer<Scalar>,
        _ right: UnsafeMutablePointer<Scalar>,
        _ result: UnsafeMutablePointer<Scalar>
    ) {
        result.update(repeating: 0, count: rows * columns)
        for i in 0..<rows {
            let y = result + i * columns
            for k in 0..<terms {
                let (factor, b) = (left[i * terms + k], right + k * columns)
                for j in 0..<columns { y[j] = Scalar.fused(y[j], factor, b[j]) }
            }
        }
    }

    /// Adds gradient · rightᵀ.
    func addLeft<Scalar: Real>(
        _ gradient: UnsafeMutablePointer<Scalar>,
        _ right: UnsafeMutablePointer<Scalar>,
        _ sum: UnsafeMutablePointer<Scalar>
    ) {
        for i in 0..<rows {
            let y = sum + i * terms
            for j in 0..<columns {
                let factor = gradient[i * columns + j]
                for k in 0..<terms { y[k] = Scalar.fused(y[k], factor, right[k * columns + j]) }
            }
        }
    }

    /// Adds leftᵀ · gradient.
    func addRight<Scalar: Real>(
        _ gradient: UnsafeMutablePointer<Scalar>,
        _ left: UnsafeMutablePointer<Scalar>,
        _ sum: UnsafeMutablePointer<Scalar>
    ) {
        for i in 0..<rows {
            let g = gradient + i * columns
            for k in 0..<terms {
                let (factor, y) = (left[i * terms + k], sum + k * columns)
                for j in 0..<columns { y[j] = Scalar.fused(y[j], factor, g[j]) }
            }
        }
    }
}

/// The tape's record of a matrix product: with upstream gradient g, a receives g · bᵀ and b receives aᵀ · g.
///
/// The terms are added one by one onto the gradient that is there already, so that a weight used at every time step
/// collects one long sum, steps last to first, and a whole sequence can be computed as one product with equal bits.
private final class MatrixProductNode: Node {
    let product: MatrixProduct
    var left: Storage?
    var right: Storage?

    init(
        _ product: MatrixProduct,
        left: Storage?,
        right: Storage?,
        shape: [Int],
        first: Node?,
        second: Node?
    ) {
        self.product = product
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
        let g = gradient.pointer(Scalar.self)
        if let first, let right {
            first.receive(Scalar.self) { sum, holdsSum in
                if !holdsSum { sum.update(repeating: 0, count: product.rows * product.terms) }
                product.addLeft(g, right.pointer(Scalar.self), sum)
            }
        }
        if let second, let left {
            second.receive(Scalar.self) { sum, holdsSum in
                if !holdsSum { sum.update(repeating: 0, count: product.terms * product.columns) }
                product.addRight(g, left.pointer(Scalar.self), sum)
            }
        }
    }
}
