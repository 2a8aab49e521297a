/// A line across the whole plot, or between two values: a threshold, a moment.
///
///     RuleMark(y: .value("Loss of guessing", log(27.0)))
///
/// The label of the value is written beside a rule that crosses the plot.
public struct RuleMark: Mark {
    /// The values and the style that the mark was given.
    public var channels: MarkChannels

    /// A level line across the plot.
    public init(y: PlottableValue) {
        channels = MarkChannels(y: y)
    }

    /// An upright line across the plot.
    public init(x: PlottableValue) {
        channels = MarkChannels(x: x)
    }

    /// An upright line between two values, such as an error bar.
    public init(x: PlottableValue, yStart: PlottableValue, yEnd: PlottableValue) {
        channels = MarkChannels(x: x, y: yStart, yEnd: yEnd)
    }

    /// A level line between two values.
    public init(xStart: PlottableValue, xEnd: PlottableValue, y: PlottableValue) {
        channels = MarkChannels(x: xStart, xEnd: xEnd, y: y)
    }

    /// The kind of rules.
    public static let kind = MarkKind(RuleMark.self)

    /// A piece of a line.
    public static var swatch: Swatch { .line }

    /// Draws the rules.
    @export(interface)
    public static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        marks.compactMap { mark in
            guard let (start, end) = ends(mark, in: plot) else { return nil }
            var path = SVGPath(through: [start, end])
            for (tip, isInside) in zip([start, end], [isEnd(mark.y, in: plot), isEnd(mark.yEnd, in: plot)])
            where isInside && mark.yEnd != nil && mark.x != nil {
                let (left, right) = (max(tip.x - cap, plot.frame.x), min(tip.x + cap, plot.frame.right))
                path.append([Point(x: left, y: tip.y), Point(x: right, y: tip.y)])
            }
            var style = mark.style
            let crosses = mark.x == nil || mark.y == nil
            style.line = LineStyle(
                width: style.line?.width ?? 1.5,
                dash: style.line?.dash ?? (crosses ? LineStyle.dashed.dash : nil)
            )
            return SVGElement(
                "path",
                [("d", path.text)] + style.stroke(color(mark, in: plot))
            )
        }
    }

    /// Half the width of the lines that close an error bar.
    private static let cap = 4.0

    /// Whether an error bar ends within the plot and not at its edge.
    private static func isEnd(_ value: PlottableValue?, in plot: PlotArea) -> Bool {
        guard let place = value.flatMap({ plot.y.position($0.datum) }) else { return false }
        return place >= plot.frame.y - 0.01 && place <= plot.frame.bottom + 0.01
    }

    /// A rule that crosses the plot stands back unless it has a color.
    private static func color(_ mark: MarkChannels, in plot: PlotArea) -> String {
        let isPlain = mark.color == nil && mark.style.color == nil
        return isPlain && (mark.x == nil || mark.y == nil) ? ChartColor.muted.css : plot.color(mark)
    }

    /// The lines of the rules.
    @export(interface)
    public static func coverage(of marks: [MarkChannels], in plot: PlotArea) -> [Coverage] {
        marks.compactMap { mark in ends(mark, in: plot).map { .line([$0.0, $0.1]) } }
    }

    /// The ends of a rule, or nothing when it lies outside the plot.
    private static func ends(_ mark: MarkChannels, in plot: PlotArea) -> (Point, Point)? {
        let frame = plot.frame
        guard let (left, right) = ends(mark.x, mark.xEnd, on: plot.x, frame.x, frame.right),
            let (top, bottom) = ends(mark.y, mark.yEnd, on: plot.y, frame.y, frame.bottom)
        else { return nil }
        return (Point(x: left, y: top), Point(x: right, y: bottom))
    }

    private static func ends(
        _ start: PlottableValue?,
        _ end: PlottableValue?,
        on scale: Scale,
        _ low: Double,
        _ high: Double
    ) -> (Double, Double)? {
        guard let start else { return (low, high) }
        guard let from = scale.position(start.datum), let to = end.map({ scale.position($0.datum) }) ?? from,
            max(from, to) >= low - 0.01, min(from, to) <= high + 0.01
        else { return nil }
        return (min(max(from, low), high), min(max(to, low), high))
    }

    /// Writes the words of rules beside them, at an end where nothing is; at the clearest end if something is everywhere.
    @export(interface)
    public static func annotate(_ marks: [MarkChannels], in annotations: inout Annotations) {
        let plot = annotations.plot
        for mark in marks {
            guard let text = words(mark), let (start, end) = ends(mark, in: plot) else { continue }
            let room = start.y == end.y ? plot.frame.width - 6 : plot.frame.width * 0.8
            _ = annotations.add(
                TextFitting.truncated(text, to: room / (Typography.roomy * Typography.small)),
                at: places(start, end, in: plot.frame),
                color: mark.style.color?.css ?? ChartColor.muted.css,
                isOptional: false
            )
        }
    }

    /// The places for the words of a rule, above and below a level one, on both sides of an upright one.
    private static func places(_ start: Point, _ end: Point, in frame: Box) -> [(Point, TextLabel.Anchor)] {
        if start.y == end.y {
            return [-11.0, 12].flatMap { side -> [(Point, TextLabel.Anchor)] in
                [
                    (Point(x: end.x - 3, y: end.y + side), .end),
                    (Point(x: start.x + 3, y: start.y + side), .start),
                    (Point(x: (start.x + end.x) / 2, y: start.y + side), .middle),
                ]
            }
        }
        return [frame.y + 10, frame.bottom - 10, frame.center.y].flatMap { y -> [(Point, TextLabel.Anchor)] in
            [(Point(x: start.x + 6, y: y), .start), (Point(x: start.x - 6, y: y), .end)]
        }
    }

    /// The first rules that cross the plot, with their values: "Loss of guessing at 3.3."
    @export(interface)
    public static func sentences(about marks: [MarkChannels]) -> [String] {
        marks.prefix(4).compactMap { mark in
            guard mark.x == nil || mark.y == nil, let value = mark.x ?? mark.y else { return nil }
            return "\(words(mark) ?? value.label) at \(value.datum.shortText)."
        }
    }

    /// The text beside a rule that crosses the plot: that of its annotation, or else its label.
    private static func words(_ mark: MarkChannels) -> String? {
        if let text = mark.text { return text.isEmpty ? nil : text }
        guard mark.x == nil || mark.y == nil else { return nil }
        return (mark.x ?? mark.y)?.label
    }
}
