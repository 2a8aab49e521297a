/// A schedule that multiplies the learning rate by a factor every so many steps.
///
/// Source: PyTorch's `StepLR`.
public final class StepDecay<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let interval: Int
    private let factor: Double
    var steps = 0

    /// Creates a schedule that multiplies the rates of all groups by `factor` every `interval` steps.
    ///
    /// - Precondition: `interval` is positive.
    public init(
        _ optimizer: Optimizer<Rule>,
        every interval: Int,
        factor: Double = 0.1,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            interval > 0,
            "StepDecay: the interval is \(interval) steps; it must be at least 1.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.interval = interval
        self.factor = factor
        optimizer.noteInitialRates()
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        guard steps % interval == 0 else { return }
        for group in optimizer.groups { group.rule.learningRate *= factor }
    }

    /// Starts over, with the initial rates.
    public func restart() {
        steps = 0
        optimizer.setRates()
    }

    /// The number of steps.
    public var trainingState: TrainingState? { TrainingState(["last_epoch": Double(steps)]) }

    /// Goes on after the steps of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        steps = try state.count("last_epoch")
    }
}
