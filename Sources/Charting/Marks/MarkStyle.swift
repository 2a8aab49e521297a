/// The look of a mark, where no data say it.
public struct MarkStyle: Sendable, Hashable {
    /// The color, when it was set.
    public var color: ChartColor?
    /// The opacity from 0, invisible, to 1.
    public var opacity: Double?
    /// The width and the dashes of a line.
    public var line: LineStyle?
    /// The way in which points are joined.
    public var interpolation = InterpolationMethod.linear

    /// The attributes of a line in a color.
    package func stroke(_ color: String) -> [(String, String)] {
        var attributes = [
            ("fill", "none"), ("stroke", color), ("stroke-width", SVGNumber.text(line?.width ?? 2)),
            ("stroke-linejoin", "round"), ("stroke-linecap", "round"),
        ]
        if let dash = line?.dash {
            attributes.append(("stroke-dasharray", dash.map(SVGNumber.text).joined(separator: " ")))
        }
        if let opacity { attributes.append(("opacity", SVGNumber.text(opacity))) }
        return attributes
    }
}

/// A line's width and dashes.
public struct LineStyle: Sendable, Hashable {
    /// The width in the drawing's units, of which a chart is 480 wide.
    public var width: Double?
    /// The lengths of dashes and gaps in turn; a solid line has none.
    public var dash: [Double]?

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
