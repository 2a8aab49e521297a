// Arithmetic place by place. Shapes that differ are broadcast as in NumPy and PyTorch: axes are matched from the
// last, and an axis of length 1, or one that is missing, is repeated.

extension Tensor {
    /// The sums, place by place: y = a + b.
    @export(interface)
    public static func + (left: Tensor, right: Tensor) -> Tensor { combined(Addition(), left, right) }

    /// The sums with one number: y = a + b.
    @export(interface)
    public static func + (left: Tensor, right: Float) -> Tensor { left.mapped(ShiftedBy(amount: right)) }

    /// The sums with one number: y = a + b.
    @export(interface)
    public static func + (left: Float, right: Tensor) -> Tensor { right.mapped(ShiftedBy(amount: left)) }

    /// The differences, place by place: y = a − b.
    @export(interface)
    public static func - (left: Tensor, right: Tensor) -> Tensor { combined(Subtraction(), left, right) }

    /// The differences with one number: y = a − b.
    @export(interface)
    public static func - (left: Tensor, right: Float) -> Tensor { left.mapped(ShiftedBy(amount: -right)) }

    /// The differences from one number: y = a − b.
    @export(interface)
    public static func - (left: Float, right: Tensor) -> Tensor { right.mapped(SubtractedFrom(whole: left)) }

    /// The products, place by place: y = a · b. For the matrix product see `matmul`.
    @export(interface)
    public static func * (left: Tensor, right: Tensor) -> Tensor { combined(Multiplication(), left, right) }

    /// The multiples by one number: y = a · b.
    @export(interface)
    public static func * (left: Tensor, right: Float) -> Tensor { left.mapped(ScaledBy(factor: right)) }

    /// The multiples by one number: y = a · b.
    @export(interface)
    public static func * (left: Float, right: Tensor) -> Tensor { right.mapped(ScaledBy(factor: left)) }

    /// The quotients, place by place: y = a / b.
    @export(interface)
    public static func / (left: Tensor, right: Tensor) -> Tensor { combined(Division(), left, right) }

    /// The quotients by one number: y = a / b.
    @export(interface)
    public static func / (left: Tensor, right: Float) -> Tensor { left.mapped(DividedBy(divisor: right)) }

    /// The quotients of one number: y = a / b.
    @export(interface)
    public static func / (left: Float, right: Tensor) -> Tensor { right.mapped(DividedInto(dividend: left)) }

    /// The numbers with the other sign: y = −x.
    public static prefix func - (operand: Tensor) -> Tensor { operand.mapped(SubtractedFrom(whole: -0.0)) }

    /// Replaces the variable by the sum; other names for the old tensor keep the old numbers.
    @export(interface)
    public static func += (left: inout Tensor, right: Tensor) { left = left + right }

    /// Replaces the variable by the sum; other names for the old tensor keep the old numbers.
    @export(interface)
    public static func += (left: inout Tensor, right: Float) { left = left + right }

    /// Replaces the variable by the difference; other names for the old tensor keep the old numbers.
    @export(interface)
    public static func -= (left: inout Tensor, right: Tensor) { left = left - right }

    /// Replaces the variable by the difference; other names for the old tensor keep the old numbers.
    @export(interface)
    public static func -= (left: inout Tensor, right: Float) { left = left - right }

    /// Replaces the variable by the product; other names for the old tensor keep the old numbers.
    @export(interface)
    public static func *= (left: inout Tensor, right: Tensor) { left = left * right }

    /// Replaces the variable by the product; other names for the old tensor keep the old numbers.
    @export(interface)
    public static func *= (left: inout Tensor, right: Float) { left = left * right }

    /// Replaces the variable by the quotient; other names for the old tensor keep the old numbers.
    @export(interface)
    public static func /= (left: inout Tensor, right: Tensor) { left = left / right }

    /// Replaces the variable by the quotient; other names for the old tensor keep the old numbers.
    @export(interface)
    public static func /= (left: inout Tensor, right: Float) { left = left / right }
}

private struct Addition: BinaryFunction {
    var name: String { "+" }
    var leftSaves: Operands { [] }
    var rightSaves: Operands { [] }
    func value<Scalar: Real>(_ a: Scalar, _ b: Scalar) -> Scalar { a + b }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { gradient }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { gradient }
}

private struct Subtraction: BinaryFunction {
    var name: String { "-" }
    var leftSaves: Operands { [] }
    var rightSaves: Operands { [] }
    func value<Scalar: Real>(_ a: Scalar, _ b: Scalar) -> Scalar { a - b }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { gradient }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { -gradient }
}

private struct Multiplication: BinaryFunction {
    var name: String { "*" }
    var leftSaves: Operands { .right }
    var rightSaves: Operands { .left }
    func value<Scalar: Real>(_ a: Scalar, _ b: Scalar) -> Scalar { a * b }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { gradient * b }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { gradient * a }
}

private struct Division: BinaryFunction {
    var name: String { "/" }
    var leftSaves: Operands { .right }
    var rightSaves: Operands { [.left, .right] }
    func value<Scalar: Real>(_ a: Scalar, _ b: Scalar) -> Scalar { a / b }
    func backwardLeft<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar { gradient / b }
    func backwardRight<Scalar: Real>(_ gradient: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar {
        -gradient * ((a / b) / b)
    }
}

private struct ShiftedBy: UnaryFunction {
    let amount: Float
    var name: String { "+" }
    var saves: SavedForBackward { .nothing }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x + Scalar(amount) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ saved: Scalar) -> Scalar { gradient }
}

private struct SubtractedFrom: UnaryFunction {
    let whole: Float
    var name: String { "-" }
    var saves: SavedForBackward { .nothing }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar(whole) - x }
    func backward<Scalar: Real>(_ gradient: Scalar, _ saved: Scalar) -> Scalar { -gradient }
}

private struct ScaledBy: UnaryFunction {
    let factor: Float
    var name: String { "*" }
    var saves: SavedForBackward { .nothing }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x * Scalar(factor) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ saved: Scalar) -> Scalar { gradient * Scalar(factor) }
}

private struct DividedBy: UnaryFunction {
    let divisor: Float
    var name: String { "/" }
    var saves: SavedForBackward { .nothing }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x / Scalar(divisor) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ saved: Scalar) -> Scalar { gradient / Scalar(divisor) }
}

private struct DividedInto: UnaryFunction {
    let dividend: Float
    var name: String { "/" }
    var saves: SavedForBackward { .operand }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { Scalar(dividend) / x }
    func backward<Scalar: Real>(_ gradient: Scalar, _ x: Scalar) -> Scalar {
        -gradient * ((Scalar(dividend) / x) / x)
    }
}
