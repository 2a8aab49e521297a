/// Adam with the decay decoupled: each step first shrinks the weights, `θ ← θ (1 − ηλ)`.
///
/// Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization" (2019), algorithm 2; as in PyTorch.
public typealias AdamW = Optimizer<AdamWRule>

extension AdamW {
    /// Creates an optimizer with PyTorch's defaults: those of `Adam`, and a decay of 0.01.
    ///
    /// - Parameters:
    ///   - parameters: The tensors to optimize.
    ///   - learningRate: η.
    ///   - betas: β₁ and β₂, how much of the running means is kept.
    ///   - epsilon: ε, which keeps the denominator from zero.
    ///   - weightDecay: λ.
    ///   - amsgrad: Whether the denominator never shrinks.
    public convenience init(
        _ parameters: [Tensor],
        learningRate: Double = 1e-3,
        betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8,
        weightDecay: Double = 1e-2,
        amsgrad: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let rule = AdamWRule(
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

/// The formula of `AdamW`.
public struct AdamWRule: UpdateRule {
    /// The settings that it shares with `Adam`; here the decay shrinks the weights.
    public private(set) var adam: AdamRule

    /// Creates a rule with PyTorch's defaults.
    public init(
        learningRate: Double = 1e-3,
        betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8,
        weightDecay: Double = 1e-2,
        amsgrad: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        adam = AdamRule(
            learningRate: learningRate,
            betas: betas,
            epsilon: epsilon,
            weightDecay: weightDecay,
            amsgrad: amsgrad,
            file: file,
            line: line
        )
        adam.decouplesDecay = true
    }

    /// η.
    public var learningRate: Double {
        get { adam.learningRate }
        set { adam.learningRate = newValue }
    }

    /// β₁, which plays the part of momentum.
    public var momentum: Double {
        get { adam.momentum }
        set { adam.momentum = newValue }
    }

    /// λ.
    public var weightDecay: Double {
        get { adam.weightDecay }
        set { adam.weightDecay = newValue }
    }

    /// The two running means, and the largest second one.
    public var memoryCount: Int { adam.memoryCount }
    /// Their names in PyTorch.
    public var memoryNames: [String] { adam.memoryNames }

    /// Moves one parameter.
    @export(interface)
    public func update(_ step: ParameterStep) { adam.update(step) }
}
