/// A rectangular block of whole numbers of any rank, row-major: classes, words, places.
///
/// It is a plain value without gradients; two are equal when shape and numbers are.
///
///     let tokens = IntTensor([[3, 1, 4], [1, 5, 9]])
///     let vectors = table[tokens]                         // [2, 3, width]
public struct IntTensor: Hashable, Sendable {
    /// The length of each axis, outermost first; empty for a single number.
    public let shape: [Int]

    /// The numbers in row-major order.
    public let scalars: [Int]

    /// A tensor of the given shape from its numbers in row-major order.
    ///
    /// - Precondition: `scalars` has as many numbers as the shape has places.
    public init(shape: [Int], scalars: [Int], file: StaticString = #filePath, line: UInt = #line) {
        let count = Shape.count(shape, of: "IntTensor(shape:scalars:)", file: file, line: line)
        require(
            count == scalars.count,
            "IntTensor(shape:scalars:): shape \(Shape.text(shape)) has room for \(count) numbers, "
                + "but \(scalars.count) were given.",
            file: file,
            line: line
        )
        self.shape = shape
        self.scalars = scalars
    }

    /// A single number, of shape [].
    public init(_ scalar: Int) { self.init(shape: [], scalars: [scalar]) }

    /// A vector from its numbers.
    public init(_ scalars: [Int]) { self.init(shape: [scalars.count], scalars: scalars) }

    /// A matrix from its rows.
    ///
    /// - Precondition: All rows have the same length.
    @export(interface)
    public init(_ rows: [[Int]], file: StaticString = #filePath, line: UInt = #line) {
        let width = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() where row.count != width {
            stop(
                "IntTensor: row 0 has \(width) numbers, row \(index) has \(row.count); all rows must be of one length.",
                file: file,
                line: line
            )
        }
        self.init(shape: [rows.count, width], scalars: rows.flatMap { $0 })
    }

    /// The whole parts of a tensor's numbers.
    ///
    /// - Precondition: Every number is finite and fits an `Int`.
    @export(interface)
    public init(_ tensor: Tensor, file: StaticString = #filePath, line: UInt = #line) {
        let scalars = tensor.scalars.map { number in
            guard let whole = Int(exactly: number.rounded(.towardZero)) else {
                stop("IntTensor: \(number) has no whole part that fits an Int.", file: file, line: line)
            }
            return whole
        }
        self.init(shape: tensor.shape, scalars: scalars)
    }

    /// The numbers from `start` to before `end`.
    ///
    /// - Precondition: `end` is not the smaller.
    @export(interface)
    public static func arange(
        _ start: Int = 0,
        _ end: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        require(
            start <= end,
            "IntTensor.arange: steps of 1 do not lead from \(start) to \(end).",
            file: file,
            line: line
        )
        let (count, overflow) = end.subtractingReportingOverflow(start)
        requireCount(overflow ? .max : count, of: "IntTensor.arange", file: file, line: line)
        return IntTensor(Array(start..<end))
    }

    /// A tensor of zeros.
    @export(interface)
    public static func zeros(
        _ shape: [Int],
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        let count = Shape.count(shape, of: "IntTensor.zeros", file: file, line: line)
        return IntTensor(shape: shape, scalars: [Int](repeating: 0, count: count))
    }

    /// The number of axes.
    public var rank: Int { shape.count }

    /// The number of elements.
    public var count: Int { scalars.count }

    /// The only number of the tensor.
    ///
    /// - Precondition: The tensor holds one number, whatever its rank.
    public var item: Int {
        require(
            count == 1,
            "item: an integer tensor of shape \(Shape.text(shape)) holds \(count) numbers, not one. "
                + "Pick one with an index, or read them all with scalars."
        )
        return scalars[0]
    }

    /// The same numbers, in the same row-major order, under another shape.
    ///
    /// - Parameter shape: The new shape. One length may be −1: it is found from the others.
    public func reshaped(_ shape: [Int], file: StaticString = #filePath, line: UInt = #line) -> IntTensor {
        let target = Shape.completed(shape, from: self.shape, file: file, line: line)
        return IntTensor(shape: target, scalars: scalars)
    }

    /// The same numbers, in the same row-major order, under another shape.
    public func reshaped(_ shape: Int..., file: StaticString = #filePath, line: UInt = #line) -> IntTensor {
        reshaped(shape, file: file, line: line)
    }

    /// Returns what `view` reads of this tensor.
    func read(_ view: StridedView) -> IntTensor {
        var numbers: [Int] = []
        numbers.reserveCapacity(Shape.count(view.shape))
        view.forEachRow { _, start, count, stride in
            for index in 0..<count { numbers.append(scalars[start + index * stride]) }
        }
        return IntTensor(shape: view.shape, scalars: numbers)
    }
}

extension IntTensor: CustomStringConvertible {
    /// The shape, then the numbers in aligned columns.
    public var description: String {
        let body = PrintedLayout(shape: shape).text { String(scalars[$0]) }
        return "IntTensor \(Shape.text(shape))\(rank > 1 ? "\n" : " ")\(body)"
    }
}

extension Tensor {
    /// The numbers of an integer tensor, each rounded to the nearest `Float`.
    public init(_ integers: IntTensor) {
        self.init(shape: integers.shape, scalars: integers.scalars.map { Float($0) })
    }

    /// Rows of zeros with a one at each index's place.
    ///
    /// - Shape: indices [...] → [..., count]
    /// - Precondition: Every index is from 0 to before `count`.
    @export(interface)
    public static func oneHot(
        _ indices: IntTensor,
        count: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        for index in indices.scalars {
            require(
                index >= 0 && index < count,
                "Tensor.oneHot: index \(index) is out of range; with a count of \(count), indices run from 0 to "
                    + "\(count - 1).",
                file: file,
                line: line
            )
        }
        let result = Tensor.zeros(indices.shape + [count])
        for (row, index) in indices.scalars.enumerated() { result.storage.floats[row * count + index] = 1 }
        return result
    }
}
