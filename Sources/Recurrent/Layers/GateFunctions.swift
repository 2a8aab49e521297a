/// The logistic function of each number, `y = 1 / (1 + exp(−x))`, `dy/dx = y (1 − y)`, multiplied in the order of the
/// kernels for whole sequences.
func logistic(_ x: Tensor) -> Tensor { x.mapped(Logistic()) }

/// The positive part of each number, `y = max(x, 0)`; its slope at 0 is 0.
func positivePart(_ x: Tensor) -> Tensor { x.mapped(PositivePart()) }

private struct Logistic: UnaryFunction {
    var name: String { "sigmoid" }
    var keeps: Kept { .result }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar.sigmoid(x) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar { gradient * y * (1 - y) }
    func apply<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>,
        into y: UnsafeMutablePointer<Scalar>,
        count: Int
    ) { Scalar.sigmoid(x, into: y, count: count) }
}

private struct PositivePart: UnaryFunction {
    var name: String { "relu" }
    var keeps: Kept { .result }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x > 0 ? x : 0 }
    func backward<Scalar: Real>(_ gradient: Scalar, _ y: Scalar) -> Scalar { y > 0 ? gradient : 0 }
}

/// Tensors of one shape along a new axis 0.
func joinedAlongNewAxis(_ tensors: [Tensor]) -> Tensor {
    concatenated(tensors.map { $0.reshaped([1] + $0.shape) }, axis: 0)
}
