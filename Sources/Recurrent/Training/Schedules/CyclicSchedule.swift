/// A schedule that moves the learning rate up and down between two bounds, step after step.
///
/// Momentum goes the other way. Step after every batch.
///
/// Source: L. Smith, "Cyclical learning rates for training neural networks" (2017); PyTorch's `CyclicLR`.
public final class CyclicSchedule<Rule: UpdateRule>: Schedule {
    /// The height of the cycles.
    public enum Mode: Sendable {
        /// All are of one height.
        case triangular
        /// Each is half as high as the one before; PyTorch's `triangular2`.
        case halved
        /// The height is multiplied by a factor at every step; PyTorch's `exp_range`.
        case exponential(Double)
    }

    private let optimizer: Optimizer<Rule>
    private let rates: (lowest: Double, highest: Double)
    private let momenta: (lowest: Double, highest: Double)?
    private let rising: Double
    private let falling: Double
    private let mode: Mode
    var steps = 0

    /// Creates a schedule, and sets the rates of all groups to the lowest and momentum to the highest at once.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - lowest: The lowest rate.
    ///   - highest: The highest rate.
    ///   - rising: The number of steps up; at least 1.
    ///   - falling: The number of steps down; by default as many.
    ///   - mode: The height of the cycles.
    ///   - momentum: The lowest and the highest momentum, or nil to leave it alone.
    public init(
        _ optimizer: Optimizer<Rule>,
        from lowest: Double,
        to highest: Double,
        rising: Int = 2000,
        falling: Int? = nil,
        mode: Mode = .triangular,
        momentum: (Double, Double)? = (0.8, 0.9),
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            rising > 0 && falling ?? 1 > 0,
            "CyclicSchedule: the rate rises for \(rising) steps and falls for \(falling ?? rising); both must be at least 1.",
            file: file,
            line: line
        )
        self.optimizer = optimizer
        rates = (lowest, highest)
        momenta = momentum.map { (lowest: $0.0, highest: $0.1) }
        self.rising = Double(rising)
        self.falling = Double(falling ?? rising)
        self.mode = mode
        optimizer.noteInitialRates()
        set()
    }

    /// Goes on to the next batch.
    public func step() {
        steps += 1
        set()
    }

    /// Starts over, at the lowest rate.
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
        let length = rising + falling
        let cycle = (1 + Double(steps) / length).rounded(.down)
        let place = 1 + Double(steps) / length - cycle
        let peak = rising / length
        let share = place <= peak ? place / peak : (place - 1) / (peak - 1)
        let height: Double =
            switch mode {
            case .triangular: 1
            case .halved: 1 / Double.power(2, cycle - 1)
            case .exponential(let factor): Double.power(factor, Double(steps))
            }
        let rate = rates.lowest + (rates.highest - rates.lowest) * share * height
        for group in optimizer.groups { group.rule.learningRate = rate }
        guard let momenta else { return }
        optimizer.setMomentum(momenta.highest - (momenta.highest - momenta.lowest) * share * height)
    }
}
