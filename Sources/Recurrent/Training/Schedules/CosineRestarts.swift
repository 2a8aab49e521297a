/// A schedule that moves the learning rate down to a minimum along half a cosine wave, and starts again from the top,
/// over and over, each time for a longer while if asked for.
///
/// After t of the T steps of a period the rate is `η_min + (η₀ − η_min) (1 + cos(π t / T)) / 2`.
///
/// Source: I. Loshchilov and F. Hutter, "SGDR" (2017), equation 5; PyTorch's `CosineAnnealingWarmRestarts`.
public final class CosineRestarts<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let firstPeriod: Int
    private let growth: Int
    private let minimum: Double
    /// The number of steps since the last restart.
    var steps = 0
    /// T, the number of steps of the period that runs.
    var period: Int

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - firstPeriod: The number of steps up to the first restart; at least 1.
    ///   - growth: The factor by which each period is longer than the one before; at least 1.
    ///   - minimum: η_min.
    public init(
        _ optimizer: Optimizer<Rule>,
        every firstPeriod: Int,
        growth: Int = 1,
        to minimum: Double = 0,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            firstPeriod > 0 && growth > 0,
            "CosineRestarts: the first period has \(firstPeriod) steps, and each is \(growth) times as long as the one "
                + "before; both must be at least 1.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.firstPeriod = firstPeriod
        self.growth = growth
        self.minimum = minimum
        period = firstPeriod
        optimizer.noteInitialRates()
        optimizer.setRates()
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        if steps >= period {
            steps = 0
            let (longer, overflow) = period.multipliedReportingOverflow(by: growth)
            period = overflow ? .max : longer
        }
        let wave = Circle.sineAndCosine(of: .pi * Double(steps) / Double(period)).cosine
        for group in optimizer.groups {
            let initial = group.initialRate ?? group.rule.learningRate
            group.rule.learningRate = minimum + (initial - minimum) * (1 + wave) / 2
        }
    }

    /// Starts over, with the initial rates and the first period.
    public func restart() {
        steps = 0
        period = firstPeriod
        optimizer.setRates()
    }

    /// The number of steps in this period, and its length.
    public var trainingState: TrainingState? {
        TrainingState(["T_cur": Double(steps), "T_i": Double(period)])
    }

    /// Goes on after the steps of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        steps = try state.count("T_cur")
        period = try state.count("T_i")
    }
}
