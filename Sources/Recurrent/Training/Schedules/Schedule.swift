/// A schedule, which changes an optimizer's learning rate as training goes on.
///
/// Each schedule changes the rate that it finds, as PyTorch's chainable schedulers do; so several can be used
/// together, and a rate set by hand is respected.
public protocol Schedule: AnyObject {
    /// Goes on to the next epoch, or to the next batch, whatever the schedule counts.
    func step()
}
