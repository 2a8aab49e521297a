extension Tensor {
    /// The rows that integers name: entries of axis 0, in any order and any number of times, as in an embedding.
    ///
    /// - Shape: [rows, ...] with indices [a, b] → [a, b, ...]
    /// - Precondition: Every index is from 0 to before the number of rows.
    public subscript(
        _ indices: IntTensor, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Tensor {
        require(
            rank > 0,
            "subscript: rows were asked of a single number; it has no axes.",
            file: file,
            line: line
        )
        for index in indices.scalars {
            require(
                index >= 0 && index < shape[0],
                "subscript: row \(index) is out of range: axis 0 of shape \(Shape.text(shape)) has length \(shape[0]).",
                file: file,
                line: line
            )
        }
        let width = Shape.count(Array(shape[1...]))
        return copy(
            .pieces(starts: indices.scalars.map { $0 * width }, width: width),
            name: "subscript",
            shape: indices.shape + shape[1...]
        )
    }

    /// One entry of each line along an axis.
    ///
    ///     let correct = logits.picking(classes)       // the logit of each row's own class
    ///
    /// - Shape: along axis 1, [a, b, c] with entries [a, c] → [a, c]
    /// - Precondition: `entries` has the tensor's shape without the axis, and every entry lies on it.
    @export(interface)
    public func picking(
        _ entries: IntTensor,
        axis: Int = -1,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let axis = Shape.axis(axis, of: shape, for: "picking", file: file, line: line)
        let lines = Lines(shape, axis: axis)
        require(
            entries.shape == lines.shapeWithoutAxis,
            "picking: one entry of each line along axis \(axis) of shape \(Shape.text(shape)) is named by integers of "
                + "shape \(Shape.text(lines.shapeWithoutAxis)), not \(Shape.text(entries.shape)).",
            file: file,
            line: line
        )
        var places = entries.scalars
        for index in places.indices {
            let entry = places[index]
            require(
                entry >= 0 && entry < lines.length,
                "picking: entry \(entry) is out of range: axis \(axis) of shape \(Shape.text(shape)) has length "
                    + "\(lines.length).",
                file: file,
                line: line
            )
            places[index] = (index / lines.inner * lines.length + entry) * lines.inner + index % lines.inner
        }
        return copy(.pieces(starts: places, width: 1), name: "picking", shape: entries.shape)
    }

    /// Returns rows by number, in any order, any of them several times; one of them may be cut off from gradients.
    ///
    /// - Shape: [rows, ...] → [numbers, ...]
    /// - Precondition: every number is from 0 to before the number of rows.
    @export(interface)
    func gatheringRows(_ rows: [Int], ignoringGradientAt ignored: Int? = nil) -> Tensor {
        let width = Shape.count(Array(shape.dropFirst()))
        return copy(
            .pieces(starts: rows.map { $0 * width }, width: width, ignored: ignored.map { $0 * width }),
            name: "row gathering",
            shape: [rows.count] + shape.dropFirst()
        )
    }
}
