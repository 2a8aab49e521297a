/// The destination of a matrix product, and the numbers from which its sums start.
package struct Destination {
    /// The address of entry (0, 0).
    package var base: UnsafeMutablePointer<Float>
    /// The distance from one row to the next.
    package var rowStride: Int
    /// The number from which the first entry's sum starts; nil for zero.
    package var start: UnsafePointer<Float>?
    /// The distance from one row's starts to the next row's; 0 if all rows start alike.
    package var startStride: Int

    @usableFromInline init(
        _ base: UnsafeMutablePointer<Float>,
        _ rowStride: Int,
        _ start: UnsafePointer<Float>?,
        _ startStride: Int
    ) {
        self.base = base
        self.rowStride = rowStride
        self.start = start
        self.startStride = startStride
    }

    /// The destination whose sums start from zero.
    @inlinable package static func overwriting(
        _ base: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) -> Destination {
        Destination(base, rowStride, nil, 0)
    }

    /// The destination whose sums go on from the numbers there.
    @inlinable package static func continuing(
        _ base: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) -> Destination {
        Destination(base, rowStride, base, rowStride)
    }

    /// The destination whose sums start in each row from the same numbers, a bias, or from zero if there is none.
    @inlinable package static func startingFrom(
        row: UnsafePointer<Float>?,
        _ base: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) -> Destination {
        Destination(base, rowStride, row, 0)
    }

    /// The destination whose sums start from the entries of another matrix.
    @inlinable package static func startingFrom(
        matrix: UnsafePointer<Float>,
        matrixStride: Int,
        _ base: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) -> Destination {
        Destination(base, rowStride, matrix, matrixStride)
    }

    /// The part of the destination that begins at an entry.
    @inlinable package func from(row: Int, column: Int) -> Destination {
        Destination(
            base + row * rowStride + column,
            rowStride,
            start.map { $0 + row * startStride + column },
            startStride
        )
    }

    /// The same destination, where sums now go on.
    @inlinable package var continued: Destination { .continuing(base, rowStride: rowStride) }
}
