/// A block of the result of a matrix product that stays in registers while its sums grow.
///
/// Tiles are put together from rows, so that one text serves every height.
protocol Tile {
    /// One row's share of the right-hand matrix.
    associatedtype Columns: TileColumns

    static var height: Int { get }

    init(zero: Void)
    init(from source: UnsafePointer<Float>, rowStride: Int)
    func store(to destination: UnsafeMutablePointer<Float>, rowStride: Int)
    /// Adds the tile's sums to what stands there.
    func add(to destination: UnsafeMutablePointer<Float>, rowStride: Int)

    /// Adds the outer product of a column of the left matrix and a row of the right one.
    mutating func add(_ left: UnsafePointer<Float>, rowStride: Int, times right: Columns)
}

/// Neighboring columns, as lanes.
protocol TileColumns {
    static var width: Int { get }
    init(repeating value: Float)
    init(from source: UnsafePointer<Float>)
    func store(to destination: UnsafeMutablePointer<Float>)
    func adding(_ factor: Float, times other: Self) -> Self
    static func + (left: Self, right: Self) -> Self
}

/// Columns, as many as there are lanes.
struct Narrow<L: Lanes>: TileColumns {
    let lanes: L

    @inline(__always) static var width: Int { L.count }
    @inline(__always) init(lanes: L) { self.lanes = lanes }
    @inline(__always) init(repeating value: Float) { lanes = L(repeating: value) }
    @inline(__always) init(from source: UnsafePointer<Float>) { lanes = L(from: source) }
    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>) {
        lanes.store(to: destination)
    }
    @inline(__always) func adding(_ factor: Float, times other: Self) -> Self {
        Self(lanes: lanes.adding(L(repeating: factor), times: other.lanes))
    }
    @inline(__always) static func + (left: Self, right: Self) -> Self {
        Self(lanes: left.lanes + right.lanes)
    }
}

/// Columns, twice as many as there are lanes: each factor that is spread over lanes serves twice.
struct Broad<L: Lanes>: TileColumns {
    let first: L
    let second: L

    @inline(__always) static var width: Int { 2 * L.count }
    @inline(__always) init(first: L, second: L) {
        self.first = first
        self.second = second
    }
    @inline(__always) init(repeating value: Float) {
        self.init(first: L(repeating: value), second: L(repeating: value))
    }
    @inline(__always) init(from source: UnsafePointer<Float>) {
        self.init(first: L(from: source), second: L(from: source + L.count))
    }
    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>) {
        first.store(to: destination)
        second.store(to: destination + L.count)
    }
    @inline(__always) func adding(_ factor: Float, times other: Self) -> Self {
        let spread = L(repeating: factor)
        return Self(
            first: first.adding(spread, times: other.first),
            second: second.adding(spread, times: other.second)
        )
    }
    @inline(__always) static func + (left: Self, right: Self) -> Self {
        Self(first: left.first + right.first, second: left.second + right.second)
    }
}

/// Columns beside columns.
struct Paired<Columns: TileColumns>: TileColumns {
    let left: Columns
    let right: Columns

    @inline(__always) static var width: Int { 2 * Columns.width }
    @inline(__always) init(left: Columns, right: Columns) {
        self.left = left
        self.right = right
    }
    @inline(__always) init(repeating value: Float) {
        self.init(left: Columns(repeating: value), right: Columns(repeating: value))
    }
    @inline(__always) init(from source: UnsafePointer<Float>) {
        self.init(left: Columns(from: source), right: Columns(from: source + Columns.width))
    }
    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>) {
        left.store(to: destination)
        right.store(to: destination + Columns.width)
    }
    @inline(__always) func adding(_ factor: Float, times other: Self) -> Self {
        Self(left: left.adding(factor, times: other.left), right: right.adding(factor, times: other.right))
    }
    @inline(__always) static func + (a: Self, b: Self) -> Self {
        Self(left: a.left + b.left, right: a.right + b.right)
    }
}

/// A tile one row high.
struct OneRow<Columns: TileColumns>: Tile {
    var columns: Columns

    @inline(__always) static var height: Int { 1 }
    @inline(__always) init(zero: Void) { columns = Columns(repeating: 0) }
    @inline(__always) init(from source: UnsafePointer<Float>, rowStride: Int) {
        columns = Columns(from: source)
    }
    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>, rowStride: Int) {
        columns.store(to: destination)
    }
    @inline(__always) func add(to destination: UnsafeMutablePointer<Float>, rowStride: Int) {
        (Columns(from: destination) + columns).store(to: destination)
    }
    @inline(__always)
    mutating func add(_ left: UnsafePointer<Float>, rowStride: Int, times right: Columns) {
        columns = columns.adding(left.pointee, times: right)
    }
}

/// One tile above another.
struct Stacked<Upper: Tile, Lower: Tile>: Tile where Upper.Columns == Lower.Columns {
    var upper: Upper
    var lower: Lower

    @inline(__always) static var height: Int { Upper.height + Lower.height }
    @inline(__always) init(zero: Void) {
        upper = Upper(zero: ())
        lower = Lower(zero: ())
    }
    @inline(__always) init(from source: UnsafePointer<Float>, rowStride: Int) {
        upper = Upper(from: source, rowStride: rowStride)
        lower = Lower(from: source + Upper.height * rowStride, rowStride: rowStride)
    }
    @inline(__always) func store(to destination: UnsafeMutablePointer<Float>, rowStride: Int) {
        upper.store(to: destination, rowStride: rowStride)
        lower.store(to: destination + Upper.height * rowStride, rowStride: rowStride)
    }
    @inline(__always) func add(to destination: UnsafeMutablePointer<Float>, rowStride: Int) {
        upper.add(to: destination, rowStride: rowStride)
        lower.add(to: destination + Upper.height * rowStride, rowStride: rowStride)
    }
    @inline(__always)
    mutating func add(_ left: UnsafePointer<Float>, rowStride: Int, times right: Upper.Columns) {
        upper.add(left, rowStride: rowStride, times: right)
        lower.add(left + Upper.height * rowStride, rowStride: rowStride, times: right)
    }
}

typealias TwoRows<Columns: TileColumns> = Stacked<OneRow<Columns>, OneRow<Columns>>
typealias FourRows<Columns: TileColumns> = Stacked<TwoRows<Columns>, TwoRows<Columns>>
#if AVX512 || arch(arm64)
    /// A tile of as many rows as the registers of this build hold, with room for the operands.
    typealias TallRows<Columns: TileColumns> = Stacked<FourRows<Columns>, FourRows<Columns>>
#else
    typealias TallRows<Columns: TileColumns> = Stacked<FourRows<Columns>, TwoRows<Columns>>
#endif
