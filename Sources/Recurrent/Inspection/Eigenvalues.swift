/// A complex number: an eigenvalue.
public struct ComplexNumber: Equatable, Sendable {
    /// The real part.
    public var real: Double
    /// The imaginary part.
    public var imaginary: Double

    /// Creates a number from its parts.
    public init(_ real: Double, _ imaginary: Double = 0) {
        self.real = real
        self.imaginary = imaginary
    }

    /// The distance from 0.
    public var magnitude: Double {
        let largest = max(real.magnitude, imaginary.magnitude)
        if largest == 0 || !largest.isFinite { return largest }
        let (x, y) = (real / largest, imaginary / largest)
        return largest * (x * x + y * y).squareRoot()
    }

    static func + (a: Self, b: Self) -> Self { Self(a.real + b.real, a.imaginary + b.imaginary) }
    static func - (a: Self, b: Self) -> Self { Self(a.real - b.real, a.imaginary - b.imaginary) }
    static func * (a: Self, b: Self) -> Self {
        Self(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
    }
    static func / (a: Self, b: Double) -> Self { Self(a.real / b, a.imaginary / b) }
    var conjugate: Self { Self(real, -imaginary) }

    /// The root with a real part of at least 0.
    var squareRoot: Self {
        let size = magnitude
        let real = ((size + self.real) / 2).squareRoot()
        let imaginary = max((size - self.real) / 2, 0).squareRoot()
        return Self(real, self.imaginary < 0 ? -imaginary : imaginary)
    }
}

/// The eigenvalues of a square matrix, from the largest in magnitude to the smallest.
///
///     let values = eigenvalues(rnn.parameters[1])         // of weight_hh
///
/// In double precision, by Householder reflections to Hessenberg form and QR steps with Wilkinson's shifts; the same on
/// every machine.
///
/// - Shape: [n, n] → n values
///
/// Source: G. Golub and C. Van Loan, "Matrix computations", chapter 7.
@export(interface)
public func eigenvalues(
    _ matrix: Tensor,
    file: StaticString = #filePath,
    line: UInt = #line
) -> [ComplexNumber] {
    require(
        matrix.rank == 2 && matrix.shape[0] == matrix.shape[1],
        "eigenvalues: expected a square matrix, not a tensor of shape \(Shape.text(matrix.shape)). Of a layer with "
            + "gates, weight_hh is several square blocks, one above the other.",
        file: file,
        line: line
    )
    let numbers = matrix.storage.converted(to: .double)
    let entries = (0..<numbers.count).map { numbers.pointer(Double.self)[$0] }
    require(
        entries.allSatisfy { $0.isFinite },
        "eigenvalues: the matrix has entries that are not finite, so it has no eigenvalues.",
        file: file,
        line: line
    )
    var form = HessenbergForm(entries, size: matrix.shape[0])
    return conjugatesJoined(form.eigenvalues().sorted { $0.magnitude > $1.magnitude })
}

/// What comes in pairs, of which rounding has made two magnitudes: that above the real axis first. What rounding has moved
/// off the axis goes back.
private func conjugatesJoined(_ values: [ComplexNumber]) -> [ComplexNumber] {
    let noise = 1e-13 * (values.first?.magnitude ?? 0)
    var values = values.map { $0.imaginary.magnitude <= noise ? ComplexNumber($0.real) : $0 }
    var index = 0
    while index + 1 < values.count {
        let (a, b) = (values[index], values[index + 1])
        let isPair = a.imaginary != 0 && (a - b.conjugate).magnitude <= 1e-10 * a.magnitude
        if isPair {
            let height = (a.imaginary.magnitude + b.imaginary.magnitude) / 2
            values[index] = ComplexNumber((a.real + b.real) / 2, height)
            values[index + 1] = values[index].conjugate
        }
        index += isPair ? 2 : 1
    }
    return values
}

/// The largest magnitude of a matrix's eigenvalues: by what, in the long run, repeated multiplication scales a vector.
///
/// A recurrent step with a Jacobian of spectral radius below 1 forgets, and its gradients vanish; above 1 they may explode.
///
///     spectralRadius(rnn.parameters[1])                                            // of weight_hh
///     spectralRadius(jacobian(at: h) { cell(x, HiddenState($0)).hidden })        // of a step at a state
///
/// - Shape: [n, n]
///
/// Source: R. Pascanu et al., "On the difficulty of training recurrent neural networks" (2013).
@export(interface)
public func spectralRadius(
    _ matrix: Tensor,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Double {
    eigenvalues(matrix, file: file, line: line).first?.magnitude ?? 0
}

/// A matrix whose entries below the first subdiagonal are zero, and that has the eigenvalues of another.
private struct HessenbergForm {
    private let size: Int
    private var entries: [ComplexNumber]

    init(_ matrix: [Double], size: Int) {
        self.size = size
        var a = matrix
        for column in 0..<max(size - 2, 0) {
            var v = [Double](repeating: 0, count: size)
            var sum = 0.0
            for row in column + 1..<size {
                v[row] = a[row * size + column]
                sum += v[row] * v[row]
            }
            if sum == 0 { continue }
            v[column + 1] += v[column + 1] < 0 ? -sum.squareRoot() : sum.squareRoot()
            let square = v.reduce(0) { $0 + $1 * $1 }
            if square == 0 { continue }
            for other in 0..<size {
                var product = 0.0
                for row in column + 1..<size { product += v[row] * a[row * size + other] }
                for row in column + 1..<size { a[row * size + other] -= 2 * product / square * v[row] }
            }
            for row in 0..<size {
                var product = 0.0
                for other in column + 1..<size { product += a[row * size + other] * v[other] }
                for other in column + 1..<size { a[row * size + other] -= 2 * product / square * v[other] }
            }
        }
        entries = a.map { ComplexNumber($0) }
    }

    private subscript(row: Int, column: Int) -> ComplexNumber {
        get { entries[row * size + column] }
        set { entries[row * size + column] = newValue }
    }

    /// Splits off one eigenvalue after the other, from the lower right corner.
    mutating func eigenvalues() -> [ComplexNumber] {
        var values: [ComplexNumber] = []
        var end = size - 1
        var rounds = 0
        while end >= 0 {
            let start = blockStart(endingAt: end)
            // It takes about three rounds for each; what has not come apart after very many is as close as can be.
            if start == end || rounds == 300 {
                values.append(self[end, end])
                end -= 1
                rounds = 0
            } else {
                rounds += 1
                let isStuck = rounds % 10 == 0
                step(start, end, shift: isStuck ? self[end, end] + self[end, end - 1] : shift(end))
            }
        }
        return values
    }

    /// The first row of the block that hangs together with the last one.
    private func blockStart(endingAt end: Int) -> Int {
        var row = end
        while row > 0 {
            let size = self[row - 1, row - 1].magnitude + self[row, row].magnitude
            if self[row, row - 1].magnitude <= Double.ulpOfOne * size || self[row, row - 1].magnitude < 1e-300
            {
                break
            }
            row -= 1
        }
        return row
    }

    /// The eigenvalue of the last two rows and columns that is closer to the last entry.
    private func shift(_ end: Int) -> ComplexNumber {
        let (a, b) = (self[end - 1, end - 1], self[end - 1, end])
        let (c, d) = (self[end, end - 1], self[end, end])
        let half = (a - d) / 2
        let root = (half * half + b * c).squareRoot
        let (one, other) = (half + root, half - root)
        // d + half ± root: the smaller of the two is the distance to d.
        return d + (one.magnitude < other.magnitude ? one : other)
    }

    /// One QR step on the rows and columns of a block: A − μ = Q R, then R Q + μ.
    private mutating func step(_ start: Int, _ end: Int, shift: ComplexNumber) {
        for row in start...end { self[row, row] = self[row, row] - shift }
        var rotations: [(c: ComplexNumber, s: ComplexNumber)] = []
        for row in start..<end {
            let (a, b) = (self[row, row], self[row + 1, row])
            let (sizeOfA, sizeOfB) = (a.magnitude, b.magnitude)
            let size = ComplexNumber(sizeOfA, sizeOfB).magnitude
            let (c, s) = size == 0 ? (ComplexNumber(1), ComplexNumber(0)) : (a / size, b / size)
            rotations.append((c, s))
            for column in row...end {
                let (upper, lower) = (self[row, column], self[row + 1, column])
                self[row, column] = c.conjugate * upper + s.conjugate * lower
                self[row + 1, column] = c * lower - s * upper
            }
        }
        for (index, (c, s)) in rotations.enumerated() {
            let column = start + index
            for row in start...min(column + 1, end) {
                let (left, right) = (self[row, column], self[row, column + 1])
                self[row, column] = c * left + s * right
                self[row, column + 1] = c.conjugate * right - s.conjugate * left
            }
        }
        for row in start...end { self[row, row] = self[row, row] + shift }
    }
}
