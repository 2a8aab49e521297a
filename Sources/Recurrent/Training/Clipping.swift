/// A norm: the sum of magnitudes, Euclid's, any other power, or the largest magnitude.
public struct Norm: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    let power: Double

    /// The norm `(Σ |x|ᵖ)^(1/p)`.
    public static func power(_ power: Double) -> Norm { Norm(floatLiteral: power) }
    /// The largest magnitude.
    public static let maximum = Norm(floatLiteral: .infinity)

    /// The norm `(Σ |x|ᵖ)^(1/p)`.
    public init(floatLiteral power: Double) { self.power = power }
    /// The norm `(Σ |x|ᵖ)^(1/p)`.
    public init(integerLiteral power: Int) { self.power = Double(power) }

    /// The norm of some numbers, summed in doubles.
    func callAsFunction(_ numbers: some Sequence<Double>) -> Double {
        switch power {
        case .infinity: numbers.reduce(0) { $1.isNaN || $0.isNaN ? .nan : max($0, $1.magnitude) }
        case 1: numbers.reduce(0) { $0 + $1.magnitude }
        case 2: numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
        default: Double.power(numbers.reduce(0) { $0 + Double.power($1.magnitude, power) }, 1 / power)
        }
    }
}

/// Makes all gradients smaller by one factor, if their common norm is above a limit.
///
/// With n the norm of all gradients taken together: each becomes `g · min(1, limit / (n + 1e-6))`.
///
///     loss.backward()
///     let norm = clipGradients(model.parameters, norm: 1)
///     optimizer.step()
///
/// - Parameters:
///   - parameters: Those without a gradient are left out.
///   - limit: The largest norm that is left as it is.
///   - type: The norm; Euclid's by default.
/// - Returns: The norm before.
///
/// Source: R. Pascanu et al., "On the difficulty of training recurrent neural networks" (2013); PyTorch's
/// `clip_grad_norm_`.
@discardableResult
@export(interface)
public func clipGradients(
    _ parameters: [Tensor],
    norm limit: Double,
    type: Norm = 2,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Float {
    require(
        limit >= 0 && type.power > 0,
        "clipGradients: the limit is \(limit) and the norm's power \(type.power); the limit must be at least 0, "
            + "the power above 0.",
        file: file,
        line: line
    )
    let gradients = parameters.compactMap { $0.node?.gradient }
    let norms = gradients.map { gradient in
        Double(
            Float(
                type(UnsafeBufferPointer(start: gradient.floats, count: gradient.count).lazy.map(Double.init))
            )
        )
    }
    let total = Float(type(norms))
    let ratio = Float(limit) / (total + 1e-6)
    // A norm that is no number makes the gradients none: it must not go unseen.
    let factor = ratio > 1 ? 1 : ratio
    for parameter in parameters {
        parameter.changeGradient { gradient in
            for index in gradient.indices { gradient[index] *= factor }
        }
    }
    return total
}

/// Moves every number of the gradients that is beyond a limit to the limit.
///
/// - Parameters:
///   - parameters: Those without a gradient are left out.
///   - limit: The largest magnitude that is left as it is.
///
/// Source: PyTorch's `clip_grad_value_`.
@export(interface)
public func clipGradients(
    _ parameters: [Tensor],
    value limit: Float,
    file: StaticString = #filePath,
    line: UInt = #line
) {
    require(
        limit >= 0,
        "clipGradients: the limit is \(limit); it must be at least 0.",
        file: file,
        line: line
    )
    for parameter in parameters {
        parameter.changeGradient { gradient in
            for index in gradient.indices { gradient[index] = min(max(gradient[index], -limit), limit) }
        }
    }
}

extension Tensor {
    /// Changes the gradient in place, if there is one; a gradient that was read before stays as it was read.
    fileprivate func changeGradient(_ change: (UnsafeMutableBufferPointer<Float>) -> Void) {
        guard let node, node.gradient != nil else { return }
        if !isKnownUniquelyReferenced(&node.gradient) { node.gradient = node.gradient?.duplicate() }
        guard let gradient = node.gradient else { return }
        change(UnsafeMutableBufferPointer(start: gradient.floats, count: gradient.count))
    }
}
