extension Tensor {
    /// The largest number. Where several are equally large, they share its gradient.
    ///
    /// - Shape: [...] → []
    /// - Precondition: There is at least one number; if one is NaN, so is the result.
    @export(interface)
    public func max(file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        extremum(Largest(), file: file, line: line)
    }

    /// The smallest number. Where several are equally small, they share its gradient.
    ///
    /// - Shape: [...] → []
    /// - Precondition: There is at least one number; if one is NaN, so is the result.
    @export(interface)
    public func min(file: StaticString = #filePath, line: UInt = #line) -> Tensor {
        extremum(Smallest(), file: file, line: line)
    }

    /// The largest numbers along an axis and where they stand; of equals, the first.
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    @export(interface)
    public func max(
        axis: Int,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (values: Tensor, indices: IntTensor) {
        extrema(Largest(), axis, keepingDimensions, file: file, line: line)
    }

    /// The smallest numbers along an axis and where they stand; of equals, the first.
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    @export(interface)
    public func min(
        axis: Int,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (values: Tensor, indices: IntTensor) {
        extrema(Smallest(), axis, keepingDimensions, file: file, line: line)
    }

    /// The place of the largest number in row-major order; of equals, the first.
    @export(interface)
    public func argmax(file: StaticString = #filePath, line: UInt = #line) -> Int {
        place(Largest(isIndex: true), file: file, line: line)
    }

    /// The place of the smallest number in row-major order; of equals, the first.
    @export(interface)
    public func argmin(file: StaticString = #filePath, line: UInt = #line) -> Int {
        place(Smallest(isIndex: true), file: file, line: line)
    }

    /// The places of the largest numbers along an axis; of equals, the first.
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    @export(interface)
    public func argmax(
        axis: Int,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        detached().extrema(Largest(isIndex: true), axis, keepingDimensions, file: file, line: line).indices
    }

    /// The places of the smallest numbers along an axis; of equals, the first.
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    @export(interface)
    public func argmin(
        axis: Int,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        detached().extrema(Smallest(isIndex: true), axis, keepingDimensions, file: file, line: line).indices
    }
}

/// The kind of extremum: largest or smallest.
private protocol Extremum {
    var name: String { get }

    /// Whether `candidate` takes the place of `best`, which stands before it.
    func prefers<Scalar: Real>(_ candidate: Scalar, to best: Scalar) -> Bool
}

private struct Largest: Extremum {
    /// Whether its index is wanted, not the number.
    var isIndex = false
    var name: String { isIndex ? "argmax" : "max" }
    func prefers<Scalar: Real>(_ candidate: Scalar, to best: Scalar) -> Bool {
        candidate > best || (candidate.isNaN && !best.isNaN)
    }
}

private struct Smallest: Extremum {
    /// Whether its index is wanted, not the number.
    var isIndex = false
    var name: String { isIndex ? "argmin" : "min" }
    func prefers<Scalar: Real>(_ candidate: Scalar, to best: Scalar) -> Bool {
        candidate < best || (candidate.isNaN && !best.isNaN)
    }
}

extension Tensor {
    /// The row-major offset of the extremum among all numbers.
    private func place<Kind: Extremum>(_ kind: Kind, file: StaticString, line: UInt) -> Int {
        require(
            count > 0,
            "\(kind.name): a tensor of shape \(Shape.text(shape)) holds no number.",
            file: file,
            line: line
        )
        return flattened().extrema(kind, 0, false, file: file, line: line).indices.item
    }

    private func extremum<Kind: Extremum>(_ kind: Kind, file: StaticString, line: UInt) -> Tensor {
        let place = detached().place(kind, file: file, line: line)
        let value = detached().copy(.consecutive(start: place, count: 1), name: "subscript", shape: [])
        guard let input = tracked else { return value }
        return Tensor(
            value.storage,
            shape: [],
            node: SharedExtremum(kind.name, of: storage, value.storage, input: input)
        )
    }

    private func extrema<Kind: Extremum>(
        _ kind: Kind,
        _ axis: Int,
        _ keepingDimensions: Bool,
        file: StaticString,
        line: UInt
    ) -> (values: Tensor, indices: IntTensor) {
        let axis = Shape.axis(axis, of: shape, for: kind.name, file: file, line: line)
        require(
            shape[axis] > 0,
            "\(kind.name): axis \(axis) of shape \(Shape.text(shape)) has no entry to choose from.",
            file: file,
            line: line
        )
        let lines = Lines(shape, axis: axis)
        let indices =
            switch storage.precision {
            case .single: lines.search(storage.floats, kind)
            case .double: lines.search(storage.pointer(Double.self), kind)
            }
        let keptShape = lines.shapeWithoutAxis
        let index = IntTensor(shape: keptShape, scalars: indices)
        let values = picking(index, axis: axis)
        if !keepingDimensions { return (values, index) }
        return (values.unsqueezed(axis: axis), index.reshaped(lines.shapeWithOne))
    }
}

/// The lines of a tensor along an axis.
struct Lines {
    let shape: [Int]
    let axis: Int
    let outer: Int
    let length: Int
    let inner: Int

    init(_ shape: [Int], axis: Int) {
        self.shape = shape
        self.axis = axis
        outer = Shape.count(Array(shape[..<axis]))
        length = shape[axis]
        inner = Shape.count(Array(shape[(axis + 1)...]))
    }

    var shapeWithoutAxis: [Int] { Array(shape[..<axis] + shape[(axis + 1)...]) }

    var shapeWithOne: [Int] { shape[..<axis] + [1] + shape[(axis + 1)...] }

    /// The index along each line of the number looked for.
    fileprivate func search<Scalar: Real, Kind: Extremum>(
        _ numbers: UnsafeMutablePointer<Scalar>,
        _ kind: Kind
    ) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(outer * inner)
        for row in 0..<outer {
            for column in 0..<inner {
                let line = numbers + row * length * inner + column
                var best = 0
                for entry in 1..<Swift.max(length, 1)
                where kind.prefers(line[entry * inner], to: line[best * inner]) {
                    best = entry
                }
                places.append(best)
            }
        }
        return places
    }
}

/// The tape's record of the largest or smallest number of all: those equal to it share the gradient.
private final class SharedExtremum: Node {
    private let operation: String

    init(_ name: String, of operand: Storage, _ value: Storage, input: Node) {
        operation = name
        super.init(shape: [], first: input, saving: operand, value)
    }

    override var name: String { operation }

    override func backward(_ gradient: Storage) {
        switch gradient.precision {
        case .single: send(Float.self, gradient)
        case .double: send(Double.self, gradient)
        }
    }

    private func send<Scalar: Real>(_: Scalar.Type, _ gradient: Storage) {
        guard let first, let operand = savedFirst?.storage,
            let value = savedSecond?.storage.pointer(Scalar.self)[0]
        else { return }
        let numbers = operand.pointer(Scalar.self)
        // NaN is not equal to itself; it must not lose its gradient for that.
        let isExtreme = { (number: Scalar) in number == value || (number.isNaN && value.isNaN) }
        var equals = 0
        for index in 0..<operand.count where isExtreme(numbers[index]) { equals += 1 }
        let share = gradient.pointer(Scalar.self)[0] / Scalar(equals)
        let contribution = Storage.make(count: operand.count, precision: gradient.precision)
        let result = contribution.pointer(Scalar.self)
        for index in 0..<operand.count { result[index] = isExtreme(numbers[index]) ? share : 0 }
        first.receive(contribution)
    }
}
