extension Tensor {
    /// The numbers on and below a diagonal of each matrix; zeros above, as `torch.tril`.
    ///
    /// - Shape: [..., rows, columns] → [..., rows, columns]
    /// - Parameter diagonal: The diagonal: 0 is that from the first entry on, 1 the one above, −1 the one below.
    /// - Precondition: The tensor has at least two axes.
    @export(interface)
    public func lowerTriangle(
        diagonal: Int = 0,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        triangle(Triangle(shape, diagonal, isLower: true, file: file, line: line))
    }

    /// The numbers on and above a diagonal of each matrix; zeros below, as `torch.triu`.
    ///
    /// - Shape: [..., rows, columns] → [..., rows, columns]
    /// - Parameter diagonal: The diagonal: 0 is that from the first entry on, 1 the one above, −1 the one below.
    /// - Precondition: The tensor has at least two axes.
    @export(interface)
    public func upperTriangle(
        diagonal: Int = 0,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        triangle(Triangle(shape, diagonal, isLower: false, file: file, line: line))
    }

    /// Ones on and below a diagonal, zeros above: what each step of a sequence may attend to.
    ///
    /// - Shape: [rows, columns]
    /// - Parameters:
    ///   - rows: The number of rows.
    ///   - columns: The number of columns; as many as rows unless said.
    ///   - diagonal: The diagonal: 0 is that from the first entry on, 1 the one above, −1 the one below.
    @export(interface)
    public static func lowerTriangle(
        _ rows: Int,
        _ columns: Int? = nil,
        diagonal: Int = 0,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let shape = [rows, columns ?? rows]
        _ = Shape.count(shape, of: "Tensor.lowerTriangle", file: file, line: line)
        return ones(shape).lowerTriangle(diagonal: diagonal)
    }

    /// Ones on and above a diagonal, zeros below. Above the main diagonal stands what comes later:
    ///
    ///     let masked = scores.replacing(with: -.infinity, where: .upperTriangle(time, diagonal: 1))
    ///     let weights = softmax(masked)           // each step attends to itself and those before
    ///
    /// - Shape: [rows, columns]
    /// - Parameters:
    ///   - rows: The number of rows.
    ///   - columns: The number of columns; as many as rows unless said.
    ///   - diagonal: The diagonal: 0 is that from the first entry on, 1 the one above, −1 the one below.
    @export(interface)
    public static func upperTriangle(
        _ rows: Int,
        _ columns: Int? = nil,
        diagonal: Int = 0,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let shape = [rows, columns ?? rows]
        _ = Shape.count(shape, of: "Tensor.upperTriangle", file: file, line: line)
        return ones(shape).upperTriangle(diagonal: diagonal)
    }

    private func triangle(_ triangle: Triangle) -> Tensor {
        let node = tracked.map {
            UnaryNode(triangle.name, saved: nil, shape: shape, input: $0) { gradient, _ in
                triangle.cut(gradient)
            }
        }
        return Tensor(triangle.cut(storage), shape: shape, node: node)
    }
}

/// The part of each matrix on one side of a diagonal, which belongs to it.
private struct Triangle {
    let rows: Int
    let columns: Int
    let diagonal: Int
    let isLower: Bool

    var name: String { isLower ? "lowerTriangle" : "upperTriangle" }

    init(_ shape: [Int], _ diagonal: Int, isLower: Bool, file: StaticString, line: UInt) {
        require(
            shape.count >= 2,
            "\(isLower ? "lowerTriangle" : "upperTriangle"): a tensor of shape \(Shape.text(shape)) is no matrix; expected "
                + "[..., rows, columns].",
            file: file,
            line: line
        )
        (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
        self.diagonal = Swift.min(Swift.max(diagonal, -rows - 1), columns)
        self.isLower = isLower
    }

    /// The numbers of the triangle, and zeros.
    func cut(_ block: Storage) -> Storage {
        let result = Storage.zeros(count: block.count, precision: block.precision)
        switch block.precision {
        case .single: cut(block.floats, block.count, result.floats)
        case .double: cut(block.pointer(Double.self), block.count, result.pointer(Double.self))
        }
        return result
    }

    private func cut<Scalar: Real>(
        _ numbers: UnsafePointer<Scalar>,
        _ count: Int,
        _ result: UnsafeMutablePointer<Scalar>
    ) {
        for start in stride(from: 0, to: count, by: Swift.max(columns, 1)) {
            let edge = start / columns % rows + diagonal + (isLower ? 1 : 0)
            let inside = Swift.min(Swift.max(edge, 0), columns)
            let kept = isLower ? 0..<inside : inside..<columns
            let first = start + kept.lowerBound
            (result + first).update(from: numbers + first, count: kept.count)
        }
    }
}
