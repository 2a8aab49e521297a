/// The arithmetic of shapes. A shape is an array of axis lengths, outermost first.
package enum Shape {
    /// The most numbers that a tensor can have: with more, a place in bytes would not fit an `Int`.
    package static var limit: Int { Int.max / 16 }

    /// The number of places in a tensor of this shape, nil if that is above the limit. Empty axes do not hide the length
    /// of the others, for the strides are products of both.
    package static func checkedCount(_ shape: [Int]) -> Int? {
        var (count, isEmpty) = (1, false)
        for length in shape {
            if length == 0 { isEmpty = true }
            let (product, overflow) = count.multipliedReportingOverflow(by: Swift.max(length, 1))
            if overflow || product > limit { return nil }
            count = product
        }
        return isEmpty ? 0 : count
    }

    /// The number of places in a tensor of this shape.
    @export(interface)
    package static func count(_ shape: [Int]) -> Int {
        var count = 1
        for length in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            if overflow { return self.count(shape, of: "Tensor") }
            count = product
        }
        return count > 0 && count <= limit ? count : self.count(shape, of: "Tensor")
    }

    /// The number of places in a tensor of a shape that `operation` has found.
    @inline(never)
    @export(interface)
    package static func count(_ shape: [Int], of operation: String) -> Int {
        guard let count = checkedCount(shape) else { stop(excess(shape, of: operation)) }
        return count
    }

    private static func excess(_ shape: [Int], of operation: String) -> String {
        "\(operation): the shape \(text(shape)) has more places than memory can have."
    }

    /// The number of places in a shape that a caller gave to `operation`.
    @export(interface)
    package static func count(
        _ shape: [Int],
        of operation: String,
        file: StaticString,
        line: UInt
    ) -> Int {
        for length in shape {
            require(
                length >= 0,
                "\(operation): the shape \(text(shape)) has a negative length.",
                file: file,
                line: line
            )
        }
        guard let count = checkedCount(shape) else {
            stop(excess(shape, of: operation), file: file, line: line)
        }
        return count
    }

    /// The shape as messages write it, `[3, 4]`; with names for the axes, `[batch 3, time 4]`.
    @export(interface)
    package static func text(_ shape: [Int], axes names: [String] = []) -> String {
        var text = "["
        for (axis, length) in shape.enumerated() {
            if axis > 0 { text += ", " }
            if names.count == shape.count { text += names[axis] + " " }
            text += String(length)
        }
        return text + "]"
    }

    /// The axis that a caller means: negative numbers count from the last axis.
    package static func axis(
        _ axis: Int,
        of shape: [Int],
        for operation: String,
        file: StaticString,
        line: UInt
    ) -> Int {
        let rank = shape.count
        require(
            axis >= -rank && axis < rank,
            rank == 0
                ? "\(operation): axis \(axis) of a single number; it has no axes."
                : "\(operation): there is no axis \(axis) in shape \(text(shape)); "
                    + "axes run from 0 to \(rank - 1), or from -\(rank) to -1.",
            file: file,
            line: line
        )
        return axis < 0 ? axis + rank : axis
    }

    /// The shape that two operands are stretched to: axes are matched from the last, and an axis of length 1,
    /// or one that is not there, is repeated. Nil when an axis of one does not fit that of the other.
    package static func broadcast(_ left: [Int], _ right: [Int]) -> [Int]? {
        var shape = left.count >= right.count ? left : right
        let shorter = left.count >= right.count ? right : left
        let offset = shape.count - shorter.count
        for axis in shorter.indices {
            let (long, short) = (shape[offset + axis], shorter[axis])
            if long == short || short == 1 { continue }
            if long != 1 { return nil }
            shape[offset + axis] = short
        }
        return shape
    }

    /// The distance between neighbors along each axis in row-major order.
    package static func strides(_ shape: [Int]) -> [Int] {
        var strides = shape
        var step = 1
        for axis in shape.indices.reversed() {
            strides[axis] = step
            step *= shape[axis]
        }
        return strides
    }
}

/// Stops where a caller asks for fewer numbers than none, or for more than memory can have.
func requireCount(_ count: Int, of operation: String, file: StaticString, line: UInt) {
    require(
        count >= 0 && count <= Shape.limit,
        "\(operation): \(count) numbers were asked for; there can be from 0 to \(Shape.limit).",
        file: file,
        line: line
    )
}
