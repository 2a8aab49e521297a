package import KernelInterface

/// Where a product goes.
struct Destination {
    var base: UnsafeMutablePointer<Float>
    let rowStride: Int
    /// Whether sums go on from what stands there already.
    let continues: Bool
}

extension Implementation {
    /// c = a · b, or c + a · b.
    ///
    /// Entry (i, j) is ((start + a(i, 0) · b(0, j)) + a(i, 1) · b(1, j)) + …, each step rounded once;
    /// `start` is what stands in c, or zero.
    package static func multiply(
        _ a: Matrix,
        _ b: Matrix,
        into c: UnsafeMutablePointer<Float>,
        rowStride: Int,
        accumulating: Bool
    ) {
        let destination = Destination(base: c, rowStride: rowStride, continues: accumulating)
        let isSmall = a.rowCount < 8 || a.columnCount * b.columnCount <= 4096
        if a.columnCount == 0 || (b.columnStride == 1 && isSmall) {
            multiplyInPlace(a, b, into: destination)
        } else {
            multiplyPacked(a, b, into: destination)
        }
    }
}

// MARK: - Small matrices, read where they stand

private func multiplyInPlace(_ a: Matrix, _ b: Matrix, into c: Destination) {
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
        var strip = c
        strip.base += column
        multiplyStrip(Columns.self, a, b.base + column, b.rowStride, into: strip)
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
    row = multiplyTiles(OneRow<Columns>.self, a, b, bStride, from: row, into: c)
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
        multiplyTile(
            T.self,
            a.base + row * a.rowStride,
            a.rowStride,
            a.columnStride,
            b,
            bStride,
            depth: a.columnCount,
            into: c.base + row * c.rowStride,
            c.rowStride,
            continues: c.continues
        )
        row += T.height
    }
    return row
}

/// One tile: all of its sums grow together, term by term.
@inline(__always)
func multiplyTile<T: Tile>(
    _: T.Type,
    _ a: UnsafePointer<Float>,
    _ aRowStride: Int,
    _ aStride: Int,
    _ b: UnsafePointer<Float>,
    _ bStride: Int,
    depth: Int,
    into c: UnsafeMutablePointer<Float>,
    _ cStride: Int,
    continues: Bool
) {
    var tile = continues ? T(from: c, rowStride: cStride) : T(zero: ())
    var a = a
    var b = b
    for _ in 0..<depth {
        tile.add(a, rowStride: aRowStride, times: T.Columns(from: b))
        a += aStride
        b += bStride
    }
    tile.store(to: c, rowStride: cStride)
}

// MARK: - Large matrices, packed into blocks that fit the caches

private typealias Panel = Broad<Widest>
private let blockDepth = 256
private let blockWidth = 512
private let blockHeight = 192

private func multiplyPacked(_ a: Matrix, _ b: Matrix, into c: Destination) {
    let depth = min(blockDepth, a.columnCount)
    let height = TallRows<Panel>.height
    let leftCount = packedCount(min(blockHeight, a.rowCount), depth: depth, panels: height)
    let rightCount = packedCount(min(blockWidth, b.columnCount), depth: depth, panels: Panel.width)
    withScratch(count: leftCount + rightCount) { left in
        let right = left + leftCount
        for columns in blocks(of: blockWidth, in: b.columnCount) {
            for terms in blocks(of: blockDepth, in: a.columnCount) {
                pack(b.rows(terms).columns(columns), panels: Panel.width, into: right)
                for rows in blocks(of: blockHeight, in: a.rowCount) {
                    pack(a.rows(rows).columns(terms).transposed, panels: height, into: left)
                    let block = Destination(
                        base: c.base + rows.lowerBound * c.rowStride + columns.lowerBound,
                        rowStride: c.rowStride,
                        continues: c.continues || terms.lowerBound > 0
                    )
                    multiplyBlock(
                        left,
                        right,
                        depth: terms.count,
                        rows: rows.count,
                        columns: columns.count,
                        into: block
                    )
                }
            }
        }
    }
}

/// The ranges of the given length that 0 ..< count falls into; the last may be shorter.
@inline(__always)
private func blocks(of length: Int, in count: Int) -> some Sequence<Range<Int>> {
    stride(from: 0, to: count, by: length).lazy.map { $0..<min($0 + length, count) }
}

/// The product of a packed block of the left matrix and one of the right.
private func multiplyBlock(
    _ left: UnsafePointer<Float>,
    _ right: UnsafePointer<Float>,
    depth: Int,
    rows: Int,
    columns: Int,
    into c: Destination
) {
    typealias Tall = TallRows<Panel>
    for column in stride(from: 0, to: columns, by: Panel.width) {
        for row in stride(from: 0, to: rows, by: Tall.height) {
            let height = min(Tall.height, rows - row)
            let width = min(Panel.width, columns - column)
            var place = c
            place.base += row * c.rowStride + column
            withWholeTile(Tall.self, height: height, width: width, at: place) { whole in
                multiplyTile(
                    Tall.self,
                    left + row * depth,
                    1,
                    Tall.height,
                    right + column * depth,
                    Panel.width,
                    depth: depth,
                    into: whole.base,
                    whole.rowStride,
                    continues: whole.continues
                )
            }
        }
    }
}

/// Calls `body` with room for a whole tile: the place itself, or where that is cut off by the
/// matrix's edge, a copy whose valid part is written back.
@inline(__always)
private func withWholeTile<T: Tile>(
    _: T.Type,
    height: Int,
    width: Int,
    at place: Destination,
    body: (Destination) -> Void
) {
    guard height < T.height || width < T.Columns.width else { return body(place) }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: T.height * T.Columns.width) { edge in
        let copy = Destination(
            base: edge.baseAddress!,
            rowStride: T.Columns.width,
            continues: place.continues
        )
        if place.continues {
            edge.initialize(repeating: 0)
            for row in 0..<height {
                (copy.base + row * copy.rowStride).update(
                    from: place.base + row * place.rowStride,
                    count: width
                )
            }
        }
        body(copy)
        for row in 0..<height {
            (place.base + row * place.rowStride).update(
                from: copy.base + row * copy.rowStride,
                count: width
            )
        }
    }
}
