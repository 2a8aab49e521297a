/// A schedule, which changes an optimizer's learning rate as training goes on.
///
/// Each schedule changes the rate that it finds, as PyTorch's chainable schedulers do; so several can be used
/// together, and a rate set by hand is respected.
///
/// A schedule that counts says so in `trainingState` and `restore(_:)`, so that a `Checkpoint` can keep it; the rate itself
/// is the optimizer's.
public protocol Schedule: AnyObject, Resumable {
    /// Goes on to the next epoch, or to the next batch, whatever the schedule counts.
    func step()
}

extension Schedule {
    /// Its name in a checkpoint.
    public var trainingRole: String { "schedule" }
}
