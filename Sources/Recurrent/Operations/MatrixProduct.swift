extension Tensor {
    /// The matrix product: y[i, j] = Σₖ a[i, k] · b[k, j].
    ///
    /// Each sum runs over k upward, with one fused multiply-add a term. A vector on the left counts as one row, on the
    /// right as one column; leading axes are batches, which are broadcast.
    ///
    /// - Shape: [m, k] times [k, n] → [m, n]; [k] times [k, n] → [n]; [m, k] times [k] → [m];
    ///   [batch, m, k] times [k, n] or [batch, k, n] → [batch, m, n]
    /// - Parameter other: The right factor.
    @export(interface)
    public func matmul(_ other: Tensor, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        require(
            rank > 0 && other.rank > 0,
            "matmul: expected matrices or vectors, got shapes \(Shape.text(shape)) and \(Shape.text(other.shape)). "
                + "To multiply by a single number, use *.",
            file: file,
            line: line
        )
        require(
            shape[rank - 1] == other.shape[Swift.max(other.rank - 2, 0)],
            Shape.productFailure(shape, other.shape),
            file: file,
            line: line
        )
        if storage.precision != other.storage.precision { return doubled().matmul(other.doubled()) }
        if rank == 2 && other.rank == 2 {
            return product(other, batches: 1, shape: [shape[0], other.shape[1]])
        }
        if rank == 1 {
            return unsqueezed(axis: 0).matmul(other, file: file, line: line).squeezed(
                axis: other.rank == 1 ? 0 : -2
            )
        }
        if other.rank == 1 {
            return matmul(other.unsqueezed(axis: 1), file: file, line: line).squeezed(axis: -1)
        }
        if other.rank == 2 {
            // One matrix for all batches: their rows together are one long matrix.
            let rows = reshaped([-1, shape[rank - 1]])
            return rows.matmul(other).reshaped(shape.dropLast() + [other.shape[1]])
        }
        return broadcastProduct(other, file: file, line: line)
    }

    /// The products of the matrices in two stacks, one by one: y[b] = x[b] · other[b], as `torch.bmm`.
    ///
    /// What `matmul` would repeat or take for a vector is refused here.
    ///
    /// - Shape: [batch, m, k] times [batch, k, n] → [batch, m, n]
    /// - Parameter other: The right factors.
    /// - Precondition: Both have three axes, and as many matrices.
    @export(interface)
    public func batchedProduct(
        _ other: Tensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        require(
            rank == 3 && other.rank == 3 && shape[0] == other.shape[0],
            "batchedProduct: expected [batch, rows, columns] times [batch, rows, columns] with batches of one length, got "
                + "\(Shape.text(shape)) and \(Shape.text(other.shape)). For other ranks, and to use one matrix for all, "
                + "there is matmul.",
            file: file,
            line: line
        )
        return matmul(other, file: file, line: line)
    }

    private func broadcastProduct(_ other: Tensor, file: StaticString, line: UInt) -> Tensor {
        guard let batches = Shape.broadcast(shape.dropLast(2), other.shape.dropLast(2)) else {
            stop(
                "matmul: \(Shape.text(shape)) times \(Shape.text(other.shape)): the leading axes, which count batches, do "
                    + "not fit; lengths must be equal or 1, matched from the last.",
                file: file,
                line: line
            )
        }
        let left = broadcast(to: batches + shape.suffix(2))
        let right = other.broadcast(to: batches + other.shape.suffix(2))
        let resultShape = batches + [shape[rank - 2], other.shape[other.rank - 1]]
        return left.product(right, batches: Shape.count(batches), shape: resultShape)
    }

    /// The products of the matrices in two stacks of equal length.
    private func product(_ other: Tensor, batches: Int, shape resultShape: [Int]) -> Tensor {
        let sizes = ProductSizes(
            batches: batches,
            rows: shape[rank - 2],
            terms: shape[rank - 1],
            columns: other.shape[other.rank - 1]
        )
        let result = Storage.make(
            count: Shape.count(resultShape, of: "matmul"),
            precision: storage.precision
        )
        switch storage.precision {
        case .single: sizes.multiply(storage.floats, other.storage.floats, into: result.floats)
        case .double:
            sizes.multiply(
                storage.pointer(Double.self),
                other.storage.pointer(Double.self),
                into: result.pointer(Double.self)
            )
        }
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

extension Shape {
    /// The message for shapes that cannot be multiplied as matrices, with what may help.
    fileprivate static func productFailure(_ left: [Int], _ right: [Int]) -> String {
        func names(_ shape: [Int]) -> String {
            let batches = [String](repeating: "batch", count: Swift.max(0, shape.count - 2))
            return text(shape, axes: shape.count == 1 ? [] : batches + ["rows", "columns"])
        }
        let columns = left[left.count - 1]
        let rows = right[Swift.max(right.count - 2, 0)]
        let fits = right[right.count - 1] == columns
        return
            "matmul: \(names(left)) times \(names(right)): a row of the left has \(columns) numbers, so the right "
            + "needs \(columns) rows, not \(rows). "
            + (fits ? "Transpose the right one, with transposed()?" : "Transpose or reshape one of the two.")
    }
}

/// The sizes of the matrix products in a stack.
private struct ProductSizes {
    let batches: Int
    let rows: Int
    let terms: Int
    let columns: Int

    func left<Scalar>(_ base: UnsafePointer<Scalar>, _ batch: Int) -> MatrixView<Scalar> {
        MatrixView(base + batch * rows * terms, rows, terms)
    }

    func right<Scalar>(_ base: UnsafePointer<Scalar>, _ batch: Int) -> MatrixView<Scalar> {
        MatrixView(base + batch * terms * columns, terms, columns)
    }

    func result<Scalar>(_ base: UnsafePointer<Scalar>, _ batch: Int) -> MatrixView<Scalar> {
        MatrixView(base + batch * rows * columns, rows, columns)
    }

    func multiply<Scalar: Real>(
        _ a: UnsafePointer<Scalar>,
        _ b: UnsafePointer<Scalar>,
        into c: UnsafeMutablePointer<Scalar>
    ) {
        for batch in 0..<batches {
            let target = c + batch * rows * columns
            Scalar.multiply(left(a, batch), right(b, batch), into: target, accumulating: false)
        }
    }
}

/// The tape's record of a matrix product: with upstream gradient g, a receives g · bᵀ and b receives aᵀ · g.
///
/// b's rows are summed from the last to the first and then added to the gradient that is there already. So a weight
/// that is used at every time step collects one sum for each step, the last first, and a layer that computes the whole
/// sequence as one product gives the same bits.
private final class MatrixProductNode: Node {
    let sizes: ProductSizes

    init(
        _ sizes: ProductSizes,
        shape: [Int],
        left: Storage?,
        right: Storage?,
        first: Node?,
        second: Node?
    ) {
        self.sizes = sizes
        super.init(shape: shape, first: first, second: second, saving: left, right)
    }

    override var name: String { "matmul" }

    override func backward(_ gradient: Storage) {
        switch gradient.precision {
        case .single: send(Float.self, gradient)
        case .double: send(Double.self, gradient)
        }
    }

    private func send<Scalar: Real>(_: Scalar.Type, _ gradient: Storage) {
        let g = gradient.pointer(Scalar.self)
        if let first, let right = savedSecond {
            let b = right.storage.pointer(Scalar.self)
            first.receive(Scalar.self) { sum, holdsSum in
                for batch in 0..<sizes.batches {
                    let target = sum + batch * sizes.rows * sizes.terms
                    Scalar.multiply(
                        sizes.result(g, batch),
                        sizes.right(b, batch).transposed,
                        into: target,
                        accumulating: holdsSum
                    )
                }
            }
        }
        if let second, let left = savedFirst {
            let a = left.storage.pointer(Scalar.self)
            second.add(Scalar.self) { sum in
                for batch in 0..<sizes.batches {
                    Scalar.addProduct(
                        ofTransposed: sizes.left(a, batch),
                        sizes.result(g, batch),
                        steps: [],
                        to: sum + batch * sizes.terms * sizes.columns
                    )
                }
            }
        }
    }
}
