internal import Kernels

/// RMSprop: the gradient divided by the root of the running mean of its square.
///
/// With g the gradient plus λθ: `v ← α v + (1 − α) g²`, if centered less the square of the running mean of g;
/// `θ ← θ − η g / (√v + ε)`, or with momentum `b ← μ b + g / (√v + ε)`, `θ ← θ − η b`.
///
/// Source: T. Tieleman and G. Hinton, lecture 6.5 of "Neural networks for machine learning" (2012); centered:
/// A. Graves, "Generating sequences with recurrent neural networks" (2013), equations 38 to 45; as in PyTorch.
public typealias RMSprop = Optimizer<RMSpropRule>

extension RMSprop {
    /// Creates an optimizer with PyTorch's defaults.
    ///
    /// - Parameters:
    ///   - parameters: The tensors to optimize.
    ///   - learningRate: η.
    ///   - alpha: α, how much of the running means is kept.
    ///   - epsilon: ε, which keeps the denominator from zero.
    ///   - weightDecay: λ.
    ///   - momentum: μ.
    ///   - centered: Whether to divide by the standard deviation of the gradient.
    public convenience init(
        _ parameters: [Tensor],
        learningRate: Double = 1e-2,
        alpha: Double = 0.99,
        epsilon: Double = 1e-8,
        weightDecay: Double = 0,
        momentum: Double = 0,
        centered: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let rule = RMSpropRule(
            learningRate: learningRate,
            alpha: alpha,
            epsilon: epsilon,
            weightDecay: weightDecay,
            momentum: momentum,
            centered: centered,
            file: file,
            line: line
        )
        self.init(parameters, rule: rule, file: file, line: line)
    }
}

/// The formula of `RMSprop`.
public struct RMSpropRule: UpdateRule {
    /// η.
    public var learningRate: Double
    /// α.
    public var alpha: Double
    /// ε.
    public var epsilon: Double
    /// λ.
    public var weightDecay: Double
    /// μ.
    public var momentum: Double
    /// Whether to divide by the standard deviation of the gradient.
    public var centered: Bool

    /// Creates a rule with PyTorch's defaults.
    public init(
        learningRate: Double = 1e-2,
        alpha: Double = 0.99,
        epsilon: Double = 1e-8,
        weightDecay: Double = 0,
        momentum: Double = 0,
        centered: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requireNonNegative(learningRate, "learningRate", of: "RMSprop", file: file, line: line)
        requireNonNegative(alpha, "alpha", of: "RMSprop", file: file, line: line)
        requireNonNegative(epsilon, "epsilon", of: "RMSprop", file: file, line: line)
        requireNonNegative(weightDecay, "weightDecay", of: "RMSprop", file: file, line: line)
        requireNonNegative(momentum, "momentum", of: "RMSprop", file: file, line: line)
        self.learningRate = learningRate
        self.alpha = alpha
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.momentum = momentum
        self.centered = centered
    }

    /// The mean square, the velocity and the mean. Each has its place, whatever is switched on later.
    public var memoryCount: Int { centered ? 3 : momentum > 0 ? 2 : 1 }
    /// Their names in PyTorch.
    public var memoryNames: [String] { ["square_avg", "momentum_buffer", "grad_avg"] }

    /// Moves one parameter.
    @export(interface)
    public func update(_ step: ParameterStep) {
        step.move(
            by: .rootMeanSquare(
                square: step.memory(0),
                mean: centered ? step.memory(2) : nil,
                velocity: momentum > 0 ? step.memory(1) : nil,
                blend: Blend(1 - alpha),
                kept: Float(alpha),
                taken: Float(1 - alpha),
                momentum: Float(momentum),
                epsilon: Float(epsilon),
                pace: Float(-learningRate)
            ),
            decay: weightDecay
        )
    }
}
