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
                        let part =
                            leftColumns.lowerBound + rows.lowerBound..<leftColumns.lowerBound
                            + rows.upperBound
                        pack(
                            left + terms.lowerBound,
                            count: terms.count,
                            columns: part,
                            panels: height,
                            into: packedLeft
                        )
                        let block = c + part.lowerBound * rowStride + columns.lowerBound
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
        var column = columns.lowerBound
        while column + 2 * Widest.count <= columns.upperBound {
            addRows(Broad<Widest>.self, rows, count, column, sums)
            column += 2 * Widest.count
        }
        while column + 4 <= columns.upperBound {
            addRows(Narrow<SIMD4<Float>>.self, rows, count, column, sums)
            column += 4
        }
        while column < columns.upperBound {
            addRows(Narrow<Float>.self, rows, count, column, sums)
            column += 1
        }
    }

    @inline(__always)
    private static func addRows<Columns: TileColumns>(
        _: Columns.Type,
        _ rows: UnsafePointer<UnsafePointer<Float>>,
        _ count: Int,
        _ column: Int,
        _ sums: UnsafeMutablePointer<Float>
    ) {
        var sum = Columns(from: sums + column)
        for row in 0..<count { sum = sum + Columns(from: rows[row] + column) }
        sum.store(to: sums + column)
    }
}
