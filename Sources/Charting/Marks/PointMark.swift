/// A point at two values.
///
///     PointMark(x: .value("Time", t), y: .value("Value", x))
///         .foregroundStyle(by: .value("Kind", "Actual"))
public struct PointMark: Mark {
    /// The values and the style that the mark was given.
    public var channels: MarkChannels

    /// A point.
    public init(x: PlottableValue, y: PlottableValue) {
        channels = MarkChannels(x: x, y: y)
    }

    /// The kind of points.
    public static let kind = MarkKind(PointMark.self)

    /// Points of series, each read along both axes.
    public static var form: MarkForm { .scattered }

    /// The series's symbol.
    public static var swatch: Swatch { .symbol }

    /// Draws one group of symbols a series.
    @export(interface)
    public static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        plot.series(marks).compactMap { series in
            let symbol = plot.palette.symbol(series[0])
            let points = series.compactMap { mark in plot.visiblePoint(mark).map { (place: $0, mark: mark) } }
            guard !points.isEmpty else { return nil }
            let radius = points.count > 400 ? 2 : points.count > 100 ? 2.75 : 3.75
            // A rim in the page's color keeps points apart that lie on each other.
            var attributes = [
                ("fill", plot.color(series[0])), ("stroke", ChartTheme.css(ChartTheme.surface)),
                ("stroke-width", "0.75"),
            ]
            if let opacity = series[0].style.opacity {
                attributes.append(("opacity", SVGNumber.text(opacity)))
            }
            let shapes = points.map { point in
                symbol.element(at: point.place, radius: radius, attributes: hue(point.mark, in: plot))
            }
            return SVGElement("g", attributes, shapes)
        }
    }

    /// The attributes of a point that is colored by a number.
    private static func hue(_ mark: MarkChannels, in plot: PlotArea) -> [(String, String)] {
        guard mark.style.color == nil, let number = mark.color?.datum.number, let heat = plot.palette.heat
        else { return [] }
        guard number.isFinite else { return [("fill", "none"), ("stroke", ChartColor.muted.css)] }
        return heat.fill(number) + [("stroke", heat.fill(number)[0].1)]
    }
}

/// The shape of a point.
public enum PointSymbol: String, Sendable, CaseIterable {
    /// A disc.
    case circle
    /// A square that stands on a corner.
    case diamond
    /// A triangle that points up.
    case triangle
    /// A square.
    case square
    /// A cross of two slanted strokes.
    case cross
    /// A triangle that points down.
    case wedge

    /// The shapes in the order in which series get them.
    package static let all = allCases

    /// The shape around a point, with about the area of a disc of this radius.
    package func element(at center: Point, radius: Double, attributes: [(String, String)]) -> SVGElement {
        if self == .circle {
            let place = [("cx", center.x), ("cy", center.y), ("r", radius)]
            return SVGElement("circle", place.map { ($0, SVGNumber.text($1)) } + attributes)
        }
        let points = corners.map { Point(x: center.x + $0.0 * radius, y: center.y + $0.1 * radius) }
        let path = SVGPath(through: points, isClosed: true)
        return SVGElement("path", [("d", path.text)] + attributes)
    }

    private var corners: [(Double, Double)] {
        switch self {
        case .circle: []
        case .diamond: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
        case .triangle: [(0, -1.3), (1.25, 0.95), (-1.25, 0.95)]
        case .square: [(-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)]
        case .wedge: [(0, 1.3), (-1.25, -0.95), (1.25, -0.95)]
        case .cross:
            [
                (0, -0.5), (0.75, -1.25), (1.25, -0.75), (0.5, 0), (1.25, 0.75), (0.75, 1.25), (0, 0.5),
                (-0.75, 1.25), (-1.25, 0.75), (-0.5, 0), (-1.25, -0.75), (-0.75, -1.25),
            ]
        }
    }
}
