package import KernelInterface

extension Implementation {
    /// c = start + a · b: entry (i, j) is (start + a(i, 0) · b(0, j)) + a(i, 1) · b(1, j) + …, each
    /// step rounded once.
    @export(interface)
    package static func multiply(_ a: Matrix, _ b: Matrix, into c: Destination) {
        let isSmall =
            a.rowCount < 8 || a.columnCount * b.columnCount <= 4096
            || a.rowCount <= 64 && b.columnCount <= 64
        let hasAdjacentColumns = b.columnStride == 1 || b.columnCount == 1
        let canLieDown =
            b.columnCount == 1 && c.rowStride == 1 && (c.start == nil || c.startStride == 1)
            && (a.rowStride == 1 || a.rowCount == 1)
        if canLieDown {
            // The same sums with the result lying down, so that rows are lanes.
            multiplyInPlace(b.transposed, a.transposed, into: c)
        } else if a.columnCount == 0 || hasAdjacentColumns && isSmall {
            multiplyInPlace(a, b, into: c)
        } else if a.rowCount <= 4 {
            multiplyNumbers(a, b, into: c)
        } else {
            multiplyPacked(a, b, into: c)
        }
    }
}

// MARK: - Small matrices, read where they stand

/// Multiplies some terms of all sums at a time, so that what is read stays in the nearest cache for all tiles.
private func multiplyInPlace(_ a: Matrix, _ b: Matrix, into c: Destination) {
    if a.columnCount == 0 { return multiplyTerms(a, b, into: c) }
    for terms in blocks(of: 128, in: a.columnCount) {
        multiplyTerms(
            a.columns(terms),
            b.rows(terms),
            into: terms.lowerBound > 0 ? c.continued : c
        )
    }
}

private func multiplyTerms(_ a: Matrix, _ b: Matrix, into c: Destination) {
    var column = 0
    column = multiplyStrips(Broad<Widest>.self, a, b, from: column, into: c)
    column = multiplyStrips(Narrow<Widest>.self, a, b, from: column, into: c)
    column = multiplyStrips(Narrow<SIMD4<Float>>.self, a, b, from: column, into: c)
    column = multiplyStrips(Narrow<Float>.self, a, b, from: column, into: c)
}

/// Works through as many strips of the given width as fit, and returns the first column left over.
@inline(__always)
private func multiplyStrips<Columns: TileColumns>(
    _: Columns.Type,
    _ a: Matrix,
    _ b: Matrix,
    from first: Int,
    into c: Destination
) -> Int {
    var column = first
    while column + Columns.width <= b.columnCount {
        multiplyStrip(
            Columns.self,
            a,
            b.base + column,
            b.rowStride,
            into: c.from(row: 0, column: column)
        )
        column += Columns.width
    }
    return column
}

/// The product of a and one strip of the right-hand matrix.
@inline(__always)
func multiplyStrip<Columns: TileColumns>(
    _: Columns.Type,
    _ a: Matrix,
    _ b: UnsafePointer<Float>,
    _ bStride: Int,
    into c: Destination
) {
    var row = 0
    row = multiplyTiles(TallRows<Columns>.self, a, b, bStride, from: row, into: c)
    row = multiplyTiles(FourRows<Columns>.self, a, b, bStride, from: row, into: c)
    row = multiplyTiles(TwoRows<Columns>.self, a, b, bStride, from: row, into: c)
    row = multiplyTiles(OneRow<Columns>.self, a, b, bStride, from: row, into: c)
}

/// Multiplies few rows by columns whose entries stand side by side, which are not worth a copy. Eight sums
/// grow together, so that none has to wait for another.
private func multiplyNumbers(_ a: Matrix, _ b: Matrix, into c: Destination) {
    for row in 0..<a.rowCount {
        let left = a.rows(row..<row + 1)
        var column = 0
        while column + 8 <= b.columnCount {
            let part = b.columns(column..<column + 8)
            let place = c.from(row: row, column: column)
            var sum = place.start.map { SIMD8<Float>(from: $0) } ?? SIMD8(repeating: 0)
            var factor = left.base
            var entry = part.base
            for _ in 0..<a.columnCount {
                let stride = part.columnStride
                let entries = SIMD8(
                    entry[0],
                    entry[stride],
                    entry[2 * stride],
                    entry[3 * stride],
                    entry[4 * stride],
                    entry[5 * stride],
                    entry[6 * stride],
                    entry[7 * stride]
                )
                sum = sum.adding(SIMD8(repeating: factor.pointee), times: entries)
                factor += left.columnStride
                entry += part.rowStride
            }
            sum.store(to: place.base)
            column += 8
        }
        while column < b.columnCount {
            multiplyTile(
                OneRow<Narrow<Float>>.self,
                left,
                b.base + column * b.columnStride,
                b.rowStride,
                into: c.from(row: row, column: column)
            )
            column += 1
        }
    }
}

@inline(__always)
private func multiplyTiles<T: Tile>(
    _: T.Type,
    _ a: Matrix,
    _ b: UnsafePointer<Float>,
    _ bStride: Int,
    from first: Int,
    into c: Destination
) -> Int {
    var row = first
    while row + T.height <= a.rowCount {
        multiplyTile(T.self, a.rows(row..<row + T.height), b, bStride, into: c.from(row: row, column: 0))
        row += T.height
    }
    return row
}

/// Multiplies one tile: all of its sums grow together, term by term.
@inline(__always)
func multiplyTile<T: Tile>(
    _: T.Type,
    _ a: Matrix,
    _ b: UnsafePointer<Float>,
    _ bStride: Int,
    into c: Destination
) {
    var tile = c.start.map { T(from: $0, rowStride: c.startStride) } ?? T(zero: ())
    var left = a.base
    var right = b
    for _ in 0..<a.columnCount {
        tile.add(left, rowStride: a.rowStride, times: T.Columns(from: right))
        left += a.columnStride
        right += bStride
    }
    tile.store(to: c.base, rowStride: c.rowStride)
}
