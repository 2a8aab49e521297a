/// The one order in which numbers are added up. It depends on how many there are and on nothing else, so that every
/// instruction set and every number of threads gives the same bits.
///
/// Along the innermost axis: number i goes to lane i mod 16; the lanes are summed in pairs, eight apart, then four,
/// two, one. After 256 numbers (16 a lane) such a sum is set aside, and the sums set aside are summed the same
/// way. So no number takes part in more than 20 additions for each factor of 256.
///
/// Along any other axis, rows are added place by place, each number to the one below. After 64 rows the sum is set
/// aside and added to the sum of those before it.
///
/// The gradient of a row that was repeated, such as a bias, has an order of its own: see `receiveRepeated`.
package enum Summation {
    /// The sum of consecutive numbers.
    package static func total<Scalar: Real>(_ numbers: UnsafePointer<Scalar>, _ count: Int) -> Scalar {
        if count <= 256 { return sumOfLanes(numbers, count) }
        let blocks = (count + 255) / 256
        return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: blocks) { sums in
            for block in 0..<blocks {
                let start = block * 256
                sums[block] = sumOfLanes(numbers + start, min(256, count - start))
            }
            return total(sums.baseAddress!, blocks)
        }
    }

    private static func sumOfLanes<Scalar: Real>(_ numbers: UnsafePointer<Scalar>, _ count: Int) -> Scalar {
        var lanes = SIMD16<Scalar>(repeating: 0)
        var index = 0
        while index + 16 <= count {
            lanes += UnsafeRawPointer(numbers + index).loadUnaligned(as: SIMD16<Scalar>.self)
            index += 16
        }
        for rest in index..<count { lanes[rest - index] += numbers[rest] }
        let eight = lanes.lowHalf + lanes.highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two[0] + two[1]
    }

    /// Adds up the rows of a matrix, place by place: result[j] = Σᵢ matrix[i, j].
    package static func rows<Scalar: Real>(
        _ matrix: UnsafePointer<Scalar>,
        rows: Int,
        columns: Int,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        if rows <= 64 { return sumOfFewRows(matrix, rows, columns, result) }
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: columns) { block in
            let block = block.baseAddress!
            sumOfFewRows(matrix, 64, columns, result)
            for row in stride(from: 64, to: rows, by: 64) {
                sumOfFewRows(matrix + row * columns, min(64, rows - row), columns, block)
                for column in 0..<columns { result[column] += block[column] }
            }
        }
    }

    private static func sumOfFewRows<Scalar: Real>(
        _ matrix: UnsafePointer<Scalar>,
        _ rows: Int,
        _ columns: Int,
        _ result: UnsafeMutablePointer<Scalar>
    ) {
        if rows == 0 { return result.update(repeating: 0, count: columns) }
        result.update(from: matrix, count: columns)
        for row in stride(from: 1, to: rows, by: 1) {
            let numbers = matrix + row * columns
            for column in 0..<columns { result[column] += numbers[column] }
        }
    }
}

extension Storage {
    /// The sums along the middle of three axes, [outer, length, inner] → [outer, inner].
    package func summed(outer: Int, length: Int, inner: Int) -> Storage {
        let result = Storage.make(count: outer * inner, precision: precision)
        switch precision {
        case .single: Storage.sum(floats, outer, length, inner, result.floats)
        case .double:
            Storage.sum(pointer(Double.self), outer, length, inner, result.pointer(Double.self))
        }
        return result
    }

    private static func sum<Scalar: Real>(
        _ numbers: UnsafeMutablePointer<Scalar>,
        _ outer: Int,
        _ length: Int,
        _ inner: Int,
        _ result: UnsafeMutablePointer<Scalar>
    ) {
        for block in 0..<outer {
            let start = numbers + block * length * inner
            if inner == 1 {
                result[block] = Summation.total(start, length)
            } else {
                Summation.rows(start, rows: length, columns: inner, into: result + block * inner)
            }
        }
    }

    /// Returns the sums over the axes along which an operand of shape `target` was repeated to `shape`.
    func summed(from shape: [Int], to target: [Int]) -> Storage {
        var result = self
        var (length, inner) = (1, 1)
        let missing = shape.count - target.count
        // From the last axis to the first; neighbors that are both repeated are one long axis.
        for axis in shape.indices.reversed() {
            let isRepeated = axis < missing || target[axis - missing] != shape[axis]
            if isRepeated { length *= shape[axis] }
            if length != 1 && (axis == 0 || !isRepeated) {
                let outer = isRepeated ? 1 : Shape.count(Array(shape[...axis]))
                result = result.summed(outer: outer, length: length, inner: inner)
                length = 1
            }
            if !isRepeated { inner *= shape[axis] }
        }
        return result
    }
}

extension Node {
    /// Adds the gradient of a result of the given shape, for which this operand was repeated.
    ///
    /// Where whole rows were repeated, they are added from the last to the first, in the groups in which a layer that
    /// computes all steps of a sequence at once adds them: a bias gets the same bits.
    package final func receiveRepeated(_ gradient: Storage, of shape: [Int]) {
        if shape == self.shape { return receive(gradient) }
        guard let columns = repeatedRow(in: shape) else {
            return receive(gradient.summed(from: shape, to: self.shape))
        }
        switch gradient.precision {
        case .single: addRows(Float.self, gradient, columns)
        case .double: addRows(Double.self, gradient, columns)
        }
    }

    private final func addRows<Scalar: Real>(_: Scalar.Type, _ gradient: Storage, _ columns: Int) {
        let rows = columns == 0 ? 0 : gradient.count / columns
        let view = MatrixView<Scalar>(gradient.pointer(Scalar.self), rows, columns)
        add(Scalar.self) { Scalar.addRows(of: view, steps: [], to: $0) }
    }

    /// The length of the row that was repeated along the leading axes only; nil when the repetition is another.
    private final func repeatedRow(in shape: [Int]) -> Int? {
        var (columns, matched) = (1, 0)
        while matched < self.shape.count {
            let length = self.shape[self.shape.count - 1 - matched]
            if length != shape[shape.count - 1 - matched] { break }
            columns *= length
            matched += 1
        }
        let isRow = matched > 0 && columns == Shape.count(self.shape)
        return isRow ? columns : nil
    }
}
