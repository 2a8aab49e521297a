/// A schedule, which changes an optimizer's learning rate as training goes on.
///
/// A training loop can hold any of them, and hand its validation loss to all, whether they look at it or not:
///
///     let schedule: any Schedule = ReduceLROnPlateau(optimizer, factor: 0.5)
///     for epoch in 0..<epochs {
///         …
///         schedule.step(validationLoss)
///     }
///
/// Most schedules change the rate that they find, as PyTorch's chainable schedulers do; so several can be used
/// together, and a rate set by hand is respected. `SequentialSchedule` uses one after the other.
///
/// A schedule of one's own needs `step()` only; in a sequence, it begins where the one before left the rates. If it counts, it
/// says so in `trainingState` and `restore(_:)`, so that a `Checkpoint` can keep it; the rate itself is the optimizer's.
public protocol Schedule: AnyObject, Resumable {
    /// Goes on to the next epoch, or to the next batch, whatever the schedule counts.
    func step()

    /// Goes on likewise, with a metric of the epoch, such as the validation loss. Only `ReduceLROnPlateau` looks at it.
    func step(_ metric: Double)

    /// Starts over: counts and rates are as they were right after the schedule was made.
    func restart()
}

extension Schedule {
    /// The default: the metric is not looked at.
    public func step(_ metric: Double) { step() }

    /// Goes on to the next epoch, with a metric.
    public func step(_ metric: Float) { step(Double(metric)) }

    /// The default: everything stays as it is.
    public func restart() {}

    /// Its name in a checkpoint.
    public var trainingRole: String { "schedule" }
}

extension Optimizer {
    /// Notes the rates of all groups, unless a schedule did so before: those are what schedules start from.
    func noteInitialRates() {
        for group in groups where group.initialRate == nil { group.initialRate = group.rule.learningRate }
    }

    /// Sets the rates of all groups to a share of those that they had before any schedule.
    func setRates(toInitialTimes factor: Double = 1) {
        for group in groups {
            group.rule.learningRate = (group.initialRate ?? group.rule.learningRate) * factor
        }
    }

    /// Sets the momentum of all groups.
    func setMomentum(_ momentum: Double) {
        for group in groups { group.rule.momentum = momentum }
    }
}
