package import KernelInterface

extension Implementation {
    package static func addColumnSums(of matrix: Matrix, to sums: UnsafeMutablePointer<Float>) {
        var column = 0
        if matrix.columnStride == 1 {
            column = addStrips(Broad<Widest>.self, matrix, from: column, to: sums)
            column = addStrips(Narrow<SIMD4<Float>>.self, matrix, from: column, to: sums)
        }
        _ = addStrips(Narrow<Float>.self, matrix, from: column, to: sums)
    }

    /// Adds up as many strips of the given width as fit, and returns the first column left over.
    @inline(__always)
    private static func addStrips<Columns: TileColumns>(
        _: Columns.Type,
        _ matrix: Matrix,
        from first: Int,
        to sums: UnsafeMutablePointer<Float>
    ) -> Int {
        var column = first
        while column + Columns.width <= matrix.columnCount {
            var sum = Columns(from: sums + column)
            var row = matrix.base + column * matrix.columnStride
            for _ in 0..<matrix.rowCount {
                sum = sum + Columns(from: row)
                row += matrix.rowStride
            }
            sum.store(to: sums + column)
            column += Columns.width
        }
        return column
    }
}
