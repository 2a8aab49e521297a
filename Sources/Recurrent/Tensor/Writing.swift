// Entries of a tensor written by the indices that read them: in place through `data`, else as a new tensor.

extension Tensor {
    /// Writes numbers to the selected entries.
    ///
    /// Within an assignment to `data`, and where nobody else holds the numbers or has to differentiate, in place; else the
    /// variable gets a new tensor, and other names for the old one keep the old numbers.
    ///
    /// - Parameter shape: The shape of the entries, to which the numbers are broadcast.
    @export(interface)
    mutating func write(
        _ numbers: Tensor,
        to selection: Selection,
        shape entries: [Int],
        file: StaticString,
        line: UInt
    ) {
        let isTracked = tracked != nil || numbers.tracked != nil
        let fits = storage.precision == .double || numbers.storage.precision == .single
        guard storage.isOpen || (node == nil && !isTracked && fits && isKnownUniquelyReferenced(&storage))
        else {
            self = replacing(
                selection,
                shape: entries,
                with: numbers,
                by: "subscript",
                file: file,
                line: line
            )
            return
        }
        let block = numbers.detached().spread(to: entries, by: "subscript", file: file, line: line).storage
        // Numbers that are moved within one block must not be overwritten before they are read.
        let source = block === storage ? block.duplicate() : block.converted(to: storage.precision)
        selection.write(source, to: storage)
        storage.noteChange()
    }

    /// The tensor with other numbers in the selected entries.
    @export(interface)
    func replacing(
        _ selection: Selection,
        shape entries: [Int],
        with numbers: Tensor,
        by operation: String = "replacing",
        file: StaticString,
        line: UInt
    ) -> Tensor {
        if storage.precision != numbers.storage.precision {
            return doubled().replacing(
                selection,
                shape: entries,
                with: numbers.doubled(),
                by: operation,
                file: file,
                line: line
            )
        }
        let numbers = numbers.spread(to: entries, by: operation, file: file, line: line)
        let result = storage.duplicate()
        selection.write(numbers.storage, to: result)
        let (first, second) = (tracked, numbers.tracked)
        guard first != nil || second != nil else { return Tensor(result, shape: shape) }
        return Tensor(
            result,
            shape: shape,
            node: Replacement(selection, shape: shape, first: first, second: second)
        )
    }

    /// The numbers repeated to the shape of the entries that they are written to; leading axes of length 1 may be too many.
    func spread(to entries: [Int], by operation: String, file: StaticString, line: UInt) -> Tensor {
        var numbers = self
        while numbers.rank > entries.count && numbers.shape[0] == 1 { numbers = numbers.squeezed(axis: 0) }
        require(
            Shape.broadcast(numbers.shape, entries) == entries,
            "\(operation): numbers of shape \(Shape.text(shape)) for entries of shape \(Shape.text(entries)); they must "
                + "be of this shape, or repeat to it along axes of length 1, matched from the last.",
            file: file,
            line: line
        )
        return numbers.broadcast(to: entries)
    }
}

/// The tape's record of entries that were written: their gradient goes to the numbers written, the rest to the tensor.
private final class Replacement: Node {
    private let selection: Selection

    init(_ selection: Selection, shape: [Int], first: Node?, second: Node?) {
        self.selection = selection
        super.init(shape: shape, first: first, second: second)
    }

    override var name: String { "replacing" }

    override func backward(_ gradient: Storage) {
        let rest = gradient.duplicate()
        let written = selection.take(from: rest)
        first?.receive(rest)
        second?.receive(written)
    }
}

extension Tensor {
    /// The tensor with other numbers in the entries that an index picks along axis 0; gradients flow to both.
    ///
    /// - Shape: numbers of the shape of the entries, to which they are broadcast
    public func replacing<A: AxisIndex>(
        _ a: A,
        with numbers: Tensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let view = Picking.view(of: shape, a, file: file, line: line)
        return replacing(.strided(view), shape: view.shape, with: numbers, file: file, line: line)
    }

