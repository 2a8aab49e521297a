/// The directions in which points differ most, and the points seen along them.
///
/// The components are the eigenvectors of the covariance with the greatest eigenvalues, found by subspace iteration
/// from a fixed start, so that the same points always give the same picture. The sign of a component is such that
/// its greatest coordinate is positive.
///
/// Pearson, "On lines and planes of closest fit to systems of points in space", 1901.
public struct PrincipalComponents: Sendable {
    /// The components, greatest variance first.
    ///
    /// - Shape: [component][feature]
    public let components: [[Double]]
    /// The points along the components, around their mean.
    ///
    /// - Shape: [point][component]
    public let projected: [[Double]]
    /// The share of the whole variance that each component holds, from 0 to 1.
    public let shares: [Double]

    /// The principal components of some points.
    ///
    /// - Parameters:
    ///   - points: The points, all finite. Shape: [point][feature]
    ///   - count: The number of components; those beyond the number of features or points are zero.
    public init(
        of points: [[some BinaryFloatingPoint]],
        count: Int = 2,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let rows = points.map { $0.map { Double($0) } }
        let problem = PrincipalComponents.problem(rows)
        require(problem == nil, problem ?? "", file: file, line: line)
        let features = rows.first?.count ?? 0
        let means = (0..<features).map { feature in
            rows.reduce(0) { $0 + $1[feature] } / Double(rows.count)
        }
        let centered = rows.map { row in zip(row, means).map { $0 - $1 } }
        let total = centered.joined().reduce(0) { $0 + $1 * $1 }
        let components = PrincipalComponents.components(centered, features: features, count: count)
        let projected = centered.map { row in components.map { PrincipalComponents.dot($0, row) } }
        self.components = components
        self.projected = projected
        shares = components.indices.map { index in
            total > 0 ? projected.reduce(0) { $0 + $1[index] * $1[index] } / total : 0
        }
    }

    /// A sentence about what is wrong with the points.
    package static func problem(_ rows: [[Double]]) -> String? {
        if let odd = rows.firstIndex(where: { $0.count != rows[0].count }) {
            return """
                PrincipalComponents: all points must have the same number of features, but point 0 has \(rows[0].count) \
                and point \(odd) has \(rows[odd].count).
                """
        }
        guard let bad = rows.firstIndex(where: { !$0.allSatisfy({ $0.isFinite }) }) else { return nil }
        return "PrincipalComponents: all features must be finite, but point \(bad) has \(rows[bad])."
    }

    private static func components(_ rows: [[Double]], features: Int, count: Int) -> [[Double]] {
        let spare = min(features, count + 6)
        var basis = (0..<spare).map { index in
            (0..<features).map { feature in start(index * features + feature) }
        }
        for _ in 0..<300 { basis = orthonormal(basis.map { covariance(rows, $0) }) }
        let images = basis.map { covariance(rows, $0) }
        let small = basis.map { vector in images.map { dot(vector, $0) } }
        let turned = Eigenvectors(of: small).vectors.prefix(count).map { weights in
            (0..<features).map { feature in zip(weights, basis).reduce(0) { $0 + $1.0 * $1.1[feature] } }
        }
        let missing = Array(
            repeating: Array(repeating: 0.0, count: features),
            count: max(0, count - turned.count)
        )
        return turned.map(signed) + missing
    }

    /// A fixed number in −0.5 ..< 0.5 that differs from place to place.
    private static func start(_ place: Int) -> Double {
        var mixed = (UInt64(place) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 31)) &* 0xBF58_476D_1CE4_E5B9
        mixed ^= mixed >> 29
        return Double(mixed >> 11) / 9_007_199_254_740_992 - 0.5
    }

    private static func covariance(_ rows: [[Double]], _ vector: [Double]) -> [Double] {
        var image = Array(repeating: 0.0, count: vector.count)
        for row in rows {
            let weight = dot(row, vector)
            for index in image.indices { image[index] += weight * row[index] }
        }
        return image
    }

    /// The vectors made orthogonal and of length 1, in turn; those that vanish stay zero.
    private static func orthonormal(_ vectors: [[Double]]) -> [[Double]] {
        var done: [[Double]] = []
        for vector in vectors {
            var rest = vector
            let size = dot(rest, rest).squareRoot()
            for other in done + done {
                let overlap = dot(other, rest)
                for index in rest.indices { rest[index] -= overlap * other[index] }
            }
            let length = dot(rest, rest).squareRoot()
            done.append(length > size * 1e-10 ? rest.map { $0 / length } : rest.map { _ in 0 })
        }
        return done
    }

    private static func signed(_ vector: [Double]) -> [Double] {
        let greatest = vector.max { $0.magnitude < $1.magnitude } ?? 0
        return greatest < 0 ? vector.map { -$0 } : vector
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += left[index] * right[index] }
        return sum
    }
}

/// The eigenvectors of a small symmetric matrix, greatest eigenvalue first, by Jacobi's rotations.
package struct Eigenvectors: Sendable {
    package let vectors: [[Double]]

    package init(of matrix: [[Double]]) {
        let size = matrix.count
        var matrix = matrix
        var vectors = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<60 {
            for p in 0..<size {
                for q in (p + 1)..<max(size, p + 1) where matrix[p][q] != 0 {
                    let theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q])
                    let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<size {
                        let (a, b) = (matrix[k][p], matrix[k][q])
                        (matrix[k][p], matrix[k][q]) = (c * a - s * b, s * a + c * b)
                    }
                    for k in 0..<size {
                        let (a, b) = (matrix[p][k], matrix[q][k])
                        (matrix[p][k], matrix[q][k]) = (c * a - s * b, s * a + c * b)
                        let (v, w) = (vectors[p][k], vectors[q][k])
                        (vectors[p][k], vectors[q][k]) = (c * v - s * w, s * v + c * w)
                    }
                }
            }
        }
        let order = (0..<size).sorted { (-matrix[$0][$0], $0) < (-matrix[$1][$1], $1) }
        self.vectors = order.map { vectors[$0] }
    }
}
