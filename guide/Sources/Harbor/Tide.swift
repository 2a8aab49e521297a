/// A tide that rises and falls evenly, as at an open coast.
public struct Tide: Sendable {
    /// The height around which the water moves, in meters.
    public var mean: Double
    /// How far it moves to each side, in meters.
    public var range: Double

    /// Makes a tide.
    public init(mean: Double, range: Double) {
        self.mean = mean
        self.range = range
    }

    /// Returns the height of the water some hours after high water, in meters.
    public func height(after hours: Double) -> Double {
        mean + range * cosine(hours / 12.42)
    }
}

/// The cosine of a number of turns. It is not public, so lessons do not see it.
func cosine(_ turns: Double) -> Double {
    var turn = turns - turns.rounded(.down)
    if turn > 0.5 { turn = 1 - turn }
    let angle = 2 * Double.pi * turn
    var (term, sum) = (1.0, 1.0)
    for k in stride(from: 2.0, through: 20, by: 2) {
        term *= -angle * angle / (k * (k - 1))
        sum += term
    }
    return sum
}
