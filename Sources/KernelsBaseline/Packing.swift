internal import KernelInterface

/// The room that a packed matrix takes.
func packedCount(_ columns: Int, depth: Int, panels width: Int) -> Int {
    (columns + width - 1) / width * width * depth
}

/// Copies a matrix into panels: `width` neighboring columns, row after row without gaps, then the
/// next columns. The last panel is filled up with zeros.
func pack(_ matrix: Matrix, panels width: Int, into destination: UnsafeMutablePointer<Float>) {
    var target = destination
    for first in stride(from: 0, to: matrix.columnCount, by: width) {
        let panel = matrix.columns(first..<min(first + width, matrix.columnCount))
        if panel.columnCount < width {
            target.update(repeating: 0, count: width * matrix.rowCount)
        }
        if panel.columnStride == 1 {
            packRows(panel, every: width, into: target)
        } else {
            packColumns(panel, every: width, into: target)
        }
        target += width * matrix.rowCount
    }
}

/// Copies a panel whose rows stand without gaps.
private func packRows(
    _ panel: Matrix,
    every width: Int,
    into destination: UnsafeMutablePointer<Float>
) {
    for row in 0..<panel.rowCount {
        copy(panel.base + row * panel.rowStride, to: destination + row * width, count: panel.columnCount)
    }
}

/// Copies any other panel, column by column, some rows at a time, so that what is written stays in
/// the nearest cache.
private func packColumns(
    _ panel: Matrix,
    every width: Int,
    into destination: UnsafeMutablePointer<Float>
) {
    for rows in blocks(of: 32, in: panel.rowCount) {
        for column in 0..<panel.columnCount {
            var source = panel.base + column * panel.columnStride + rows.lowerBound * panel.rowStride
            var target = destination + column + rows.lowerBound * width
            for _ in rows {
                target.pointee = source.pointee
                source += panel.rowStride
                target += width
            }
        }
    }
}

/// Copies some columns of rows that stand anywhere in memory into panels, some rows at a time, so that what is read
/// stays in the nearest cache for all panels.
func pack(
    _ rows: UnsafePointer<UnsafePointer<Float>>,
    _ range: Range<Int>,
    columns: Range<Int>,
    panels width: Int,
    into destination: UnsafeMutablePointer<Float>
) {
    for block in blocks(of: 16, in: range.count) {
        var target = destination + block.lowerBound * width
        for first in stride(from: columns.lowerBound, to: columns.upperBound, by: width) {
            let length = min(width, columns.upperBound - first)
            if length < width { target.update(repeating: 0, count: width * block.count) }
            for row in block {
                copy(
                    rows[range.lowerBound + row] + first,
                    to: target + (row - block.lowerBound) * width,
                    count: length
                )
            }
            target += width * range.count
        }
    }
}

/// Copies a short stretch of numbers.
@inline(__always)
func copy(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
    var index = 0
    while index + 8 <= count {
        SIMD8<Float>(from: source + index).store(to: target + index)
        index += 8
    }
    while index < count {
        target[index] = source[index]
        index += 1
    }
}

/// Calls `body` with uninitialized room for `count` numbers, aligned to a cache line.
@inline(__always)
func withScratch(count: Int, body: (UnsafeMutablePointer<Float>) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: count * 4, alignment: 64) { buffer in
        body(buffer.baseAddress!.assumingMemoryBound(to: Float.self))
    }
}
