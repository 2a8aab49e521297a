/// A schedule that moves the learning rate from one share of it to another in equal steps: a warm-up, or a cool-down.
///
/// Source: PyTorch's `LinearLR`.
public final class LinearWarmUp<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let start: Double
    private let end: Double
    private let duration: Int
    var steps = 0

    /// Creates a schedule, and sets the rates of all groups to the first share at once.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - start: The share at first, above 0 and at most 1.
    ///   - end: The share from the last step on, from 0 to 1.
    ///   - duration: The number of steps that it takes; at least 1.
    public init(
        _ optimizer: Optimizer<Rule>,
        from start: Double = 1 / 3,
        to end: Double = 1,
        over duration: Int = 5,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            start > 0 && start <= 1,
            "LinearWarmUp: the first share is \(start); it must be above 0 and at most 1.",
            file: file,
            line: line
        )
        require(
            end >= 0 && end <= 1,
            "LinearWarmUp: the last share is \(end); it must be from 0 to 1.",
            file: file,
            line: line
        )
        require(
            duration > 0,
            "LinearWarmUp: it takes \(duration) steps; it must take at least 1, or the rate stays at its first share.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.start = start
        self.end = end
        self.duration = duration
        optimizer.noteInitialRates()
        for group in optimizer.groups { group.rule.learningRate *= start }
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        guard steps <= duration else { return }
        let done = Double(duration) * start + Double(steps - 1) * (end - start)
        for group in optimizer.groups { group.rule.learningRate *= 1 + (end - start) / done }
    }

    /// Starts over, with the first share of the initial rates.
    public func restart() {
        steps = 0
        optimizer.setRates(toInitialTimes: start)
    }

    /// The number of steps.
    public var trainingState: TrainingState? { TrainingState(["last_epoch": Double(steps)]) }

    /// Goes on after the steps of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        steps = try state.count("last_epoch")
    }
}
