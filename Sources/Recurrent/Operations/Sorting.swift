extension Tensor {
    /// The places of the numbers along an axis in sorted order; equals keep their order.
    ///
    /// - Shape: [a, b, c] → [a, b, c]
    /// - Parameters:
    ///   - axis: The axis along which numbers are sorted; negative ones count from the last.
    ///   - descending: Whether the largest comes first. NaN counts as larger than all numbers, as in PyTorch.
    @export(interface)
    public func argsort(
        axis: Int = -1,
        descending: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        ranking(axis, nil, descending, of: "argsort", file: file, line: line).places
    }

    /// The numbers along an axis in sorted order, and where they stood; equals keep their order.
    ///
    ///     let (values, indices) = losses.sorted(descending: true)
    ///
    /// Each number's gradient goes back to where it stood.
    ///
    /// - Shape: [a, b, c] → [a, b, c], both
    /// - Parameters:
    ///   - axis: The axis along which numbers are sorted; negative ones count from the last.
    ///   - descending: Whether the largest comes first. NaN counts as larger than all numbers, as in PyTorch.
    ///
    /// Source: PyTorch's `torch.sort(stable=True)`.
    @export(interface)
    public func sorted(
        axis: Int = -1,
        descending: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (values: Tensor, indices: IntTensor) {
        let ranking = ranking(axis, nil, descending, of: "sorted", file: file, line: line)
        return (copy(ranking.selection, name: "sorted", shape: ranking.places.shape), ranking.places)
    }

    /// The `count` largest numbers along an axis, the largest first, and where they stand; of equals, the first.
    ///
    ///     let (values, indices) = softmax(logits).topK(3)
    ///
    /// Each number's gradient goes back to where it stood.
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, count, c], both
    /// - Parameters:
    ///   - count: K, from 0 to the length of the axis.
    ///   - axis: The axis along which numbers compete; negative ones count from the last.
    ///   - largest: Whether the largest are wanted, not the smallest, of which the smallest comes first. NaN counts as
    ///     larger than all numbers, as in PyTorch.
    ///
    /// Source: PyTorch's `torch.topk`.
    @export(interface)
    public func topK(
        _ count: Int,
        axis: Int = -1,
        largest: Bool = true,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (values: Tensor, indices: IntTensor) {
        let ranking = ranking(axis, count, largest, of: "topK", file: file, line: line)
        return (copy(ranking.selection, name: "topK", shape: ranking.places.shape), ranking.places)
    }

    private func ranking(
        _ axis: Int,
        _ count: Int?,
        _ descending: Bool,
        of operation: String,
        file: StaticString,
        line: UInt
    ) -> Ranking {
        // A single number is a line of one, as in PyTorch.
        let isSingle = rank == 0 && (axis == 0 || axis == -1)
        let shape = isSingle ? [1] : shape
        let axis = Shape.axis(axis, of: shape, for: operation, file: file, line: line)
        let count = count ?? shape[axis]
        require(
            count >= 0 && count <= shape[axis],
            "\(operation): \(count) numbers of axis \(axis) of shape \(Shape.text(shape)), which has \(shape[axis]); ask for "
                + "0 to \(shape[axis]).",
            file: file,
            line: line
        )
        let lines = Lines(shape, axis: axis)
        let ranking =
            switch storage.precision {
            case .single: Ranking(storage.floats, lines, count, descending)
            case .double: Ranking(storage.pointer(Double.self), lines, count, descending)
            }
        guard isSingle && count == 1 else { return ranking }
        return Ranking(places: ranking.places.reshaped([]), selection: ranking.selection)
    }
}

/// The first numbers of each line along an axis in sorted order.
struct Ranking {
    /// Where they stand in their lines.
    let places: IntTensor
    /// Where they stand in the block.
    let selection: Selection

    fileprivate init(places: IntTensor, selection: Selection) {
        self.places = places
        self.selection = selection
    }

    fileprivate init<Scalar: Real>(
        _ numbers: UnsafePointer<Scalar>,
        _ lines: Lines,
        _ count: Int,
        _ descending: Bool
    ) {
        let total = lines.outer * count * lines.inner
        var places = [Int](repeating: 0, count: total)
        var starts = places
        for outer in 0..<lines.outer {
            for inner in 0..<lines.inner {
                let line = outer * lines.length * lines.inner + inner
                let ranks = Ranking.places(
                    numbers + line,
                    count: lines.length,
                    stride: lines.inner,
                    descending: descending
                )
                for (rank, place) in ranks.prefix(count).enumerated() {
                    let target = (outer * count + rank) * lines.inner + inner
                    places[target] = place
                    starts[target] = line + place * lines.inner
                }
            }
        }
        let shape = lines.shape[..<lines.axis] + [count] + lines.shape[(lines.axis + 1)...]
        self.places = IntTensor(shape: Array(shape), scalars: places)
        selection = .pieces(starts: starts, width: 1)
    }

    /// The places of the numbers of a line in sorted order: NaN is larger than all numbers, and equals keep their order.
    static func places<Scalar: Real>(
        _ line: UnsafePointer<Scalar>,
        count: Int,
        stride: Int,
        descending: Bool
    ) -> [Int] {
        var places = Array(0..<count)
        places.sort { first, second in
            let (a, b) = (line[first * stride], line[second * stride])
            let (low, high) = descending ? (b, a) : (a, b)
            if low < high || (high.isNaN && !low.isNaN) { return true }
            if low > high || (low.isNaN && !high.isNaN) { return false }
            return first < second
        }
        return places
    }
}
