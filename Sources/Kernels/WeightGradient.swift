package import KernelInterface

/// Adds to the gradient of a weight what comes from y = x · wᵀ: to dw(o, i) the products dy(r, o) · x(r, i).
///
/// Rows are taken **from the last to the first**, as backpropagation through time visits the steps, in the groups of
/// `RowPairs`: no group reaches over the end of a step. A product over all rows of all steps at once therefore equals,
/// to the bit, the products of the single steps that a tape makes one after the other.
///
/// - Parameters:
///   - outputGradient: dy [rows, outputs], rows without gaps between their entries.
///   - input: x [rows, inputs], likewise.
///   - steps: The number of rows of each step, from the first to the last; empty if all are of one step.
///   - weightGradient: dw [outputs, inputs], without gaps.
@export(interface)
package func addWeightGradient(
    outputGradient: Matrix,
    input: Matrix,
    steps: [Int] = [],
    to weightGradient: UnsafeMutablePointer<Float>
) {
    withRowPairs(capacity: input.rowCount) { rows in
        rows.appendFromLast(outputGradient, input, steps)
        rows.pairs.addOuterProducts(
            leftColumns: 0..<outputGradient.columnCount,
            rightCount: input.columnCount,
            to: weightGradient
        )
    }
}

/// Adds to the gradient of a bias what comes from y = … + bias: the rows of dy, in the order and the groups of
/// `addWeightGradient(outputGradient:input:steps:to:)`.
@export(interface)
package func addBiasGradient(
    outputGradient: Matrix,
    steps: [Int] = [],
    to biasGradient: UnsafeMutablePointer<Float>
) {
    withRowPairs(capacity: outputGradient.rowCount) { rows in
        rows.appendFromLast(outputGradient, outputGradient, steps)
        chosenKernels.addRows(rows.pairs, columns: 0..<outputGradient.columnCount, to: biasGradient, and: nil)
    }
}

/// Calls `body` with room for `capacity` pairs of rows.
func withRowPairs(capacity: Int, _ body: (inout RowPairList) -> Void) {
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: 2 * capacity) { rows in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: capacity) { ends in
            guard let left = rows.baseAddress, let ends = ends.baseAddress, capacity > 0 else { return }
            var list = RowPairList(left: left, right: left + capacity, ends: ends)
            body(&list)
        }
    }
}

/// Pairs of rows while they are being collected.
struct RowPairList {
    private let left: UnsafeMutablePointer<UnsafePointer<Float>>
    private let right: UnsafeMutablePointer<UnsafePointer<Float>>
    private let ends: UnsafeMutablePointer<Int>
    private var count = 0
    private var groupStart = 0
    private var groupCount = 0

    init(
        left: UnsafeMutablePointer<UnsafePointer<Float>>,
        right: UnsafeMutablePointer<UnsafePointer<Float>>,
        ends: UnsafeMutablePointer<Int>
    ) {
        self.left = left
        self.right = right
        self.ends = ends
    }

    /// The pairs collected so far, valid as long as the list.
    var pairs: RowPairs { RowPairs(left: left, right: right, ends: ends, groupCount: groupCount) }

    /// Adds a pair to the current step.
    mutating func append(_ leftRow: UnsafePointer<Float>, _ rightRow: UnsafePointer<Float>) {
        if count - groupStart == RowPairs.largestGroup { endGroup() }
        left[count] = leftRow
        right[count] = rightRow
        count += 1
    }

    /// Ends a step: the next pair belongs to another.
    mutating func endStep() {
        if count > groupStart { endGroup() }
    }

    private mutating func endGroup() {
        ends[groupCount] = count
        groupCount += 1
        groupStart = count
    }

    /// Adds the rows of two matrices from the last to the first.
    mutating func appendFromLast(_ left: Matrix, _ right: Matrix, _ steps: [Int]) {
        var row = left.rowCount
        func appendStep(_ length: Int, _ list: inout RowPairList) {
            for _ in 0..<length {
                row -= 1
                list.append(left.base + row * left.rowStride, right.base + row * right.rowStride)
            }
            list.endStep()
        }
        if steps.isEmpty { return appendStep(row, &self) }
        for length in steps.reversed() { appendStep(length, &self) }
    }
}

extension RowPairs {
    /// Adds to target(i, j) the products of left(leftColumns[i]) and right(j).
    func addOuterProducts(leftColumns: Range<Int>, rightCount: Int, to target: UnsafeMutablePointer<Float>) {
        let work = multiplyAdds(leftColumns.count, count, rightCount)
        share(leftColumns.count, grain: 8, work: work) { part in
            let first = leftColumns.lowerBound + part.lowerBound
            chosenKernels.addOuterProducts(
                self,
                leftColumns: first..<first + part.count,
                rightCount: rightCount,
                into: target + part.lowerBound * rightCount,
                rowStride: rightCount
            )
        }
    }
}
