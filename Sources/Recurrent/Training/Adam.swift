internal import Kernels

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
    ///   - parameters: The tensors to optimize.
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
    /// Their names in PyTorch.
    public var memoryNames: [String] { ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] }

    /// Moves one parameter.
    @export(interface)
    public func update(_ step: ParameterStep) {
        let correction = 1 - Double.power(betas.0, Double(step.number))
        step.move(
            by: .adam(
                mean: step.memory(0),
                square: step.memory(1),
                largest: amsgrad ? step.memory(2) : nil,
                blend: Blend(1 - betas.0),
                kept: Float(betas.1),
                taken: Float(1 - betas.1),
                shrink: decouplesDecay ? Float(1 - learningRate * weightDecay) : 1,
                scale: Float((1 - Double.power(betas.1, Double(step.number))).squareRoot()),
                epsilon: Float(epsilon),
                pace: Float(-(learningRate / correction))
            ),
            decay: decouplesDecay ? 0 : weightDecay
        )
    }
}
