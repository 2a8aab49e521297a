internal import Kernels

/// Stochastic gradient descent, with momentum if asked for.
///
/// With g the gradient plus λθ, at the first step with momentum `b = g`, later `b = μ b + (1 − τ) g`; then
/// `θ ← θ − η b`, or with Nesterov's look ahead `θ ← θ − η (g + μ b)`.
///
/// Source: I. Sutskever et al., "On the importance of initialization and momentum in deep learning" (2013); with
/// η outside the velocity, as in PyTorch's `SGD`.
public typealias SGD = Optimizer<SGDRule>

extension SGD {
    /// Creates an optimizer with PyTorch's defaults.
    ///
    /// - Parameters:
    ///   - parameters: The tensors to optimize.
    ///   - learningRate: η.
    ///   - momentum: μ.
    ///   - dampening: τ.
    ///   - weightDecay: λ.
    ///   - nesterov: Whether to look ahead; asks for a momentum and no dampening.
    public convenience init(
        _ parameters: [Tensor],
        learningRate: Double = 1e-3,
        momentum: Double = 0,
        dampening: Double = 0,
        weightDecay: Double = 0,
        nesterov: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let rule = SGDRule(
            learningRate: learningRate,
            momentum: momentum,
            dampening: dampening,
            weightDecay: weightDecay,
            nesterov: nesterov,
            file: file,
            line: line
        )
        self.init(parameters, rule: rule, file: file, line: line)
    }
}

/// The formula of `SGD`.
public struct SGDRule: UpdateRule {
    /// η.
    public var learningRate: Double
    /// μ.
    public var momentum: Double
    /// τ.
    public var dampening: Double
    /// λ.
    public var weightDecay: Double
    /// Whether to look ahead.
    public var nesterov: Bool

    /// Creates a rule with PyTorch's defaults.
    public init(
        learningRate: Double = 1e-3,
        momentum: Double = 0,
        dampening: Double = 0,
        weightDecay: Double = 0,
        nesterov: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requireNonNegative(learningRate, "learningRate", of: "SGD", file: file, line: line)
        requireNonNegative(momentum, "momentum", of: "SGD", file: file, line: line)
        requireNonNegative(weightDecay, "weightDecay", of: "SGD", file: file, line: line)
        require(
            !nesterov || (momentum > 0 && dampening == 0),
            "SGD: Nesterov's look ahead asks for a momentum above zero and no dampening, not momentum "
                + "\(momentum) and dampening \(dampening).",
            file: file,
            line: line
        )
        self.learningRate = learningRate
        self.momentum = momentum
        self.dampening = dampening
        self.weightDecay = weightDecay
        self.nesterov = nesterov
    }

    /// The velocity, if there is momentum.
    public var memoryCount: Int { momentum == 0 ? 0 : 1 }
    /// Its name in PyTorch.
    public var memoryNames: [String] { ["momentum_buffer"] }

    /// Moves one parameter.
    @export(interface)
    public func update(_ step: ParameterStep) {
        let pace = Float(-learningRate)
        guard momentum != 0 else { return step.move(by: .descent(pace: pace), decay: weightDecay) }
        // The first velocity is the gradient itself, undamped.
        step.move(
            by: .momentum(
                velocity: step.memory(0),
                kept: step.hasWritten(0) ? Float(momentum) : 0,
                taken: step.hasWritten(0) ? Float(1 - dampening) : 1,
                ahead: nesterov ? Float(momentum) : nil,
                pace: pace
            ),
            decay: weightDecay
        )
    }
}
