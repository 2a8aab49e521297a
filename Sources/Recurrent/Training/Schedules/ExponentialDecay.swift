/// A schedule that multiplies the learning rate by a factor at every step.
///
/// Source: PyTorch's `ExponentialLR`.
public final class ExponentialDecay<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let factor: Double

    /// Creates a schedule that multiplies the rates of all groups by `factor`.
    public init(_ optimizer: Optimizer<Rule>, factor: Double) {
        self.optimizer = optimizer
        self.factor = factor
        optimizer.noteInitialRates()
    }

    /// Goes on to the next epoch.
    public func step() {
        for group in optimizer.groups { group.rule.learningRate *= factor }
    }

    /// Starts over, with the initial rates.
    public func restart() { optimizer.setRates() }

    /// Nothing, for the rate itself is the optimizer's.
    public var trainingState: TrainingState? { TrainingState() }
}