    /// The tensor with other numbers in the entries that two indices pick along axes 0 and 1; gradients flow to both.
    ///
    ///     let padded = x.replacing(.all, 2..<4, with: y)
    ///
    /// - Shape: numbers of the shape of the entries, to which they are broadcast
    public func replacing<A: AxisIndex, B: AxisIndex>(
        _ a: A,
        _ b: B,
        with numbers: Tensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let view = Picking.view(of: shape, a, b, file: file, line: line)
        return replacing(.strided(view), shape: view.shape, with: numbers, file: file, line: line)
    }

    /// The tensor with other numbers in the entries that three indices pick along axes 0 to 2; gradients flow to both.
    ///
    /// - Shape: numbers of the shape of the entries, to which they are broadcast
    public func replacing<A: AxisIndex, B: AxisIndex, C: AxisIndex>(
        _ a: A,
        _ b: B,
        _ c: C,
        with numbers: Tensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let view = Picking.view(of: shape, a, b, c, file: file, line: line)
        return replacing(.strided(view), shape: view.shape, with: numbers, file: file, line: line)
    }

    /// The tensor with other numbers in the entries that four indices pick along axes 0 to 3; gradients flow to both.
    ///
    /// - Shape: numbers of the shape of the entries, to which they are broadcast
    public func replacing<A: AxisIndex, B: AxisIndex, C: AxisIndex, D: AxisIndex>(
        _ a: A,
        _ b: B,
        _ c: C,
        _ d: D,
        with numbers: Tensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let view = Picking.view(of: shape, a, b, c, d, file: file, line: line)
        return replacing(.strided(view), shape: view.shape, with: numbers, file: file, line: line)
    }
}

// A plain number, written to entries. Its type is optional so that no arithmetic of plain numbers takes it for one: what is
// computed of x[0] stays a tensor.
extension Tensor {
    /// The number that an index picks, nil where that is not one; what is written is repeated to all entries.
    @_disfavoredOverload
    public subscript<A: AxisIndex>(
        _ a: A, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Float? {
        get {
            let entries: Tensor = self[a, file: file, line: line]
            return entries.count == 1 ? entries.item : nil
        }
        set { self[a, file: file, line: line] = Tensor(number: newValue, file: file, line: line) }
    }

    /// The number that two indices pick, nil where that is not one; what is written is repeated to all entries.
    @_disfavoredOverload
    public subscript<A: AxisIndex, B: AxisIndex>(
        _ a: A, _ b: B, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Float? {
        get {
            let entries: Tensor = self[a, b, file: file, line: line]
            return entries.count == 1 ? entries.item : nil
        }
        set { self[a, b, file: file, line: line] = Tensor(number: newValue, file: file, line: line) }
    }

    /// The number that three indices pick, nil where that is not one; what is written is repeated to all entries.
    @_disfavoredOverload
    public subscript<A: AxisIndex, B: AxisIndex, C: AxisIndex>(
        _ a: A, _ b: B, _ c: C, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Float? {
        get {
            let entries: Tensor = self[a, b, c, file: file, line: line]
            return entries.count == 1 ? entries.item : nil
        }
        set { self[a, b, c, file: file, line: line] = Tensor(number: newValue, file: file, line: line) }
    }

    /// The number that four indices pick, nil where that is not one; what is written is repeated to all entries.
    @_disfavoredOverload
    public subscript<A: AxisIndex, B: AxisIndex, C: AxisIndex, D: AxisIndex>(
        _ a: A, _ b: B, _ c: C, _ d: D, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Float? {
        get {
            let entries: Tensor = self[a, b, c, d, file: file, line: line]
            return entries.count == 1 ? entries.item : nil
        }
        set { self[a, b, c, d, file: file, line: line] = Tensor(number: newValue, file: file, line: line) }
    }
}

extension Tensor {
    /// A single number that is written to entries.
    fileprivate init(number: Float?, file: StaticString, line: UInt) {
        guard let number else {
            stop("subscript: nil was written to entries; write a number.", file: file, line: line)
        }
        self.init(number)
    }
}
