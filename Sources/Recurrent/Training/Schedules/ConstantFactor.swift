/// A schedule that keeps the learning rate at a share of it for some steps, and then sets it free: the plainest warm-up.
///
/// Source: PyTorch's `ConstantLR`.
public final class ConstantFactor<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let factor: Double
    private let duration: Int
    var steps = 0

    /// Creates a schedule, and multiplies the rates of all groups by the factor at once.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - factor: The share, above 0 and at most 1.
    ///   - duration: The number of steps after which the rates are divided by it again; at least 1.
    public init(
        _ optimizer: Optimizer<Rule>,
        _ factor: Double = 1 / 3,
        over duration: Int = 5,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            factor > 0 && factor <= 1,
            "ConstantFactor: the factor is \(factor); it must be above 0 and at most 1.",
            file: file,
            line: line
        )
        require(
            duration > 0,
            "ConstantFactor: it takes \(duration) steps; it must take at least 1, or the rate stays at its share.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.factor = factor
        self.duration = duration
        optimizer.noteInitialRates()
        for group in optimizer.groups { group.rule.learningRate *= factor }
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        guard steps == duration else { return }
        for group in optimizer.groups { group.rule.learningRate *= 1 / factor }
    }

    /// Starts over, with the share of the initial rates.
    public func restart() {
        steps = 0
        optimizer.setRates(toInitialTimes: factor)
    }

    /// The number of steps.
    public var trainingState: TrainingState? { TrainingState(["last_epoch": Double(steps)]) }

    /// Goes on after the steps of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        steps = try state.count("last_epoch")
    }
}
