/// A part of a plot, drawn larger: in a corner that is free of data, or below the plot when none is.
package struct Inset: Sendable {
    /// The part of a chart that an inset is asked to show.
    package struct Range: Sendable {
        package var x: ClosedRange<Double>
        package var y: ClosedRange<Double>?
        /// What draws it. A program without insets has none of their code, since a chart does not name it.
        package let drawn: @Sendable (Range, ChartScene, PlotArea, Double) -> Inset
    }

    /// The outline of the part on the plot, and the enlarged plot.
    package let elements: [SVGElement]
    /// The room needed below the plot, when no corner is free.
    package let heightBelow: Double

    /// - Parameters:
    ///   - scene: The whole chart.
    ///   - plot: The plot of the whole chart.
    ///   - below: The upper end of an inset below the plot.
    package init(_ range: Range, of scene: ChartScene, in plot: PlotArea, below: Double) {
        let zoomed = ChartScene(Inset.zoomed(scene.chart, to: range))
        let region = Inset.region(zoomed, in: plot)
        let frame = plot.frame
        let size = (width: (frame.width * 0.46).rounded(), height: (frame.height * 0.5).rounded())
        var occupancy = Occupancy(scene.layers, in: plot)
        occupancy.take(region)
        let corners = [frame.right - size.width, frame.x + 2].flatMap { x in
            [frame.y, frame.bottom - size.height - 2].map {
                Box(x: x, y: $0, width: size.width, height: size.height)
            }
        }
        if let free = corners.first(where: { occupancy.share(of: $0.grown(by: -1)) == 0 }) {
            elements =
                Inset.connectors(from: region, to: free) + Inset.outline(region)
                + Inset.card(zoomed, in: free)
            heightBelow = 0
        } else {
            let card = Box(
                x: frame.x,
                y: below + 6,
                width: frame.width,
                height: (frame.height * 0.7).rounded()
            )
            elements = Inset.outline(region) + Inset.card(zoomed, in: card)
            heightBelow = card.height + 10
        }
    }

    /// The chart with its axes on the range, and the vertical one on what is seen there.
    private static func zoomed(_ chart: Chart, to range: Range) -> Chart {
        var chart = chart
        chart.inset = nil
        chart.x.domain = range.x
        chart.x.title = ""
        chart.y.title = ""
        let seen = chart.content.layers.flatMap { $0.marks }.compactMap { mark -> Double? in
            guard let x = mark.x?.datum.number, range.x.contains(x), let y = mark.y?.datum.number, y.isFinite
            else {
                return nil
            }
            return y
        }
        let placed = chart.y.type == .log ? seen.filter { $0 > 0 } : seen
        if let low = placed.min(), let high = placed.max(), low < high {
            chart.y.domain =
                chart.y.type == .log
                ? low...high : AxisDomain.rounded(low, high, steps: 3)
        }
        if let y = range.y { chart.y.domain = y }
        return chart
    }

    private static func region(_ zoomed: ChartScene, in plot: PlotArea) -> Box {
        let xs = [zoomed.x.range.lowerBound, zoomed.x.range.upperBound].map { plot.x.clamped($0) }
        let ys = [zoomed.y.range.lowerBound, zoomed.y.range.upperBound].map { plot.y.clamped($0) }
        let size = (width: (xs[1] - xs[0]).magnitude, height: (ys[1] - ys[0]).magnitude)
        let box = Box(x: min(xs[0], xs[1]), y: min(ys[0], ys[1]), width: size.width, height: size.height)
            .grown(by: 3)
        let frame = plot.frame
        let (left, top) = (max(box.x, frame.x), max(box.y, frame.y))
        return Box(
            x: left,
            y: top,
            width: min(box.right, frame.right) - left,
            height: min(box.bottom, frame.bottom) - top
        )
    }

    private static func outline(_ region: Box) -> [SVGElement] {
        let look = [
            ("rx", "2"), ("fill", "none"), ("stroke", ChartColor.muted.css), ("stroke-dasharray", "3 3"),
        ]
        return [SVGElement("rect", region.attributes + look)]
    }

    /// Lines from the corners of the part to those of its enlargement that face it.
    private static func connectors(from region: Box, to card: Box) -> [SVGElement] {
        let corners = { (box: Box, x: ((Box) -> Double)?, y: ((Box) -> Double)?) in
            let xs = x.map { [$0(box)] } ?? [box.x, box.right]
            let ys = y.map { [$0(box)] } ?? [box.y, box.bottom]
            return xs.flatMap { x in ys.map { Point(x: x, y: $0) } }
        }
        let pairs =
            if card.bottom <= region.y {
                zip(corners(region, nil, { $0.y }), corners(card, nil, { $0.bottom }))
            } else if card.y >= region.bottom {
                zip(corners(region, nil, { $0.bottom }), corners(card, nil, { $0.y }))
            } else if card.right <= region.x {
                zip(corners(region, { $0.x }, nil), corners(card, { $0.right }, nil))
            } else {
                zip(corners(region, { $0.right }, nil), corners(card, { $0.x }, nil))
            }
        var path = SVGPath()
        for (start, end) in pairs { path.append([start, end]) }
        return [SVGElement("path", [("d", path.text), ("stroke", ChartTheme.css(ChartTheme.axis))])]
    }

    /// The enlarged plot on a card in the page's color.
    private static func card(_ zoomed: ChartScene, in card: Box) -> [SVGElement] {
        let vertical = VerticalAxis(zoomed.y, height: card.height - 42)
        let left = vertical.width + 6
        let width = card.width - left - 14
        let horizontal = HorizontalAxis(zoomed.x, width: width)
        let frame = Box(x: card.x + left, y: card.y + 10, width: width, height: card.height - 38)
        let panel = Panel(
            zoomed,
            zoomed.facets[0].layers,
            in: frame,
            vertical: vertical,
            horizontal: horizontal,
            isAnnotated: false
        )
        let look = [
            ("rx", "4"), ("fill", ChartColor.surface.css), ("stroke", ChartTheme.css(ChartTheme.axis)),
            ("stroke-dasharray", "3 3"),
        ]
        return [SVGElement("rect", card.attributes + look)] + panel.elements
    }
}
