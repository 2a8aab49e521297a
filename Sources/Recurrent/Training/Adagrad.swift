internal import Kernels

/// Adagrad: the gradient divided by the root of the sum of all its squares so far.
///
/// With g the gradient plus λθ: `v ← v + g²`, `θ ← θ − η / (1 + (t − 1) δ) · g / (√v + ε)`.
///
/// Source: J. Duchi et al., "Adaptive subgradient methods" (2011); as in PyTorch.
public typealias Adagrad = Optimizer<AdagradRule>

extension Adagrad {
    /// Creates an optimizer with PyTorch's defaults.
    ///
    /// - Parameters:
    ///   - parameters: The tensors to optimize.
    ///   - learningRate: η.
    ///   - learningRateDecay: δ.
    ///   - weightDecay: λ.
    ///   - initialAccumulator: v before the first step.
    ///   - epsilon: ε, which keeps the denominator from zero.
    public convenience init(
        _ parameters: [Tensor],
        learningRate: Double = 1e-2,
        learningRateDecay: Double = 0,
        weightDecay: Double = 0,
        initialAccumulator: Double = 0,
        epsilon: Double = 1e-10,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let rule = AdagradRule(
            learningRate: learningRate,
            learningRateDecay: learningRateDecay,
            weightDecay: weightDecay,
            initialAccumulator: initialAccumulator,
            epsilon: epsilon,
            file: file,
            line: line
        )
        self.init(parameters, rule: rule, file: file, line: line)
    }
}

/// The formula of `Adagrad`.
public struct AdagradRule: UpdateRule {
    /// η.
    public var learningRate: Double
    /// δ.
    public var learningRateDecay: Double
    /// λ.
    public var weightDecay: Double
    /// v before the first step.
    public let initialAccumulator: Double
    /// ε.
    public var epsilon: Double
    /// The momentum, which this rule does not use.
    public var momentum = 0.0

    /// Creates a rule with PyTorch's defaults.
    public init(
        learningRate: Double = 1e-2,
        learningRateDecay: Double = 0,
        weightDecay: Double = 0,
        initialAccumulator: Double = 0,
        epsilon: Double = 1e-10,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requireNonNegative(learningRate, "learningRate", of: "Adagrad", file: file, line: line)
        requireNonNegative(learningRateDecay, "learningRateDecay", of: "Adagrad", file: file, line: line)
        requireNonNegative(weightDecay, "weightDecay", of: "Adagrad", file: file, line: line)
        requireNonNegative(initialAccumulator, "initialAccumulator", of: "Adagrad", file: file, line: line)
        requireNonNegative(epsilon, "epsilon", of: "Adagrad", file: file, line: line)
        self.learningRate = learningRate
        self.learningRateDecay = learningRateDecay
        self.weightDecay = weightDecay
        self.initialAccumulator = initialAccumulator
        self.epsilon = epsilon
    }

    /// The sum of squares.
    public var memoryCount: Int { 1 }
    /// Its name in PyTorch.
    public var memoryNames: [String] { ["sum"] }
    /// v before the first step.
    public var initialMemory: Float { Float(initialAccumulator) }

    /// Moves one parameter.
    @export(interface)
    public func update(_ step: ParameterStep) {
        let pace = Float(-(learningRate / (1 + Double(step.number - 1) * learningRateDecay)))
        step.move(
            by: .squareSum(square: step.memory(0), epsilon: Float(epsilon), pace: pace),
            decay: weightDecay
        )
    }
}
