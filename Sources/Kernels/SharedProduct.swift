package import KernelInterface

/// The matrix product a · b, written to c or, if `accumulating`, added to what stands there.
///
/// Entry (i, j) is one chain of fused multiply-adds over k = 0, 1, 2 …, each rounded once:
///
///     sum = accumulating ? c(i, j) : 0
///     for k in 0..<a.columnCount { sum = fma(a(i, k), b(k, j), sum) }
///     c(i, j) = sum
///
/// So an accumulated product goes on with the chain that stands in c; it is not the sum of c and a
/// product made apart. Neither tiles, lanes nor threads change a bit of it.
///
/// `a.transposed` and `b.transposed` give the products aᵀ · b and a · bᵀ without a copy:
///
///     multiply(Matrix(x, rows: n, columns: i), Matrix(w, rows: o, columns: i).transposed,
///              into: y, rowStride: o)                                  // y = x · wᵀ
///
/// - Parameters:
///   - a: [m, k].
///   - b: [k, n].
///   - c: [m, n], whose rows stand `rowStride` entries apart. It overlaps neither a nor b.
@export(interface)
package func multiply(
    _ a: Matrix,
    _ b: Matrix,
    into c: UnsafeMutablePointer<Float>,
    rowStride: Int,
    accumulating: Bool = false
) {
    multiply(
        a,
        b,
        into: accumulating
            ? .continuing(c, rowStride: rowStride) : .overwriting(c, rowStride: rowStride)
    )
}

/// The matrix product a · b, whose sums start from where the destination says: zero, what stands there,
/// a bias, or another matrix.
@export(interface)
package func multiply(_ a: Matrix, _ b: Matrix, into c: Destination) {
    let work = multiplyAdds(a.rowCount, a.columnCount, b.columnCount)
    if a.rowCount >= b.columnCount {
        share(a.rowCount, grain: 48, work: work) {
            chosenKernels.multiply(a.rows($0), b, into: c.from(row: $0.lowerBound, column: 0))
        }
    } else {
        share(b.columnCount, grain: 32, work: work) {
            chosenKernels.multiply(a, b.columns($0), into: c.from(row: 0, column: $0.lowerBound))
        }
    }
}
