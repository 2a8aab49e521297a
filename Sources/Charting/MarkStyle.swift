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

/// A line's width and dashes.
public struct LineStyle: Sendable, Hashable {
    /// The width in the drawing's units, of which a chart is 480 wide.
    package var width: Double?
    /// The lengths of dashes and gaps in turn; a solid line has none.
    package var dash: [Double]?

    /// A line's width and dashes; what is left out stays as the mark has it.
    public init(width: Double? = nil, dash: [Double]? = nil) {
        self.width = width
        self.dash = dash
    }

    /// A dashed line.
    public static let dashed = LineStyle(dash: [5, 4])
    /// A dotted line.
    public static let dotted = LineStyle(dash: [1.5, 3.5])
}
