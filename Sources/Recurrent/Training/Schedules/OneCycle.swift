/// A schedule that moves the learning rate up to a maximum and down to almost nothing, in one cycle over all of training.
///
/// Momentum goes the other way. Step after every batch, the last one included: that step changes nothing any more.
///
/// Source: L. Smith and N. Topin, "Super-convergence" (2017); PyTorch's `OneCycleLR` with two phases.
public final class OneCycle<Rule: UpdateRule>: Schedule {
    /// The shape of the way from one rate to the next.
    public enum Annealing: Sendable {
        /// Half a cosine wave.
        case cosine
        /// A straight line.
        case linear

        func callAsFunction(from start: Double, to end: Double, at share: Double) -> Double {
            switch self {
            case .cosine: end + (start - end) / 2 * (Circle.sineAndCosine(of: .pi * share).cosine + 1)
            case .linear: (end - start) * share + start
            }
        }
    }

    private let optimizer: Optimizer<Rule>
    private let steps: Int
    private let rising: Double
    private let annealing: Annealing
    private let rates: (initial: Double, maximum: Double, last: Double)
    private let momenta: (base: Double, maximum: Double)?
    private var taken = 0

    /// Creates a schedule, and sets rate and momentum of all groups to their first values at once.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - maximum: The highest rate.
    ///   - steps: The number of steps of the cycle: of all batches in all epochs.
    ///   - rising: The share of the steps during which the rate rises.
    ///   - annealing: The shape of the way.
    ///   - momentum: The lowest and the highest momentum, or nil to leave it alone.
    ///   - divisor: The highest rate over the first.
    ///   - finalDivisor: The first rate over the last.
    /// - Precondition: there is a step, `rising` is from 0 to 1, and the divisors are above 0.
    public init(
        _ optimizer: Optimizer<Rule>,
        maximum: Double,
        steps: Int,
        rising: Double = 0.3,
        annealing: Annealing = .cosine,
        momentum: (Double, Double)? = (0.85, 0.95),
        divisor: Double = 25,
        finalDivisor: Double = 1e4,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            steps > 0,
            "OneCycle: the cycle has \(steps) steps; it must have at least 1.",
            file: file,
            line: line
        )
        require(
            rising >= 0 && rising <= 1,
            "OneCycle: the rate rises for a share of \(rising) of the steps; it must be from 0 to 1.",
            file: file,
            line: line
        )
        require(
            divisor > 0 && finalDivisor > 0,
            "OneCycle: the divisors are \(divisor) and \(finalDivisor); they must be above 0.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        self.steps = steps
        self.rising = rising
        self.annealing = annealing
        rates = (maximum / divisor, maximum, maximum / divisor / finalDivisor)
        momenta = momentum.map { (base: $0.0, maximum: $0.1) }
        set()
    }

    /// Goes on to the next batch. After the last, rate and momentum stay as they are.
    ///
    /// - Precondition: there were fewer calls than the cycle has steps.
    public func step() {
        taken += 1
        require(
            taken <= steps,
            "OneCycle.step(): this is call \(taken), but the cycle of \(steps) steps is over. Give OneCycle the number "
                + "of all batches in all epochs, and step once for each batch."
        )
        if taken < steps { set() }
    }

    private func set() {
        let peak = rising * Double(steps) - 1
        let end = Double(steps - 1)
        let now = Double(taken)
        let isRising = now <= peak
        let share = isRising ? (peak > 0 ? now / peak : 1) : (now - peak) / (end - peak)
        let rate =
            isRising
            ? annealing(from: rates.initial, to: rates.maximum, at: share)
            : annealing(from: rates.maximum, to: rates.last, at: share)
        for group in optimizer.groups {
            group.rule.learningRate = rate
            guard let momenta else { continue }
            group.rule.momentum =
                isRising
                ? annealing(from: momenta.maximum, to: momenta.base, at: share)
                : annealing(from: momenta.base, to: momenta.maximum, at: share)
        }
    }

    /// The number of steps taken.
    public var trainingState: TrainingState? { TrainingState(["last_epoch": Double(taken)]) }

    /// Goes on after the steps of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        taken = try state.count("last_epoch")
    }
}
