/// One place of an area: between zero and a value, or between two values.
///
///     for (epoch, loss) in losses.enumerated() {
///         AreaMark(x: .value("Epoch", epoch), yStart: .value("Least", loss.min), yEnd: .value("Greatest", loss.max))
///     }
///
/// Areas from zero of several series stand upon each other. A band between two values is drawn see-through, for the
/// line within it.
public struct AreaMark: Mark {
    /// The values and the style that the mark was given.
    public var channels: MarkChannels

    /// One place of an area from zero.
    ///
    /// - Parameter series: The area that the place belongs to, when its color does not say it.
    public init(x: PlottableValue, y: PlottableValue, series: PlottableValue? = nil) {
        channels = MarkChannels(x: x, y: y)
        channels.series = series
    }

    /// One place of an area between two values, such as a confidence band.
    ///
    /// - Parameter series: The area that the place belongs to, when its color does not say it.
    public init(
        x: PlottableValue,
        yStart: PlottableValue,
        yEnd: PlottableValue,
        series: PlottableValue? = nil
    ) {
        channels = MarkChannels(x: x, y: yStart, yEnd: yEnd)
        channels.series = series
    }

    /// The kind of areas' places.
    public static let kind = MarkKind(AreaMark.self)

    /// Points of series, joined in their order.
    public static var form: MarkForm { .joined }

    /// The axis on which an area stands: the horizontal one, unless it lies between two values.
    public static func stance(of mark: MarkChannels) -> Stance {
        mark.yEnd == nil ? .upright(fromZero: true) : .free
    }

    /// Stacks the areas at each place.
    @export(interface)
    public static func arranged(_ marks: [MarkChannels]) -> [MarkChannels] {
        var stacks = Stacks()
        let positions = Positions(marks.compactMap { $0.x })
        return marks.map { mark in
            var mark = mark
            mark.yReach = stacks.reach(mark.y, mark.yEnd, at: [positions.datum(mark.x)])
            return mark
        }
    }

    /// Draws one shape a series, in pieces where values are not finite.
    @export(interface)
    public static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        plot.series(marks).compactMap { series in
            let method = series[0].style.interpolation
            var path = SVGPath()
            for run in runs(series, in: plot) {
                let top = method.flattened(run.map { $0.0 })
                let bottom = method.flattened(run.map { $0.1 })
                let shape = clipped(top + bottom.reversed(), to: plot.frame)
                guard shape.count > 2 else { continue }
                path.append(shape, isClosed: true)
            }
            guard !path.isEmpty else { return nil }
            let opacity = series[0].style.opacity ?? (series[0].yEnd == nil ? 0.75 : 0.22)
            return SVGElement(
                "path",
                [("d", path.text), ("fill", plot.color(series[0])), ("opacity", SVGNumber.text(opacity))]
            )
        }
    }

    /// Upper and lower places, broken where there are none.
    private static func runs(_ series: [MarkChannels], in plot: PlotArea) -> [[(Point, Point)]] {
        var runs: [[(Point, Point)]] = [[]]
        for mark in series {
            if let x = mark.x.flatMap({ plot.x.position($0.datum) }), let reach = mark.yReach {
                let ends = [reach.end, reach.start].map {
                    plot.y.accepts($0) ? plot.y.position($0) : plot.y.start
                }
                runs[runs.count - 1].append((Point(x: x, y: ends[0]), Point(x: x, y: ends[1])))
            } else if !runs[runs.count - 1].isEmpty {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }
    }

    /// The part of a shape within a frame, edge by edge (Sutherland and Hodgman).
    private static func clipped(_ shape: [Point], to frame: Box) -> [Point] {
        let edges: [(Point) -> Double] = [
            { $0.x - frame.x }, { frame.right - $0.x }, { $0.y - frame.y }, { frame.bottom - $0.y },
        ]
        return edges.reduce(shape) { shape, inside in
            var kept: [Point] = []
            for (index, point) in shape.enumerated() {
                let previous = shape[index == 0 ? shape.count - 1 : index - 1]
                let (before, now) = (inside(previous), inside(point))
                if before < 0 && now > 0 || before > 0 && now < 0 {
                    let t = before / (before - now)
                    kept.append(
                        Point(
                            x: previous.x + t * (point.x - previous.x),
                            y: previous.y + t * (point.y - previous.y)
                        )
                    )
                }
                if now >= 0 { kept.append(point) }
            }
            return kept
        }
    }
}
