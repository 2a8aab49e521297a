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
        let places = indices.scalars.map { $0 * width }
        return read(
            Places(starts: places, width: width),
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
        return read(Places(starts: places, width: 1), name: "picking", shape: entries.shape)
    }

    private func read(_ places: Places, name: StaticString, shape: [Int]) -> Tensor {
        let result = Storage.make(count: places.starts.count * places.width, precision: storage.precision)
        switch storage.precision {
        case .single: places.read(storage.floats, to: result.floats)
        case .double: places.read(storage.pointer(Double.self), to: result.pointer(Double.self))
        }
        let node = tracked.map { PlacesNode(places, name, shape: shape, input: $0) }
        return Tensor(result, shape: shape, node: node)
    }
}

/// Where pieces of one width start in a block.
private struct Places {
    let starts: [Int]
    let width: Int

    func read<Scalar: Real>(_ block: UnsafeMutablePointer<Scalar>, to pieces: UnsafeMutablePointer<Scalar>) {
        var target = pieces
        for start in starts {
            target.update(from: block + start, count: width)
            target += width
        }
    }

    func add<Scalar: Real>(_ pieces: UnsafeMutablePointer<Scalar>, to block: UnsafeMutablePointer<Scalar>) {
        var source = pieces
        for start in starts {
            for index in 0..<width { block[start + index] += source[index] }
            source += width
        }
    }
}

/// The tape's record of pieces taken out: each place receives the gradients of all its copies, the first copy first.
private final class PlacesNode: Node {
    private let places: Places
    private let operation: StaticString

    init(_ places: Places, _ name: StaticString, shape: [Int], input: Node) {
        self.places = places
        operation = name
        super.init(shape: shape, first: input)
    }

    override var name: String { operation.description }

    override func backward(_ gradient: Storage) {
        switch gradient.precision {
        case .single: send(Float.self, gradient)
        case .double: send(Double.self, gradient)
        }
    }

    private func send<Scalar: Real>(_: Scalar.Type, _ gradient: Storage) {
        guard let first else { return }
        first.receive(Scalar.self) { sum, holdsSum in
            if !holdsSum { sum.update(repeating: 0, count: Shape.count(first.shape)) }
            places.add(gradient.pointer(Scalar.self), to: sum)
        }
    }
}
