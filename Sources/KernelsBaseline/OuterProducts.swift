package import KernelInterface

extension Implementation {
    @export(interface)
    package static func addOuterProducts(
        _ pairs: RowPairs,
        leftColumns: Range<Int>,
        rightCount: Int,
        into c: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) {
        let isSmall = leftColumns.count <= 64 && rightCount <= 64
        if isSmall || rightCount == 1 || pairs.count < 16 * pairs.groupCount {
            addOuterProductsInPlace(
                pairs,
                leftColumns: leftColumns,
                rightCount: rightCount,
                into: c,
                rowStride: rowStride
            )
        } else {
            OuterProducts(pairs, leftColumns, rightCount, c, rowStride).addPacked()
        }
    }

    /// The same from rows that are read where they stand.
    static func addOuterProductsInPlace(
        _ pairs: RowPairs,
        leftColumns: Range<Int>,
        rightCount: Int,
        into c: UnsafeMutablePointer<Float>,
        rowStride: Int? = nil
    ) {
        if rightCount == 1, rowStride ?? 1 == 1 {
            // A column of results lies as a row of sums would.
            RowSums(
                pairs: pairs,
                multiplies: true,
                firstColumn: leftColumns.lowerBound,
                sums: c,
                others: nil
            ).run(count: leftColumns.count)
        } else {
            OuterProducts(pairs, leftColumns, rightCount, c, rowStride ?? rightCount).addInPlace()
        }
    }

    @export(interface)
    package static func addRows(
        _ pairs: RowPairs,
        columns: Range<Int>,
        to sums: UnsafeMutablePointer<Float>?,
        and others: UnsafeMutablePointer<Float>?
    ) {
        guard let first = sums ?? others else { return }
        RowSums(
            pairs: pairs,
            multiplies: false,
            firstColumn: columns.lowerBound,
            sums: first,
            others: sums == nil ? nil : others
        ).run(count: columns.count)
    }

    @export(interface)
    package static func addBiasGradients(
        of pass: RecurrentLayerPass,
        _ pairs: RowPairs,
        input: UnsafeMutablePointer<Float>?,
        hidden: UnsafeMutablePointer<Float>?
    ) {
        guard case .gru = pass.kind else {
            return addRows(pairs, columns: 0..<pass.gateWidth, to: input, and: hidden)
        }
        // The gradients of a_n and b_n differ.
        let size = pass.hiddenSize
        addRows(pairs, columns: 0..<2 * size, to: input, and: hidden)
        addRows(pairs, columns: 3 * size..<4 * size, to: input.map { $0 + 2 * size }, and: nil)
        addRows(pairs, columns: 2 * size..<3 * size, to: hidden.map { $0 + 2 * size }, and: nil)
    }
}

/// The outer products of pairs of rows, on their way into their sum.
private struct OuterProducts {
    let pairs: RowPairs
    let firstLeftColumn: Int
    let leftCount: Int
    let rightCount: Int
    let target: UnsafeMutablePointer<Float>
    let rowStride: Int

    init(
        _ pairs: RowPairs,
        _ leftColumns: Range<Int>,
        _ rightCount: Int,
        _ target: UnsafeMutablePointer<Float>,
        _ rowStride: Int
    ) {
        self.pairs = pairs
        firstLeftColumn = leftColumns.lowerBound
        leftCount = leftColumns.count
        self.rightCount = rightCount
        self.target = target
        self.rowStride = rowStride
    }

    // MARK: Few columns, read where they stand

    func addInPlace() {
        for group in 0..<pairs.groupCount {
            let rows = pairs.group(group)
            var column = 0
            column = addStrips(Broad<Widest>.self, rows, from: column)
            column = addStrips(Narrow<Widest>.self, rows, from: column)
            column = addStrips(Narrow<SIMD4<Float>>.self, rows, from: column)
            column = addStrips(Narrow<Float>.self, rows, from: column)
        }
    }

    /// Works through as many strips of the given width as fit, and returns the first column left over.
    @inline(__always)
    private func addStrips<Columns: TileColumns>(
        _: Columns.Type,
        _ rows: Range<Int>,
        from first: Int
    ) -> Int {
        var column = first
        while column + Columns.width <= rightCount {
            addStrip(Columns.self, rows, at: column)
            column += Columns.width
        }
        return column
    }

    private func addStrip<Columns: TileColumns>(_: Columns.Type, _ rows: Range<Int>, at column: Int) {
        var row = 0
        row = addTiles(TallRows<Columns>.self, rows, at: column, from: row)
        row = addTiles(FourRows<Columns>.self, rows, at: column, from: row)
        row = addTiles(TwoRows<Columns>.self, rows, at: column, from: row)
        row = addTiles(OneRow<Columns>.self, rows, at: column, from: row)
    }

    @inline(__always)
    private func addTiles<T: Tile>(_: T.Type, _ rows: Range<Int>, at column: Int, from first: Int) -> Int {
        var row = first
        while row + T.height <= leftCount {
            var tile = T(zero: ())
            for k in rows {
                let left = pairs.left[k] + firstLeftColumn + row
                tile.add(left, rowStride: 1, times: T.Columns(from: pairs.right[k] + column))
            }
            tile.add(to: target + row * rowStride + column, rowStride: rowStride)
            row += T.height
        }
        return row
    }

