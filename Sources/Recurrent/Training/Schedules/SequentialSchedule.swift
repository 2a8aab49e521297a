/// A schedule that uses several schedules one after the other.
///
/// A warm-up over ten epochs, then a way down over ninety:
///
///     let schedule = SequentialSchedule(
///         [LinearWarmUp(optimizer, from: 0.01, over: 10), CosineAnnealing(optimizer, over: 90)],
///         at: [10]
///     )
///
/// Each schedule starts from the rates that the optimizer had before any schedule.
///
/// Source: PyTorch's `SequentialLR`.
public final class SequentialSchedule: Schedule {
    private let schedules: [any Schedule]
    private let milestones: [Int]
    var steps = 0

    /// Joins schedules of one optimizer, and sets its rates to the first values of the first schedule at once.
    ///
    /// - Parameters:
    ///   - schedules: The schedules in their order; at least one.
    ///   - milestones: The numbers of steps, growing, after which the second schedule begins, the third, and so on.
    public init(
        _ schedules: [any Schedule],
        at milestones: [Int],
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            !schedules.isEmpty && milestones.count == schedules.count - 1,
            "SequentialSchedule: there are \(schedules.count) schedules and \(milestones.count) milestones; each schedule "
                + "but the first needs the number of steps after which it begins.",
            file: file,
            line: line
        )
        require(
            zip([0] + milestones, milestones).allSatisfy { $0 < $1 },
            "SequentialSchedule: the milestones are \(milestones); they must grow, from at least 1.",
            file: file,
            line: line
        )
        self.schedules = schedules
        self.milestones = milestones
        schedules[0].restart()
    }

    /// Goes on to the next epoch, with the schedule whose turn it is.
    public func step() { goOn { $0.step() } }

    /// Goes on to the next epoch, with a metric for the schedule whose turn it is.
    public func step(_ metric: Double) { goOn { $0.step(metric) } }

    /// Starts over, with the first schedule.
    public func restart() {
        steps = 0
        schedules[0].restart()
    }

    /// The number of steps, and the state of each schedule; nil where one of them has none.
    public var trainingState: TrainingState? {
        var state = TrainingState(["last_epoch": Double(steps)])
        for (index, schedule) in schedules.enumerated() {
            guard let inner = schedule.trainingState else { return nil }
            state.add("_schedulers.\(index).", inner)
        }
        return state
    }

    /// Goes on after the steps of another sequence of such schedules.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        steps = try state.count("last_epoch")
        for (index, schedule) in schedules.enumerated() {
            try schedule.restore(state.part("_schedulers.\(index)."))
        }
    }

    private func goOn(_ advance: (any Schedule) -> Void) {
        steps += 1
        let current = milestones.count { $0 <= steps }
        if milestones.contains(steps) {
            schedules[current].restart()
        } else {
            advance(schedules[current])
        }
    }
}
