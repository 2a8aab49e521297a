/// One point of a line: the points of a series are joined in the order in which they are given.
///
///     for (epoch, loss) in losses.enumerated() {
///         LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
///     }
///
/// A value that is not finite breaks the line. A line that turns back where a loop starts anew is broken there.
public struct LineMark: Mark {
    /// The values and the style that the mark was given.
    public var channels: MarkChannels

    /// One point of a line.
    ///
    /// - Parameter series: The line that the point belongs to, when neither color nor symbol says it.
    public init(x: PlottableValue, y: PlottableValue, series: PlottableValue? = nil) {
        channels = MarkChannels(x: x, y: y)
        channels.series = series
    }

    /// The kind of lines' points.
    public static let kind = MarkKind(LineMark.self)

    /// Points of series, joined in their order.
    public static var form: MarkForm { .joined }

    /// A piece of a line.
    public static var swatch: Swatch { .line }

    /// Draws one path a series, and a dot where a point stands alone.
    @export(interface)
    public static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        plot.series(marks).flatMap { series -> [SVGElement] in
            let color = plot.color(series[0])
            let runs = LinePath.runs(series, in: plot)
            var path = SVGPath()
            for run in runs where run.count > 1 {
                LinePath.append(run, series[0].style.interpolation, in: plot.frame, to: &path)
            }
            let line = SVGElement("path", [("d", path.text)] + series[0].style.stroke(color))
            let dots = runs.filter { $0.count == 1 && plot.frame.contains($0[0]) }.map {
                PointSymbol.circle.element(at: $0[0], radius: 2.5, attributes: [("fill", color)])
            }
            return (path.isEmpty ? [] : [line]) + dots
        }
    }

    /// Writes the texts of the points beside them.
    @export(interface)
    public static func annotate(_ marks: [MarkChannels], in annotations: inout Annotations) {
        annotations.addBesidePoints(of: marks)
    }
}
