internal import Kernels

/// A number format that operations are written for once and compiled for twice.
///
/// `Float` is what lessons compute in, by the kernels. `Double` repeats the same code for `gradientCheck`, which
/// need not be fast.
package protocol Real: VectorScalar {
    static var precision: Precision { get }

    // Elementary functions.
    static func exp(_ x: Self) -> Self
    static func log(_ x: Self) -> Self
    static func tanh(_ x: Self) -> Self
    static func sigmoid(_ x: Self) -> Self
    static func power(_ base: Self, _ exponent: Self) -> Self
    /// What the standard normal distribution has beyond t ≥ 0, over exp(−t²/2).
    static func millsRatio(_ t: Self) -> Self

    // The same for each number in a block. The result may take the operand's place.
    static func exp(_ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>, count: Int)
    static func log(_ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>, count: Int)
    static func tanh(_ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>, count: Int)
    static func sigmoid(_ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>, count: Int)

    /// The matrix product a · b, written to c, whose rows stand `rowStride` apart, or going on with the sums there.
    static func multiply(
        _ a: MatrixView<Self>,
        _ b: MatrixView<Self>,
        into c: UnsafeMutablePointer<Self>,
        rowStride: Int,
        accumulating: Bool
    )

    /// Adds gᵀ · x to the gradient of a weight, row by row from the last to the first; the rows of each step are
    /// summed apart. Without steps all rows are of one.
    static func addProduct(
        ofTransposed g: MatrixView<Self>,
        _ x: MatrixView<Self>,
        steps: [Int],
        to sum: UnsafeMutablePointer<Self>
    )

    /// Adds the rows of a matrix to the gradient of a bias, in the same order.
    static func addRows(of g: MatrixView<Self>, steps: [Int], to sum: UnsafeMutablePointer<Self>)
}

extension Real {
    /// The matrix product a · b, written to c without gaps between its rows, or going on with the sums there.
    @inline(__always)
    static func multiply(
        _ a: MatrixView<Self>,
        _ b: MatrixView<Self>,
        into c: UnsafeMutablePointer<Self>,
        accumulating: Bool
    ) { multiply(a, b, into: c, rowStride: b.columns, accumulating: accumulating) }
}

// Outside Embedded Swift, a number that vectors are made of is Codable, and must say so.
#if hasFeature(Embedded)
    package typealias VectorScalar = BinaryFloatingPoint & SIMDScalar
#else
    package typealias VectorScalar = BinaryFloatingPoint & SIMDScalar & Codable
#endif

/// A matrix in memory: its address and the distances between its entries.
package struct MatrixView<Scalar> {
    package var base: UnsafePointer<Scalar>
    package var rows: Int
    package var columns: Int
    package var rowStride: Int
    package var columnStride: Int

    /// A matrix row by row, without gaps unless a stride is given.
    package init(_ base: UnsafePointer<Scalar>, _ rows: Int, _ columns: Int, rowStride: Int? = nil) {
        self.base = base
        self.rows = rows
        self.columns = columns
        self.rowStride = rowStride ?? columns
        columnStride = 1
    }

    /// The matrix with rows and columns exchanged.
    package var transposed: MatrixView {
        var view = self
        swap(&view.rows, &view.columns)
        swap(&view.rowStride, &view.columnStride)
        return view
    }
}

extension Float: Real {
    package static var precision: Precision { .single }

    package static func exp(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
        Kernels.exp(x, into: y, count: count)
    }

    package static func log(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
        Kernels.log(x, into: y, count: count)
    }

    package static func tanh(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
        Kernels.tanh(x, into: y, count: count)
    }

    package static func sigmoid(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
        Kernels.sigmoid(x, into: y, count: count)
    }

    package static func exp(_ x: Float) -> Float { Kernels.exp(x) }
    package static func log(_ x: Float) -> Float { Kernels.log(x) }
    package static func tanh(_ x: Float) -> Float { Kernels.tanh(x) }
    package static func sigmoid(_ x: Float) -> Float { Kernels.sigmoid(x) }

    /// Computed in double precision and rounded once.
    package static func power(_ base: Float, _ exponent: Float) -> Float {
        Float(Double.power(Double(base), Double(exponent)))
    }

    package static func multiply(
        _ a: MatrixView<Float>,
        _ b: MatrixView<Float>,
        into c: UnsafeMutablePointer<Float>,
        rowStride: Int,
        accumulating: Bool
    ) {
        Kernels.multiply(Matrix(a), Matrix(b), into: c, rowStride: rowStride, accumulating: accumulating)
    }

    package static func addProduct(
        ofTransposed g: MatrixView<Float>,
        _ x: MatrixView<Float>,
        steps: [Int],
        to sum: UnsafeMutablePointer<Float>
    ) {
        addWeightGradient(outputGradient: Matrix(g), input: Matrix(x), steps: steps, to: sum)
    }

    package static func addRows(
        of g: MatrixView<Float>,
        steps: [Int],
        to sum: UnsafeMutablePointer<Float>
    ) {
        addBiasGradient(outputGradient: Matrix(g), steps: steps, to: sum)
    }
}

extension Matrix {
    fileprivate init(_ view: MatrixView<Float>) {
        self.init(
            view.base,
            rows: view.rows,
            columns: view.columns,
            rowStride: view.rowStride,
            columnStride: view.columnStride
        )
    }
}

extension Double: Real {
    package static var precision: Precision { .double }

    package static func multiply(
        _ a: MatrixView<Double>,
        _ b: MatrixView<Double>,
        into c: UnsafeMutablePointer<Double>,
        rowStride: Int,
        accumulating: Bool
    ) {
        for i in 0..<a.rows {
            for j in 0..<b.columns {
                var sum = accumulating ? c[i * rowStride + j] : 0
                for k in 0..<a.columns {
                    sum +=
                        a.base[i * a.rowStride + k * a.columnStride]
                        * b.base[k * b.rowStride + j * b.columnStride]
                }
                c[i * rowStride + j] = sum
            }
        }
    }

    package static func addProduct(
        ofTransposed g: MatrixView<Double>,
        _ x: MatrixView<Double>,
        steps: [Int],
        to sum: UnsafeMutablePointer<Double>
    ) {
        multiply(g.transposed, x, into: sum, accumulating: true)
    }

    package static func addRows(
        of g: MatrixView<Double>,
        steps: [Int],
        to sum: UnsafeMutablePointer<Double>
    ) {
        for row in 0..<g.rows {
            for column in 0..<g.columns { sum[column] += g.base[row * g.rowStride + column * g.columnStride] }
        }
    }
}
