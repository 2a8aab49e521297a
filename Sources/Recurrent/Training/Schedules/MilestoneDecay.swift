/// A schedule that multiplies the learning rate by a factor at given epochs.
///
///     let schedule = MilestoneDecay(optimizer, at: [30, 80], factor: 0.1)
///
/// Source: PyTorch's `MultiStepLR`.
public final class MilestoneDecay<Rule: UpdateRule>: Schedule {
    private let optimizer: Optimizer<Rule>
    private let milestones: [Int]
    private let factor: Double
    var steps = 0

    /// Creates a schedule that multiplies the rates of all groups by `factor` after each number of steps in `milestones`.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose learning rate changes.
    ///   - milestones: The numbers of steps, in any order; one that is listed twice multiplies twice.
    ///   - factor: The factor.
    public init(
        _ optimizer: Optimizer<Rule>,
        at milestones: [Int],
        factor: Double = 0.1,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        for milestone in milestones {
            require(
                milestone >= 0,
                "MilestoneDecay: the milestone \(milestone) is never reached; milestones are numbers of steps, from 0.",
                file: file,
                line: line
            )
        }
        self.optimizer = optimizer
        self.milestones = milestones
        self.factor = factor
        optimizer.noteInitialRates()
        decay()
    }

    /// Goes on to the next epoch.
    public func step() {
        steps += 1
        decay()
    }

    /// Starts over, with the initial rates.
    public func restart() {
        steps = 0
        optimizer.setRates()
        decay()
    }

    /// The number of steps.
    public var trainingState: TrainingState? { TrainingState(["last_epoch": Double(steps)]) }

    /// Goes on after the steps of another schedule.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        steps = try state.count("last_epoch")
    }

    private func decay() {
        let count = milestones.count { $0 == steps }
        guard count > 0 else { return }
        for group in optimizer.groups { group.rule.learningRate *= Double.power(factor, Double(count)) }
    }
}
