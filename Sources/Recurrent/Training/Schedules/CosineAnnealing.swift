/// A schedule that moves the learning rate down to a minimum along half a cosine wave, and up again if it goes on.
///
/// After t of T steps the rate is `η_min + (η₀ − η_min) (1 + cos(π t / T)) / 2`.
///
/// Source: I. Loshchilov and F. Hutter, "SGDR" (2017), equation 5, without restarts; PyTorch's
/// `CosineAnnealingLR`, in its recursive form.
public final class CosineAnnealing<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let minimum: Double
    private let duration: Int
    var steps = 0

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - duration: T, the number of steps down to the minimum; at least 1.
    ///   - minimum: η_min.
    public init(
        _ optimizer: Optimizer<Rule>,
        over duration: Int,
        to minimum: Double = 0,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            duration > 0 && duration <= Int.max / 2,
            "CosineAnnealing: it takes \(duration) steps; it must take from 1 to \(Int.max / 2).",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.duration = duration
        self.minimum = minimum
        optimizer.noteInitialRates()
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        for group in optimizer.groups {
            let rate = group.rule.learningRate
            let initial = group.initialRate ?? rate
            if (steps - 1 - duration) % (2 * duration) == 0 {
                // At the minimum the ratio below would be nothing over nothing.
                group.rule.learningRate = rate + (initial - minimum) * (1 - wave(1)) / 2
            } else {
                group.rule.learningRate =
                    (1 + wave(steps)) / (1 + wave(steps - 1)) * (rate - minimum) + minimum
            }
        }
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

    private func wave(_ step: Int) -> Double {
        Circle.sineAndCosine(of: .pi * Double(step) / Double(duration)).cosine
    }
}
