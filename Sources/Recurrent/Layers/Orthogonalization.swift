/// The orthogonal factor Q of a matrix A = Q · R, with R's diagonal positive, which makes it unique; of Aᵀ, if A has
/// fewer rows than columns.
///
/// In doubles, by Gram and Schmidt's method in the order that loses least: as soon as a column is of length 1, its share
/// is taken out of all columns behind it.
struct Orthogonalization {
    let rows: Int
    let columns: Int

    /// Replaces the matrix by its orthogonal factor times `gain`.
    func run(_ matrix: UnsafeMutableBufferPointer<Float>, gain: Float) {
        let (height, width) = (max(rows, columns), min(rows, columns))
        // Place (row, column) of the tall matrix within the given one.
        let (rowStride, columnStride) = rows < columns ? (1, columns) : (columns, 1)
        var tall = [Double](repeating: 0, count: height * width)
        for row in 0..<height {
            for column in 0..<width {
                tall[row * width + column] = Double(matrix[row * rowStride + column * columnStride])
            }
        }
        tall.withUnsafeMutableBufferPointer { orthogonalize($0, height: height, width: width) }
        for row in 0..<height {
            for column in 0..<width {
                matrix[row * rowStride + column * columnStride] = Float(tall[row * width + column]) * gain
            }
        }
    }

    private func orthogonalize(_ tall: UnsafeMutableBufferPointer<Double>, height: Int, width: Int) {
        var shares = [Double](repeating: 0, count: width)
        for column in 0..<width {
            var square = 0.0
            for row in 0..<height {
                square += tall[row * width + column] * tall[row * width + column]
            }
            let length = square.squareRoot()
            // A column that depends on those before it stays zero.
            if length > 0 {
                for row in 0..<height { tall[row * width + column] /= length }
            }
            for later in column + 1..<width { shares[later] = 0 }
            // Row by row, so that the sums of several columns grow side by side.
            for row in 0..<height {
                let (entry, start) = (tall[row * width + column], row * width)
                for later in column + 1..<width { shares[later] += entry * tall[start + later] }
            }
            for row in 0..<height {
                let (entry, start) = (tall[row * width + column], row * width)
                for later in column + 1..<width { tall[start + later] -= entry * shares[later] }
            }
        }
    }
}
