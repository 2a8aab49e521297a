/// How a mark looks, where no data say it.
public struct MarkStyle: Sendable, Hashable {
    /// The color, when it was set.
    package var color: ChartColor?
    /// From 0, invisible, to 1.
    package var opacity: Double?
    /// How a line is drawn.
    package var line: LineStyle?
    /// How points are joined.
    package var interpolation = InterpolationMethod.linear
}
