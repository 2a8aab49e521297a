/// Adam: steps of about the learning rate's size in every direction, from running means of gradient and square.
///
/// With g the gradient (plus λθ): `m ← m + (1 − β₁)(g − m)`, `v ← β₂ v + (1 − β₂) g²`,
/// `θ ← θ − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)`. With AMSGrad the largest v so far replaces v.
///
/// Source: D. Kingma and J. Ba, "Adam: A method for stochastic optimization" (2015), algorithm 1; as in PyTorch.
public typealias Adam = Optimizer<AdamRule>

extension Adam {
    /// Creates an optimizer with PyTorch's defaults.
    ///
    /// - Parameters:
    ///   - parameters: What to optimize.
    ///   - learningRate: η.
    ///   - betas: β₁ and β₂, how much of the running means is kept.
    ///   - epsilon: ε, which keeps the denominator from zero.
    ///   - weightDecay: λ, which here adds to the gradient; `AdamW` shrinks the weights instead.
    ///   - amsgrad: Whether the denominator never shrinks.
    public convenience init(
        _ parameters: [Tensor],
        learningRate: Double = 1e-3,
        betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8,
        weightDecay: Double = 0,
        amsgrad: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let rule = AdamRule(
            learningRate: learningRate,
            betas: betas,
            epsilon: epsilon,
            weightDecay: weightDecay,
            amsgrad: amsgrad,
            file: file,
            line: line
        )
        self.init(parameters, rule: rule, file: file, line: line)
    }
}

/// The formula of `Adam`.
public struct AdamRule: UpdateRule {
    /// η.
    public var learningRate: Double
    /// β₁ and β₂.
    public var betas: (Double, Double)
    /// ε.
    public var epsilon: Double
    /// λ.
    public var weightDecay: Double
    /// Whether the denominator never shrinks.
    public var amsgrad: Bool
    /// Whether the decay shrinks the weights, as in `AdamW`, instead of adding to the gradient.
    var decouplesDecay = false

    /// Creates a rule with PyTorch's defaults.
    public init(
        learningRate: Double = 1e-3,
        betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8,
        weightDecay: Double = 0,
        amsgrad: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requireNonNegative(learningRate, "learningRate", of: "Adam", file: file, line: line)
        requireNonNegative(epsilon, "epsilon", of: "Adam", file: file, line: line)
        requireNonNegative(weightDecay, "weightDecay", of: "Adam", file: file, line: line)
        requireShare(betas.0, "betas.0", of: "Adam", file: file, line: line)
        requireShare(betas.1, "betas.1", of: "Adam", file: file, line: line)
        self.learningRate = learningRate
        self.betas = betas
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.amsgrad = amsgrad
    }

    /// β₁, which plays the part of momentum.
    public var momentum: Double {
        get { betas.0 }
        set { betas.0 = newValue }
    }

    /// The two running means, and the largest second one.
    public var memoryCount: Int { amsgrad ? 3 : 2 }

    /// Moves one parameter.
    public func update(_ step: ParameterStep) {
        let (parameter, mean, square) = (step.parameter, step.memory(0), step.memory(1))
        let correction = 1 - Double.power(betas.0, Double(step.number))
        let scale = Float((1 - Double.power(betas.1, Double(step.number))).squareRoot())
        let pace = Float(-(learningRate / correction))
        let shrink = decouplesDecay ? Float(1 - learningRate * weightDecay) : 1
        let decay = decouplesDecay ? 0 : Float(weightDecay)
        let blend = Blend(1 - betas.0)
        let (kept, taken) = (Float(betas.1), Float(1 - betas.1))
        let epsilon = Float(epsilon)
        if amsgrad {
            let largest = step.memory(2)
            for index in 0..<step.count {
                let place = parameter[index] * shrink
                let slope = step.gradient[index].addingProduct(decay, place)
                mean[index] = blend(mean[index], slope)
                square[index] = (square[index] * kept).addingProduct(taken * slope, slope)
                largest[index] = max(largest[index], square[index])
                parameter[index] =
                    place + pace * mean[index] / (largest[index].squareRoot() / scale + epsilon)
            }
            return
        }
        for index in 0..<step.count {
            let place = parameter[index] * shrink
            let slope = step.gradient[index].addingProduct(decay, place)
            mean[index] = blend(mean[index], slope)
            square[index] = (square[index] * kept).addingProduct(taken * slope, slope)
            parameter[index] = place + pace * mean[index] / (square[index].squareRoot() / scale + epsilon)
        }
    }
}

/// A step from one number towards another, `a + w (b − a)`, in the form that is exact at the nearer end.
struct Blend {
    private let weight: Float
    private let isSmall: Bool

    init(_ weight: Double) {
        isSmall = Float(weight).magnitude < 0.5
        self.weight = isSmall ? Float(weight) : Float(weight) - 1
    }

    @inline(__always)
    func callAsFunction(_ from: Float, _ to: Float) -> Float {
        (isSmall ? from : to).addingProduct(weight, to - from)
    }
}
