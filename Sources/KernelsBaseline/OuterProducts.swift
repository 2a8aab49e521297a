internal import KernelInterface

extension Implementation {
    package static func accumulateOuterProducts(
        _ left: UnsafePointer<UnsafePointer<Float>>,
        _ right: UnsafePointer<UnsafePointer<Float>>,
        count: Int,
        leftColumns: Range<Int>,
        rightCount: Int,
        into c: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) {
        if rightCount == 1, rowStride == 1 {
            addMultiples(left, right, count: count, columns: leftColumns, to: c)
            return
        }
        let depth = min(blockDepth, count)
        let height = TallRows<Panel>.height
        let leftSize = packedCount(min(blockHeight, leftColumns.count), depth: depth, panels: height)
        let rightSize = packedCount(min(blockWidth, rightCount), depth: depth, panels: Panel.width)
        withScratch(count: leftSize + rightSize) { packedLeft in
            let packedRight = packedLeft + leftSize
            for columns in blocks(of: blockWidth, in: rightCount) {
                for terms in blocks(of: blockDepth, in: count) {
                    pack(
                        right + terms.lowerBound,
                        count: terms.count,
                        columns: columns,
                        panels: Panel.width,
                        into: packedRight
                    )
                    for rows in blocks(of: blockHeight, in: leftColumns.count) {
                        let first = leftColumns.lowerBound + rows.lowerBound
                        pack(
                            left + terms.lowerBound,
                            count: terms.count,
                            columns: first..<first + rows.count,
                            panels: height,
                            into: packedLeft
                        )
                        let block = c + rows.lowerBound * rowStride + columns.lowerBound
                        multiplyBlock(
                            packedLeft,
                            packedRight,
                            depth: terms.count,
                            rows: rows.count,
                            columns: columns.count,
                            into: .continuing(block, rowStride: rowStride)
                        )
                    }
                }
            }
        }
    }

    package static func addRows(
        _ rows: UnsafePointer<UnsafePointer<Float>>,
        count: Int,
        columns: Range<Int>,
        to sums: UnsafeMutablePointer<Float>
    ) {
        RowSums(rows: rows, factors: nil, count: count, firstColumn: columns.lowerBound, sums: sums)
            .run(count: columns.count)
    }

    /// Outer products with rows of one number: the left rows, each times its number.
    private static func addMultiples(
        _ rows: UnsafePointer<UnsafePointer<Float>>,
        _ factors: UnsafePointer<UnsafePointer<Float>>,
        count: Int,
        columns: Range<Int>,
        to sums: UnsafeMutablePointer<Float>
    ) {
        RowSums(rows: rows, factors: factors, count: count, firstColumn: columns.lowerBound, sums: sums)
            .run(count: columns.count)
    }
}

/// Rows, or multiples of rows, added up.
private struct RowSums: LaneWork {
    let rows: UnsafePointer<UnsafePointer<Float>>
    let factors: UnsafePointer<UnsafePointer<Float>>?
    let count: Int
    let firstColumn: Int
    let sums: UnsafeMutablePointer<Float>

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        var sum = L(from: sums + index)
        let column = firstColumn + index
        if let factors {
            for row in 0..<count {
                sum = sum.adding(L(repeating: factors[row].pointee), times: L(from: rows[row] + column))
            }
        } else {
            for row in 0..<count { sum = sum + L(from: rows[row] + column) }
        }
        sum.store(to: sums + index)
    }
}
