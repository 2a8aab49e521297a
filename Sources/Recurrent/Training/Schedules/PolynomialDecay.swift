/// A schedule that moves the learning rate down to 0 along a polynomial.
///
/// After t of T steps the rate is `η₀ (1 − t / T)ᵖ`, and from then on 0.
///
/// Source: PyTorch's `PolynomialLR`, in its recursive form.
public final class PolynomialDecay<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let duration: Int
    private let power: Double
    var steps = 0

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - duration: T, the number of steps down to 0; at least 1.
    ///   - power: p; 1 is a straight line.
    public init(
        _ optimizer: Optimizer<Rule>,
        over duration: Int = 5,
        power: Double = 1,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            duration > 0,
            "PolynomialDecay: it takes \(duration) steps; it must take at least 1.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.duration = duration
        self.power = power
        optimizer.noteInitialRates()
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        guard steps <= duration else { return }
        let factor = Double.power(rest(after: steps) / rest(after: steps - 1), power)
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

    private func rest(after steps: Int) -> Double { 1 - Double(steps) / Double(duration) }
}
