/// A schedule that reduces the learning rate when a metric has not got better for a while.
///
/// Each `step(metric)` compares with the best so far. After more than `patience` steps in a row that were no
/// better, every rate becomes `max(rate · factor, minimum)`; then `cooldown` steps are not counted. A NaN is no better.
///
///     let scheduler = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 10)
///     scheduler.step(loss.item)
///
/// Source: PyTorch's `ReduceLROnPlateau`.
public final class ReduceLROnPlateau<Rule: UpdateRule>: Schedule {
    /// The direction in which a metric gets better.
    public enum Mode: Sendable {
        /// The smaller one.
        case min
        /// The larger one.
        case max
    }

    /// The meaning of the threshold.
    public enum ThresholdMode: Sendable {
        /// A share of the best metric. For negative metrics this asks for less than no progress.
        case relative
        /// A difference.
        case absolute
    }

    private let optimizer: Optimizer<Rule>
    private let initialRates: [Double]
    private let mode: Mode
    private let factor: Double
    private let patience: Int
    private let threshold: Double
    private let thresholdMode: ThresholdMode
    private let cooldown: Int
    private let minimum: Double
    private let epsilon: Double

    /// The best metric so far.
    public internal(set) var best: Double
    /// The number of steps in a row that were no better than the best.
    public internal(set) var badSteps = 0
    /// The number of steps that are still not counted.
    public internal(set) var remainingCooldown = 0

    /// Creates a schedule with PyTorch's defaults.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - mode: The direction in which the metric gets better.
    ///   - factor: The factor by which the rates are multiplied; below 1.
    ///   - patience: The number of steps without progress that are borne.
    ///   - threshold: The least difference from the best metric that counts as progress.
    ///   - thresholdMode: Whether the threshold is a share or a difference.
    ///   - cooldown: The number of steps after a reduction that are not counted.
    ///   - minimum: The rate below which none is reduced.
    ///   - epsilon: The least reduction that is made.
    public init(
        _ optimizer: Optimizer<Rule>,
        mode: Mode = .min,
        factor: Double = 0.1,
        patience: Int = 10,
        threshold: Double = 1e-4,
        thresholdMode: ThresholdMode = .relative,
        cooldown: Int = 0,
        minimum: Double = 0,
        epsilon: Double = 1e-8,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            factor < 1,
            "ReduceLROnPlateau: the factor is \(factor); it must be below 1 to make the rate smaller.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.mode = mode
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.thresholdMode = thresholdMode
        self.cooldown = cooldown
        self.minimum = minimum
        self.epsilon = epsilon
        best = mode == .min ? .infinity : -.infinity
        // As in PyTorch it starts from the rates that it finds, and schedules made later do not start from these.
        initialRates = optimizer.groups.map { $0.initialRate ?? $0.rule.learningRate }
    }

    /// Stops: this schedule goes by a metric.
    public func step() {
        stop(
            "ReduceLROnPlateau.step(): this schedule goes by a metric, and none was given. Pass the one that should get "
                + "better, such as the validation loss: schedule.step(loss.item)."
        )
    }

    /// Takes note of a metric, and reduces the rates if it is time.
    public func step(_ metric: Double) {
        if isBetter(metric) {
            best = metric
            badSteps = 0
        } else {
            badSteps += 1
        }
        if remainingCooldown > 0 {
            remainingCooldown -= 1
            badSteps = 0
        }
        guard badSteps > patience else { return }
        for group in optimizer.groups {
            let rate = max(group.rule.learningRate * factor, minimum)
            if group.rule.learningRate - rate > epsilon { group.rule.learningRate = rate }
        }
        remainingCooldown = cooldown
        badSteps = 0
    }

    /// Starts over: with the initial rates, and without a best metric.
    public func restart() {
        best = mode == .min ? .infinity : -.infinity
        badSteps = 0
        remainingCooldown = 0
        for (group, rate) in zip(optimizer.groups, initialRates) { group.rule.learningRate = rate }
    }

    private func isBetter(_ metric: Double) -> Bool {
        switch (mode, thresholdMode) {
        case (.min, .relative): metric < best * (1 - threshold)
        case (.min, .absolute): metric < best - threshold
        case (.max, .relative): metric > best * (1 + threshold)
        case (.max, .absolute): metric > best + threshold
        }
    }

    /// Its name in a checkpoint.
    public var trainingRole: String { "schedule" }

    /// The best metric, and the steps that count.
    public var trainingState: TrainingState? {
        TrainingState([
            "best": best, "num_bad_epochs": Double(badSteps), "cooldown_counter": Double(remainingCooldown),
        ])
    }

    /// Goes on after the metrics of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        best = try state.number("best")
        badSteps = try state.count("num_bad_epochs")
        remainingCooldown = try state.count("cooldown_counter")
    }
}