    // MARK: Many columns, packed first

    /// The number of pairs packed at a time: a panel of the right rows stays in the nearest cache for all tiles.
    private var termCount: Int { 128 }

    func addPacked() {
        let depth = min(termCount, pairs.count)
        let height = TallRows<Panel>.height
        let leftSize = packedCount(min(blockHeight, leftCount), depth: depth, panels: height)
        let rightSize = packedCount(min(blockWidth, rightCount), depth: depth, panels: Panel.width)
        withScratch(count: leftSize + rightSize) { packedLeft in
            let packedRight = packedLeft + leftSize
            for columns in blocks(of: blockWidth, in: rightCount) {
                var first = 0
                while first < pairs.groupCount {
                    let groups = pairs.groups(from: first, holding: termCount)
                    first = groups.upperBound
                    let terms = pairs.group(groups.lowerBound).lowerBound..<pairs.ends[groups.upperBound - 1]
                    pack(pairs.right, terms, columns: columns, panels: Panel.width, into: packedRight)
                    for rows in blocks(of: blockHeight, in: leftCount) {
                        let leftColumns =
                            rows.lowerBound + firstLeftColumn..<rows.upperBound + firstLeftColumn
                        pack(pairs.left, terms, columns: leftColumns, panels: height, into: packedLeft)
                        addBlock(packedLeft, packedRight, groups, terms, rows, columns)
                    }
                }
            }
        }
    }

    /// Adds what some groups give to a block of the target.
    private func addBlock(
        _ left: UnsafePointer<Float>,
        _ right: UnsafePointer<Float>,
        _ groups: Range<Int>,
        _ terms: Range<Int>,
        _ rows: Range<Int>,
        _ columns: Range<Int>
    ) {
        typealias Tall = TallRows<Panel>
        for column in stride(from: 0, to: columns.count, by: Panel.width) {
            for row in stride(from: 0, to: rows.count, by: Tall.height) {
                let place = target + (rows.lowerBound + row) * rowStride + columns.lowerBound + column
                let size = (min(rows.count - row, Tall.height), min(columns.count - column, Panel.width))
                withWholeTile(at: place, rowStride: rowStride, size) { place, rowStride in
                    for group in groups {
                        var tile = Tall(zero: ())
                        for k in pairs.group(group) {
                            let term = k - terms.lowerBound
                            tile.add(
                                left + row * terms.count + term * Tall.height,
                                rowStride: 1,
                                times: Panel(from: right + column * terms.count + term * Panel.width)
                            )
                        }
                        tile.add(to: place, rowStride: rowStride)
                    }
                }
            }
        }
    }
}

/// Calls `body` with room for a whole tile: the target itself, or where the tile reaches over its edge a copy.
@inline(__always)
private func withWholeTile(
    at place: UnsafeMutablePointer<Float>,
    rowStride: Int,
    _ size: (height: Int, width: Int),
    _ body: (UnsafeMutablePointer<Float>, Int) -> Void
) {
    if size == (TallRows<Panel>.height, Panel.width) { return body(place, rowStride) }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: TallRows<Panel>.height * Panel.width) { copy in
        copy.initialize(repeating: 0)
        let copy = copy.baseAddress!
        for row in 0..<size.height {
            (copy + row * Panel.width).update(from: place + row * rowStride, count: size.width)
        }
        body(copy, Panel.width)
        for row in 0..<size.height {
            (place + row * rowStride).update(from: copy + row * Panel.width, count: size.width)
        }
    }
}

/// The sums of rows, or of their multiples by the one number of the rows beside them.
private struct RowSums {
    let pairs: RowPairs
    let multiplies: Bool
    let firstColumn: Int
    /// The vectors that the sums are added to; both get the same.
    let sums: UnsafeMutablePointer<Float>
    let others: UnsafeMutablePointer<Float>?

    /// Takes many columns at a time, so that what is read of a row stands together.
    func run(count: Int) {
        var index = 0
        while index + 4 * Widest.count <= count {
            run(Paired<Broad<Widest>>.self, at: index)
            index += 4 * Widest.count
        }
        while index + Widest.count <= count {
            run(Narrow<Widest>.self, at: index)
            index += Widest.count
        }
        while index < count {
            run(Narrow<Float>.self, at: index)
            index += 1
        }
    }

    @inline(__always)
    private func run<Columns: TileColumns>(_: Columns.Type, at index: Int) {
        let column = firstColumn + index
        var total = Columns(from: sums + index)
        var other = others.map { Columns(from: $0 + index) } ?? total
        for group in 0..<pairs.groupCount {
            var sum = Columns(repeating: 0)
            if multiplies {
                for row in pairs.group(group) {
                    sum = sum.adding(pairs.right[row].pointee, times: Columns(from: pairs.left[row] + column))
                }
            } else {
                for row in pairs.group(group) { sum = sum + Columns(from: pairs.left[row] + column) }
            }
            total = total + sum
            other = other + sum
        }
        total.store(to: sums + index)
        if let others { other.store(to: others + index) }
    }
}
