package import KernelInterface

extension Implementation {
    /// Adds each column of a matrix to the entry of `sums` below it, from the first row to the last.
    package static func addColumnSums(of matrix: Matrix, to sums: UnsafeMutablePointer<Float>) {
        var column = 0
        if matrix.columnStride == 1 {
            while column + 4 * Widest.count <= matrix.columnCount {
                addWide(Widest.self, matrix, column, sums)
                column += 4 * Widest.count
            }
            while column + Widest.count <= matrix.columnCount {
                add(Widest.self, matrix, column, sums)
                column += Widest.count
            }
        }
        while column < matrix.columnCount {
            add(Float.self, matrix, column, sums)
            column += 1
        }
    }
}

@inline(__always)
private func add<L: Lanes>(
    _: L.Type,
    _ matrix: Matrix,
    _ column: Int,
    _ sums: UnsafeMutablePointer<Float>
) {
    var sum = L(from: sums + column)
    var row = matrix.base + column * matrix.columnStride
    for _ in 0..<matrix.rowCount {
        sum = sum + L(from: row)
        row += matrix.rowStride
    }
    sum.store(to: sums + column)
}

/// Four neighbors at once, so that one addition need not wait for the other.
@inline(__always)
private func addWide<L: Lanes>(
    _: L.Type,
    _ matrix: Matrix,
    _ column: Int,
    _ sums: UnsafeMutablePointer<Float>
) {
    let width = L.count
    let target = sums + column
    var a = L(from: target)
    var b = L(from: target + width)
    var c = L(from: target + 2 * width)
    var d = L(from: target + 3 * width)
    var row = matrix.base + column
    for _ in 0..<matrix.rowCount {
        a = a + L(from: row)
        b = b + L(from: row + width)
        c = c + L(from: row + 2 * width)
        d = d + L(from: row + 3 * width)
        row += matrix.rowStride
    }
    a.store(to: target)
    b.store(to: target + width)
    c.store(to: target + 2 * width)
    d.store(to: target + 3 * width)
}
