/// A place on the way along a direction, and what the loss is there.
struct LossPoint {
    /// How far it is, as a share of the direction.
    var step: Double
    var loss: Double
    var gradient: [Double]
    /// The derivative of the loss along the direction.
    var slope = 0.0

    /// The largest magnitude in the gradient.
    var size: Double { Norm.maximum(gradient) }
}

/// A search along a direction for a place where the loss has fallen by a share of what the slope promised, and where the
/// slope is flatter: the strong Wolfe conditions, with c₁ = 10⁻⁴ and c₂ = 0.9.
///
/// It steps forward until two places are known between which there is such a place, and then makes the distance between
/// them smaller. Each new place is the minimum of the cubic through both.
///
/// Source: J. Nocedal and S. Wright, "Numerical Optimization" (2006), algorithms 3.5 and 3.6; the search of PyTorch's
/// `LBFGS`, which makes the same steps.
struct WolfeSearch {
    private let start: LossPoint
    private let reach: Double
    private let tolerance: Double
    private let limit: Int
    private var rounds = 0

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - start: The place to start from.
    ///   - reach: The largest magnitude in the direction.
    ///   - tolerance: The change of a parameter below which places are not told apart.
    ///   - limit: The number of rounds after which the search is given up.
    init(from start: LossPoint, reach: Double, tolerance: Double, limit: Int) {
        self.start = start
        self.reach = reach
        self.tolerance = tolerance
        self.limit = limit
    }

    /// Returns the place where the search ends.
    ///
    /// - Parameters:
    ///   - step: The first step to try.
    ///   - evaluate: The place at a step.
    mutating func run(first step: Double, _ evaluate: (Double) -> LossPoint) -> LossPoint {
        var point = evaluate(step)
        var previous = start
        while rounds < limit {
            if isTooHigh(point) || (rounds > 1 && point.loss >= previous.loss) {
                return narrow(previous, point, evaluate)
            }
            if isFlat(point) { return point }
            if point.slope >= 0 { return narrow(previous, point, evaluate) }
            let range = (point.step + 0.01 * (point.step - previous.step), point.step * 10)
            let next = cubicMinimum(previous, point, in: range)
            previous = point
            point = evaluate(next)
            rounds += 1
        }
        return start.loss <= point.loss ? start : point
    }

    /// Returns the best place between two.
    private mutating func narrow(
        _ first: LossPoint,
        _ second: LossPoint,
        _ evaluate: (Double) -> LossPoint
    ) -> LossPoint {
        var (low, high) = first.loss <= second.loss ? (first, second) : (second, first)
        // Of two places with one loss the first is the lower.
        var isLowFirst = first.loss <= second.loss
        var isStuck = false
        while rounds < limit && !((high.step - low.step).magnitude * reach < tolerance) {
            let range = (min(low.step, high.step), max(low.step, high.step))
            var step = cubicMinimum(low, high, in: range)
            isStuck = keepAway(from: range, &step, wasStuck: isStuck)
            let point = evaluate(step)
            rounds += 1
            if isTooHigh(point) || point.loss >= low.loss {
                high = point
                if high.loss < low.loss || (high.loss == low.loss && !isLowFirst) {
                    swap(&low, &high)
                    isLowFirst.toggle()
                }
            } else if isFlat(point) {
                return point
            } else {
                if point.slope * (high.step - low.step) >= 0 { high = low }
                low = point
            }
        }
        return low
    }

    /// Moves a step away from the ends of a range, if it comes close to one twice in a row, or leaves it. Returns whether
    /// it came close and was let.
    private func keepAway(from range: (Double, Double), _ step: inout Double, wasStuck: Bool) -> Bool {
        let (least, most) = range
        let margin = 0.1 * (most - least)
        guard min(most - step, step - least) < margin else { return false }
        guard wasStuck || step >= most || step <= least else { return true }
        step = (step - most).magnitude < (step - least).magnitude ? most - margin : least + margin
        return false
    }

    private func isTooHigh(_ point: LossPoint) -> Bool {
        point.loss > start.loss + 1e-4 * point.step * start.slope
    }

    private func isFlat(_ point: LossPoint) -> Bool { point.slope.magnitude <= -0.9 * start.slope }

    /// The step at the minimum of the cubic that has the losses and slopes of two places, within a range; the middle of
    /// the range if it has none.
    private func cubicMinimum(_ a: LossPoint, _ b: LossPoint, in range: (Double, Double)) -> Double {
        let (least, most) = range
        let d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.step - b.step)
        let square = d1 * d1 - a.slope * b.slope
        guard square >= 0 else { return (least + most) / 2 }
        let d2 = square.squareRoot()
        let (near, far) = a.step <= b.step ? (a, b) : (b, a)
        let share = (far.slope + d2 - d1) / (far.slope - near.slope + 2 * d2)
        return min(max(far.step - (far.step - near.step) * share, least), most)
    }
}
