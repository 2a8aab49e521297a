/// A matrix that a kernel reads: an address and the distances from one entry to the next.
///
/// Transposing, reversing and cutting a matrix make another view of the same memory. Strides count
/// entries and may be negative.
package struct Matrix {
    /// The address of entry (0, 0).
    package var base: UnsafePointer<Float>
    package var rowCount: Int
    package var columnCount: Int
    /// The distance from one row to the next.
    package var rowStride: Int
    /// The distance from one column to the next.
    package var columnStride: Int

    /// A matrix over `base`, row by row without gaps unless strides say otherwise.
    @inlinable package init(
        _ base: UnsafePointer<Float>,
        rows: Int,
        columns: Int,
        rowStride: Int? = nil,
        columnStride: Int = 1
    ) {
        self.base = base
        rowCount = rows
        columnCount = columns
        self.rowStride = rowStride ?? columns
        self.columnStride = columnStride
    }

    /// The matrix with rows and columns exchanged.
    @inlinable package var transposed: Matrix {
        Matrix(
            base,
            rows: columnCount,
            columns: rowCount,
            rowStride: columnStride,
            columnStride: rowStride
        )
    }

    /// The rows from the last to the first.
    @inlinable package var reversed: Matrix {
        Matrix(
            base + (rowCount - 1) * rowStride,
            rows: rowCount,
            columns: columnCount,
            rowStride: -rowStride,
            columnStride: columnStride
        )
    }

    /// The rows in `range`.
    @inlinable package func rows(_ range: Range<Int>) -> Matrix {
        var part = self
        part.base += range.lowerBound * rowStride
        part.rowCount = range.count
        return part
    }

    /// The columns in `range`.
    @inlinable package func columns(_ range: Range<Int>) -> Matrix {
        transposed.rows(range).transposed
    }
}
