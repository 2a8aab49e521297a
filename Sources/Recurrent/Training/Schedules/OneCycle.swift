/// A schedule that moves the learning rate up to a maximum and down to almost nothing, in one cycle over all of training.
///
///     let schedule = OneCycle(optimizer, maximum: 0.1, epochs: 5, stepsPerEpoch: loader.batchCount)
///
/// Momentum goes the other way. Step after every batch, the last one included: that step changes nothing any more.
///
/// Source: L. Smith and N. Topin, "Super-convergence" (2017); PyTorch's `OneCycleLR` with two phases or three.
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

    /// A part of the way, up to a step.
    private struct Phase {
        let end: Double
        let rates: (from: Double, to: Double)
        let momenta: (from: Double, to: Double)
    }

    private let optimizer: Optimizer<Rule>
    private let steps: Int
    private let annealing: Annealing
    private let phases: [Phase]
    private let cyclesMomentum: Bool
    var taken = 0

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
    ///   - threePhases: Whether the rate falls to the first one as fast as it rose, and to the last one afterwards.
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
        threePhases: Bool = false,
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
        self.annealing = annealing
        let (initial, last) = (maximum / divisor, maximum / divisor / finalDivisor)
        let (low, high) = momentum ?? (0, 0)
        let (peak, end) = (rising * Double(steps) - 1, Double(steps - 1))
        let up = Phase(end: peak, rates: (initial, maximum), momenta: (high, low))
        phases =
            threePhases
            ? [
                up,
                Phase(end: 2 * rising * Double(steps) - 2, rates: (maximum, initial), momenta: (low, high)),
                Phase(end: end, rates: (initial, last), momenta: (high, high)),
            ] : [up, Phase(end: end, rates: (maximum, last), momenta: (low, high))]
        cyclesMomentum = momentum != nil
        optimizer.noteInitialRates()
        set()
    }

    /// Creates a schedule whose cycle has the steps of some epochs.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - maximum: The highest rate.
    ///   - epochs: The number of epochs.
    ///   - stepsPerEpoch: The number of steps in each: the loader's `batchCount`.
    ///   - rising: The share of the steps during which the rate rises.
    ///   - annealing: The shape of the way.
    ///   - momentum: The lowest and the highest momentum, or nil to leave it alone.
    ///   - divisor: The highest rate over the first.
    ///   - finalDivisor: The first rate over the last.
    ///   - threePhases: Whether the rate falls to the first one as fast as it rose, and to the last one afterwards.
    public convenience init(
        _ optimizer: Optimizer<Rule>,
        maximum: Double,
        epochs: Int,
        stepsPerEpoch: Int,
        rising: Double = 0.3,
        annealing: Annealing = .cosine,
        momentum: (Double, Double)? = (0.85, 0.95),
        divisor: Double = 25,
        finalDivisor: Double = 1e4,
        threePhases: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let (steps, overflow) = epochs.multipliedReportingOverflow(by: stepsPerEpoch)
        require(
            epochs > 0 && stepsPerEpoch > 0 && !overflow,
            "OneCycle: there are \(epochs) epochs of \(stepsPerEpoch) steps; both must be at least 1. Does the loader have "
                + "batches?",
            file: file,
            line: line
        )
        self.init(
            optimizer,
            maximum: maximum,
            steps: steps,
            rising: rising,
            annealing: annealing,
            momentum: momentum,
            divisor: divisor,
            finalDivisor: finalDivisor,
            threePhases: threePhases,
            file: file,
            line: line
        )
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

    /// Starts over, with the first rate.
    public func restart() {
        taken = 0
        set()
    }

    private func set() {
        let now = Double(taken)
        let index = phases.firstIndex { now <= $0.end } ?? phases.count - 1
        let (phase, start) = (phases[index], index == 0 ? 0 : phases[index - 1].end)
        // A rise of one step is over as it begins.
        let share = phase.end > start ? (now - start) / (phase.end - start) : 1
        let rate = annealing(from: phase.rates.from, to: phase.rates.to, at: share)
        for group in optimizer.groups { group.rule.learningRate = rate }
        guard cyclesMomentum else { return }
        optimizer.setMomentum(annealing(from: phase.momenta.from, to: phase.momenta.to, at: share))
    }

    /// The number of steps taken.
    public var trainingState: TrainingState? { TrainingState(["last_epoch": Double(taken)]) }

    /// Goes on after the steps of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        taken = try state.count("last_epoch")
    }
}
