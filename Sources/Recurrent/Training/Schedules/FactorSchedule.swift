/// A schedule that multiplies the initial learning rate by a factor that a function of the epoch gives.
///
/// After t steps the rate is `η₀ · f(t)`. A warm-up over 100 batches, then a decay with the square root:
///
///     let schedule = FactorSchedule(optimizer) { step in
///         step < 100 ? Double(step + 1) / 100 : (100 / Double(step)).squareRoot()
///     }
///
/// Source: PyTorch's `LambdaLR`.
public final class FactorSchedule<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let factors: [(Int) -> Double]
    var steps = 0

    /// Creates a schedule, and multiplies the rates of all groups by `factor(0)` at once.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - factor: The share of the initial rate after a number of steps, for all groups.
    public convenience init(_ optimizer: Optimizer<Rule>, factor: @escaping (Int) -> Double) {
        self.init(optimizer, factors: optimizer.groups.map { _ in factor })
    }

    /// Creates a schedule with a function for each group of parameters.
    ///
    /// - Precondition: there are as many functions as the optimizer has groups.
    public init(
        _ optimizer: Optimizer<Rule>,
        factors: [(Int) -> Double],
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            factors.count == optimizer.groups.count,
            "FactorSchedule: there are \(factors.count) functions for \(optimizer.groups.count) groups of parameters; "
                + "each group needs its own, or all share one: FactorSchedule(optimizer) { step in … }.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.factors = factors
        optimizer.noteInitialRates()
        set()
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        set()
    }

    /// Starts over, with the first factor.
    public func restart() {
        steps = 0
        set()
    }

    /// The number of steps.
    public var trainingState: TrainingState? { TrainingState(["last_epoch": Double(steps)]) }

    /// Goes on after the steps of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        steps = try state.count("last_epoch")
    }

    private func set() {
        for (group, factor) in zip(optimizer.groups, factors) {
            group.rule.learningRate = (group.initialRate ?? group.rule.learningRate) * factor(steps)
        }
    }
}
