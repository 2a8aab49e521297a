extension Tensor {
    /// The rows that integers name: entries of axis 0, in any order and any number of times, as in an embedding.
    ///
    /// - Shape: [rows, ...] with indices [a, b] → [a, b, ...]
    /// - Precondition: Every index is from 0 to before the number of rows.
    public subscript(
        _ indices: IntTensor, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Tensor {
        get {
            copy(
                rows(indices, of: "subscript", file: file, line: line),
                name: "subscript",
                shape: indices.shape + shape[1...]
            )
        }
        set {
            let rows = rows(indices, of: "subscript", file: file, line: line)
            write(newValue, to: rows, shape: indices.shape + shape[1...], file: file, line: line)
        }
    }

    /// The tensor with other numbers in the rows that integers name; gradients flow to both. Where a row is named several
    /// times, the last numbers stay.
    ///
    /// - Shape: [rows, ...] with indices [a, b] and numbers [a, b, ...], to which they are broadcast → [rows, ...]
    public func replacing(
        _ indices: IntTensor,
        with numbers: Tensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let rows = rows(indices, of: "replacing", file: file, line: line)
        return replacing(rows, shape: indices.shape + shape[1...], with: numbers, file: file, line: line)
    }

    /// The tensor with numbers added to the rows that integers name, as `torch.index_add` along axis 0; gradients flow to
    /// both. To a row that is named several times, all are added, one after the other.
    ///
    ///     let counts = Tensor.zeros([27, 27]).adding(Tensor.oneHot(next, count: 27), at: letters)
    ///
    /// - Shape: [rows, ...] with numbers [a, b, ...] and indices [a, b] → [rows, ...]
    /// - Parameters:
    ///   - numbers: The rows to add, which are broadcast.
    ///   - indices: The row that each is added to.
    @export(interface)
    public func adding(
        _ numbers: Tensor,
        at indices: IntTensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        if storage.precision != numbers.storage.precision {
            return doubled().adding(numbers.doubled(), at: indices, file: file, line: line)
        }
        let rows = rows(indices, of: "adding", file: file, line: line)
        let numbers = numbers.spread(to: indices.shape + shape[1...], by: "adding", file: file, line: line)
        let result = storage.duplicate()
        rows.add(numbers.storage, to: result)
        let (first, second) = (tracked, numbers.tracked)
        guard first != nil || second != nil else { return Tensor(result, shape: shape) }
        return Tensor(
            result,
            shape: shape,
            node: RowAddition(rows, shape: shape, first: first, second: second)
        )
    }

    /// The rows that integers name.
    private func rows(_ indices: IntTensor, of operation: String, file: StaticString, line: UInt) -> Selection
    {
        require(
            rank > 0,
            "\(operation): rows were asked of a single number; it has no axes.",
            file: file,
            line: line
        )
        for index in indices.scalars {
            require(
                index >= 0 && index < shape[0],
                "\(operation): row \(index) is out of range: axis 0 of shape \(Shape.text(shape)) has length \(shape[0]).",
                file: file,
                line: line
            )
        }
        let width = Shape.count(Array(shape[1...]))
        return .pieces(starts: indices.scalars.map { $0 * width }, width: width)
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

/// The tape's record of rows that were added: all of the gradient goes to the tensor, and each row's to what was added to it.
private final class RowAddition: Node {
    private let rows: Selection

    init(_ rows: Selection, shape: [Int], first: Node?, second: Node?) {
        self.rows = rows
        super.init(shape: shape, first: first, second: second)
    }

    override var name: String { "adding" }

    override func backward(_ gradient: Storage) {
        second?.receive(rows.read(gradient))
        first?.receive(gradient)
    }
}
