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
        let source = panel.base + row * panel.rowStride
        let target = destination + row * width
        var column = 0
        while column + Widest.count <= panel.columnCount {
            Widest(from: source + column).store(to: target + column)
            column += Widest.count
        }
        while column < panel.columnCount {
            target[column] = source[column]
            column += 1
        }
    }
}

/// Copies any other panel, column by column.
private func packColumns(
    _ panel: Matrix,
    every width: Int,
    into destination: UnsafeMutablePointer<Float>
) {
    for column in 0..<panel.columnCount {
        let source = panel.base + column * panel.columnStride
        var target = destination + column
        var offset = 0
        for _ in 0..<panel.rowCount {
            target.pointee = source[offset]
            target += width
            offset += panel.rowStride
        }
    }
}

/// Calls `body` with uninitialized room for `count` numbers, aligned to a cache line.
@inline(__always)
func withScratch(count: Int, body: (UnsafeMutablePointer<Float>) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: count * 4, alignment: 64) { buffer in
        body(buffer.baseAddress!.assumingMemoryBound(to: Float.self))
    }
}
