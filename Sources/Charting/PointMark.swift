/// A point at two values.
///
///     PointMark(x: .value("Time", t), y: .value("Value", x))
///         .foregroundStyle(by: .value("Kind", "Actual"))
public struct PointMark: Mark {
    /// What the mark was given.
    public var channels: MarkChannels

    /// A point.
    public init(x: PlottableValue, y: PlottableValue) {
        channels = MarkChannels(x: x, y: y)
    }

    /// Points with different labels are different series.
    public static var isSeries: Bool { true }

    /// The series's symbol.
    public static var swatch: Swatch { .symbol }

    /// Draws one group of symbols a series.
    public static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        plot.series(marks).compactMap { series in
            let symbol = plot.palette.symbol(series[0])
            let points = series.compactMap { plot.visiblePoint($0) }
            guard !points.isEmpty else { return nil }
            let radius = points.count > 400 ? 2 : points.count > 100 ? 2.75 : 3.75
            var attributes = [("fill", plot.color(series[0]))]
            if let opacity = series[0].style.opacity {
                attributes.append(("opacity", SVGNumber.text(opacity)))
            }
            return SVGElement(
                "g",
                attributes,
                points.map { symbol.element(at: $0, radius: radius, attributes: []) }
            )
        }
    }
}
