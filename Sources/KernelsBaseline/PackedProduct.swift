internal import KernelInterface

// Large products are cut into blocks that fit the caches, and their operands copied into panels that
// are read from front to back.

typealias Panel = Broad<Widest>
let blockDepth = 256
let blockWidth = 512
let blockHeight = 192

func multiplyPacked(_ a: Matrix, _ b: Matrix, into c: Destination) {
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
                    let block = c.from(row: rows.lowerBound, column: columns.lowerBound)
                    multiplyBlock(
                        left,
                        right,
                        depth: terms.count,
                        rows: rows.count,
                        columns: columns.count,
                        into: terms.lowerBound > 0 ? block.continued : block
                    )
                }
            }
        }
    }
}

/// The ranges of the given length that 0 ..< count falls into; the last may be shorter.
///
/// No sequence of the standard library: its specialized code would bear the same name in every build of the kernels, of
/// which the linker keeps any.
struct Blocks: Sequence, IteratorProtocol {
    let length: Int
    let count: Int
    var start = 0

    @inline(__always)
    mutating func next() -> Range<Int>? {
        guard start < count else { return nil }
        defer { start += length }
        return start..<Swift.min(start + length, count)
    }
}

/// The ranges of the given length that 0 ..< count falls into.
@inline(__always)
func blocks(of length: Int, in count: Int) -> Blocks { Blocks(length: length, count: count) }

/// The product of a packed block of the left matrix and one of the right.
func multiplyBlock(
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
            let tile = Matrix(
                left + row * depth,
                rows: Tall.height,
                columns: depth,
                rowStride: 1,
                columnStride: Tall.height
            )
            withWholeTile(
                Tall.self,
                height: rows - row,
                width: columns - column,
                c.from(row: row, column: column)
            ) { multiplyTile(Tall.self, tile, right + column * depth, Panel.width, into: $0) }
        }
    }
}

/// The number of terms of a panel taken at a time: few enough for the nearest cache.
private let panelDepth = 128

/// The product of a, whose rows are read where they stand, and a matrix that has been packed whole.
func multiply(
    _ a: Matrix,
    byPanels panels: UnsafePointer<Float>,
    columns: Int,
    into c: Destination
) {
    for column in stride(from: 0, to: columns, by: Panel.width) {
        for terms in blocks(of: panelDepth, in: a.columnCount) {
            let panel = panels + column * a.columnCount + terms.lowerBound * Panel.width
            let strip = c.from(row: 0, column: column)
            multiplyPanel(
                a.columns(terms),
                panel,
                width: columns - column,
                into: terms.lowerBound > 0 ? strip.continued : strip
            )
        }
    }
}

/// The product of a and one panel, of which `width` columns count.
private func multiplyPanel(
    _ a: Matrix,
    _ panel: UnsafePointer<Float>,
    width: Int,
    into c: Destination
) {
    var row = 0
    row = multiplyTiles(TallRows<Panel>.self, a, panel, width: width, from: row, into: c)
    row = multiplyTiles(FourRows<Panel>.self, a, panel, width: width, from: row, into: c)
    row = multiplyTiles(TwoRows<Panel>.self, a, panel, width: width, from: row, into: c)
    row = multiplyTiles(OneRow<Panel>.self, a, panel, width: width, from: row, into: c)
}

@inline(__always)
private func multiplyTiles<T: Tile>(
    _: T.Type,
    _ a: Matrix,
    _ panel: UnsafePointer<Float>,
    width: Int,
    from first: Int,
    into c: Destination
) -> Int where T.Columns == Panel {
    var row = first
    while row + T.height <= a.rowCount {
        withWholeTile(T.self, height: T.height, width: width, c.from(row: row, column: 0)) {
            multiplyRows(T.self, a.rows(row..<row + T.height), panel, into: $0)
        }
        row += T.height
    }
    return row
}

/// Multiplies one tile of rows whose entries stand side by side: two terms at a time, so that finding the rows does not
/// take more instructions than the sums.
@inline(__always)
private func multiplyRows<T: Tile>(
    _: T.Type,
    _ a: Matrix,
    _ b: UnsafePointer<Float>,
    into c: Destination
) where T.Columns == Panel {
    var tile = c.start.map { T(from: $0, rowStride: c.startStride) } ?? T(zero: ())
    var left = a.base
    var right = b
    var rest = a.columnCount
    while rest >= 2 {
        tile.add(left, rowStride: a.rowStride, times: Panel(from: right))
        tile.add(left + 1, rowStride: a.rowStride, times: Panel(from: right + Panel.width))
        left += 2
        right += 2 * Panel.width
        rest -= 2
    }
    if rest > 0 { tile.add(left, rowStride: a.rowStride, times: Panel(from: right)) }
    tile.store(to: c.base, rowStride: c.rowStride)
}

/// Calls `multiply` with the place of a tile, of which only some rows and columns may belong to the matrix. Then it is
/// made whole in a copy of the place, from operands that are filled up.
@inline(__always)
private func withWholeTile<T: Tile>(
    _: T.Type,
    height: Int,
    width: Int,
    _ c: Destination,
    _ multiply: (Destination) -> Void
) where T.Columns == Panel {
    if height >= T.height, width >= Panel.width { return multiply(c) }
    let height = min(height, T.height)
    let width = min(width, Panel.width)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: T.height * Panel.width) { buffer in
        let copy = buffer.baseAddress!
        if let start = c.start {
            buffer.initialize(repeating: 0)
            for row in 0..<height {
                (copy + row * Panel.width).update(from: start + row * c.startStride, count: width)
            }
        }
        multiply(
            c.start == nil
                ? .overwriting(copy, rowStride: Panel.width) : .continuing(copy, rowStride: Panel.width)
        )
        for row in 0..<height {
            (c.base + row * c.rowStride).update(from: copy + row * Panel.width, count: width)
        }
    }
}
