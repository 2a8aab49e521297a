/// Where a matrix product goes, and from what its sums start.
package struct Destination {
    /// Where entry (0, 0) goes.
    package var base: UnsafeMutablePointer<Float>
    /// The distance from one row to the next.
    package var rowStride: Int
    /// Where the first entry's sum starts; nil for zero.
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

    /// Sums start from zero.
    @inlinable package static func overwriting(
        _ base: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) -> Destination {
        Destination(base, rowStride, nil, 0)
    }

    /// Sums go on from what stands there.
    @inlinable package static func continuing(
        _ base: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) -> Destination {
        Destination(base, rowStride, base, rowStride)
    }

    /// The sums of each row start from the same numbers, or from zero if there are none: a bias.
    @inlinable package static func startingFrom(
        row: UnsafePointer<Float>?,
        _ base: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) -> Destination {
        Destination(base, rowStride, row, 0)
    }

    /// Sums start from the entries of another matrix.
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

    /// The same place, where sums now go on.
    @inlinable package var continued: Destination { .continuing(base, rowStride: rowStride) }
}
