/// The walk over two operands on which their numbers meet position by position.
///
/// The result is cut into rows. Along a row each operand either advances with the result or stands still; axes that
/// behave alike are merged, so that equal shapes make one long row.
package struct BroadcastRows {
    /// The result's shape.
    package let shape: [Int]

    /// The number of elements in the result.
    package let count: Int

    private var rowLength: Int
    private var leftAdvances: Bool
    private var rightAdvances: Bool

    /// The axes outside the row, innermost first.
    private var outer: [Axis] = []

    private struct Axis {
        var length: Int
        var leftStride: Int
        var rightStride: Int
    }

    /// Creates the walk; nil if the shapes do not fit each other.
    package init?(_ left: [Int], _ right: [Int], for operation: String) {
        if left == right {
            shape = left
            count = Shape.count(left)
            (rowLength, leftAdvances, rightAdvances) = (count, true, true)
            return
        }
        guard let shape = Shape.broadcast(left, right) else { return nil }
        self.shape = shape
        count = Shape.count(shape, of: operation)
        (rowLength, leftAdvances, rightAdvances) = (1, true, true)
        merge(left, right)
    }

    private mutating func merge(_ left: [Int], _ right: [Int]) {
        var (leftStride, rightStride) = (1, 1)
        var isFirst = true
        for position in 1...max(shape.count, 1) where position <= shape.count {
            let length = shape[shape.count - position]
            if length == 1 { continue }
            let leftLength = position <= left.count ? left[left.count - position] : 1
            let rightLength = position <= right.count ? right[right.count - position] : 1
            let (leftMoves, rightMoves) = (leftLength != 1, rightLength != 1)
            if isFirst {
                (rowLength, leftAdvances, rightAdvances) = (length, leftMoves, rightMoves)
                isFirst = false
            } else if outer.isEmpty && leftMoves == leftAdvances && rightMoves == rightAdvances {
                rowLength *= length
            } else {
                outer.append(
                    Axis(
                        length: length,
                        leftStride: leftMoves ? leftStride : 0,
                        rightStride: rightMoves ? rightStride : 0
                    )
                )
            }
            leftStride *= leftLength
            rightStride *= rightLength
        }
    }

    /// Calls `body` for each row with the offsets where it starts in the result and in the operands.
    @inline(__always)
    private func forEachRow(_ body: (_ result: Int, _ left: Int, _ right: Int) -> Void) {
        if count == 0 { return }
        if outer.isEmpty { return body(0, 0, 0) }
        var counters = [Int](repeating: 0, count: outer.count)
        var (result, left, right) = (0, 0, 0)
        while result < count {
            body(result, left, right)
            result += rowLength
            for axis in outer.indices {
                counters[axis] += 1
                left += outer[axis].leftStride
                right += outer[axis].rightStride
                if counters[axis] < outer[axis].length { break }
                counters[axis] = 0
                left -= outer[axis].leftStride * outer[axis].length
                right -= outer[axis].rightStride * outer[axis].length
            }
        }
    }

    /// Writes `function` of the operands to every position of the result.
    @inline(__always)
    package func write<Operand, Result>(
        _ result: UnsafeMutablePointer<Result>,
        _ left: UnsafePointer<Operand>,
        _ right: UnsafePointer<Operand>,
        _ function: (Operand, Operand) -> Result
    ) {
        forEachRow { place, leftPlace, rightPlace in
            let (y, a, b) = (result + place, left + leftPlace, right + rightPlace)
            // A loop for each case, so that each is a straight one over consecutive numbers.
            switch (leftAdvances, rightAdvances) {
            case (true, true): for i in 0..<rowLength { y[i] = function(a[i], b[i]) }
            case (true, false): for i in 0..<rowLength { y[i] = function(a[i], b[0]) }
            case (false, true): for i in 0..<rowLength { y[i] = function(a[0], b[i]) }
            case (false, false): for i in 0..<rowLength { y[i] = function(a[0], b[0]) }
            }
        }
    }

    /// Writes likewise, with the gradient of the result as a third operand, which advances with the result.
    @inline(__always)
    package func write<Scalar: Real>(
        _ result: UnsafeMutablePointer<Scalar>,
        _ gradient: UnsafeMutablePointer<Scalar>,
        _ left: UnsafeMutablePointer<Scalar>,
        _ right: UnsafeMutablePointer<Scalar>,
        _ function: (Scalar, Scalar, Scalar) -> Scalar
    ) {
        forEachRow { place, leftPlace, rightPlace in
            let (y, g, a, b) = (result + place, gradient + place, left + leftPlace, right + rightPlace)
            switch (leftAdvances, rightAdvances) {
            case (true, true): for i in 0..<rowLength { y[i] = function(g[i], a[i], b[i]) }
            case (true, false): for i in 0..<rowLength { y[i] = function(g[i], a[i], b[0]) }
            case (false, true): for i in 0..<rowLength { y[i] = function(g[i], a[0], b[i]) }
            case (false, false): for i in 0..<rowLength { y[i] = function(g[i], a[0], b[0]) }
            }
        }
    }
}

extension Shape {
    /// The message for shapes that cannot be broadcast, with what may help.
    static func broadcastFailure(_ operation: String, _ left: [Int], _ right: [Int]) -> String {
        var text = "\(operation): shapes \(Shape.text(left)) and \(Shape.text(right)) do not fit. "
        for position in 1...max(min(left.count, right.count), 1) {
            let (a, b) = (left[left.count - position], right[right.count - position])
            if a == b || a == 1 || b == 1 { continue }
            text +=
                "Counted from the last, axis -\(position) has length \(a) on the left and \(b) on the right; "
            break
        }
        return text + "lengths must be equal, or one of them 1. Reshape, slice or transpose one of the two."
    }
}
