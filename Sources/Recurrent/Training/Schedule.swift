/// What changes an optimizer's learning rate as training goes on.
///
/// Each schedule changes the rate that it finds, as PyTorch's chainable schedulers do; so several can be used
/// together, and a rate set by hand is respected.
public protocol Schedule: AnyObject {
    /// Goes on to the next epoch, or to the next batch, whatever the schedule counts.
    func step()
}

/// Multiplies the learning rate by a factor every so many steps.
///
/// Source: PyTorch's `StepLR`.
public final class StepDecay<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let interval: Int
    private let factor: Double
    private var steps = 0

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
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        guard steps % interval == 0 else { return }
        for group in optimizer.groups { group.rule.learningRate *= factor }
    }
}

/// Multiplies the learning rate by a factor at every step.
///
/// Source: PyTorch's `ExponentialLR`.
public final class ExponentialDecay<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let factor: Double

    /// Creates a schedule that multiplies the rates of all groups by `factor`.
    public init(_ optimizer: Optimizer<Rule>, factor: Double) {
        self.optimizer = optimizer
        self.factor = factor
    }

    /// Goes on to the next epoch.
    public func step() {
        for group in optimizer.groups { group.rule.learningRate *= factor }
    }
}

/// Moves the learning rate from a share of it to another share in equal steps: a warm-up, or a cool-down.
///
/// Source: PyTorch's `LinearLR`.
public final class LinearWarmUp<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let start: Double
    private let end: Double
    private let duration: Int
    private var steps = 0

    /// Creates a schedule, and sets the rates of all groups to the first share at once.
    ///
    /// - Parameters:
    ///   - start: The share at first, above 0 and at most 1.
    ///   - end: The share from the last step on, from 0 to 1.
    ///   - duration: How many steps it takes; at least 1.
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
        for group in optimizer.groups { group.rule.learningRate *= start }
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        guard steps <= duration else { return }
        let done = Double(duration) * start + Double(steps - 1) * (end - start)
        for group in optimizer.groups { group.rule.learningRate *= 1 + (end - start) / done }
    }
}
