extension Tensor {
    /// The tensor with two axes exchanged; of a matrix, by default, rows and columns.
    ///
    /// - Shape: [m, n] → [n, m]
    public func transposed(
        _ first: Int = -2,
        _ second: Int = -1,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let a = Shape.axis(first, of: shape, for: "transposed", file: file, line: line)
        let b = Shape.axis(second, of: shape, for: "transposed", file: file, line: line)
        var view = StridedView(of: shape)
        view.shape.swapAt(a, b)
        view.strides.swapAt(a, b)
        // Neighbors of which one has a single entry: the numbers lie as they should.
        if (a - b).magnitude == 1, shape[a] == 1 || shape[b] == 1 { return reshaped(view.shape) }
        return copy(view, name: "transposed")
    }

    /// The tensor with its axes in another order.
    ///
    /// - Shape: by [2, 0, 1], [a, b, c] → [c, a, b]
    /// - Precondition: `order` names every axis once.
    public func permuted(_ order: [Int], file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        let axes = order.map { Shape.axis($0, of: shape, for: "permuted", file: file, line: line) }
        require(
            axes.sorted() == Array(0..<rank),
            "permuted: \(Shape.text(order)) does not name each of the \(rank) axes of shape \(Shape.text(shape)) once.",
            file: file,
            line: line
        )
        let strides = Shape.strides(shape)
        var view = StridedView(of: shape)
        view.shape = axes.map { shape[$0] }
        view.strides = axes.map { strides[$0] }
        return copy(view, name: "permuted")
    }

    /// The tensor with its entries along an axis from the last to the first.
    public func flipped(axis: Int, file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        let axis = Shape.axis(axis, of: shape, for: "flipped", file: file, line: line)
        var view = StridedView(of: shape)
        if shape[axis] > 0 { view.offset = (shape[axis] - 1) * view.strides[axis] }
        view.strides[axis] = -view.strides[axis]
        return copy(view, name: "flipped")
    }

    /// The tensor repeated along the axes where it has length 1, and along new leading ones.
    ///
    /// - Shape: to [5, 3, 2], [3, 1] → [5, 3, 2]
    /// - Precondition: Every axis of the tensor has length 1 or that of the new shape.
    public func broadcast(to shape: [Int], file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        require(
            Shape.broadcast(self.shape, shape) == shape,
            "broadcast: shape \(Shape.text(self.shape)) cannot be repeated to \(Shape.text(shape)); axes are matched "
                + "from the last, and only those of length 1 can be repeated.",
            file: file,
            line: line
        )
        _ = Shape.count(shape, of: "broadcast", file: file, line: line)
        return shape == self.shape
            ? self : copy(StridedView(of: self.shape, repeatedTo: shape), name: "broadcast")
    }
}
