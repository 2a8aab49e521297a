/// The axis at the left of a plot: its title above, its labels beside it, lines of the grid across.
package struct VerticalAxis: Sendable {
    private static let gap = 8.0
    private static let widest = 150.0

    private let ticks: Ticks
    private let title: String?
    private let labels: [String]

    package init(_ domain: AxisDomain, height: Double) {
        let scale = domain.scale(from: height, to: 0)
        var ticks =
            domain.isEmpty ? Ticks(values: [], labels: []) : Ticks(scale, count: max(2, Int(height / 45)))
        if let band = scale.band, band < Typography.line {
            ticks = ticks.thinned(every: Int((Typography.line / band).rounded(.up)))
        }
        self.ticks = ticks
        title = VerticalAxis.title(domain.hasManyTitles ? nil : domain.title, note: ticks.note)
        labels = ticks.labels.map {
            TextFitting.truncated($0, to: VerticalAxis.widest / Typography.roomy)
        }
    }

    /// A title with what the labels leave out.
    package static func title(_ title: String?, note: String?) -> String? {
        let words = [title.flatMap { $0.isEmpty ? nil : $0 }, note.map { "(\($0))" }].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The room for the labels, left of the plot.
    package var width: Double {
        (labels.map { TextLabel.width($0) }.max() ?? 0) + VerticalAxis.gap
    }

    /// The room for the title, above the plot.
    package var titleHeight: Double { title == nil ? 8 : 26 }

    /// The lines of the grid, which marks are drawn upon.
    package func grid(in plot: PlotArea) -> [SVGElement] {
        guard plot.y.band == nil else { return [] }
        return Grid.horizontal(ticks.values.map { plot.y.position($0) }, in: plot.frame)
    }

    /// The labels and the title.
    package func elements(in plot: PlotArea) -> [SVGElement] {
        var elements = zip(ticks.values, labels).map { value, label in
            let place = Point(x: plot.frame.x - VerticalAxis.gap, y: plot.y.position(value))
            var text = TextLabel(label, at: place, anchor: .end)
            text.color = ChartTheme.css(ChartTheme.muted)
            return text.element
        }
        if let title {
            let fitting = TextFitting.truncated(title, to: (plot.frame.right - 2) / Typography.roomy)
            var text = TextLabel(fitting, at: Point(x: 2, y: plot.frame.y - 17))
            text.color = ChartTheme.css(ChartTheme.muted)
            elements.append(text.element)
        }
        return elements
    }
}

/// Hairlines behind the marks.
package enum Grid {
    /// Lines from side to side.
    package static func horizontal(_ places: [Double], in frame: Box) -> [SVGElement] {
        var path = SVGPath()
        for y in places {
            path.move(to: Point(x: frame.x, y: y))
            path.line(to: Point(x: frame.right, y: y))
        }
        return lines(path, ChartTheme.grid)
    }

    /// Lines from top to bottom.
    package static func vertical(
        _ places: [Double],
        from top: Double,
        to bottom: Double,
        _ color: ChartTheme.Entry
    )
        -> [SVGElement]
    {
        var path = SVGPath()
        for x in places {
            path.move(to: Point(x: x, y: top))
            path.line(to: Point(x: x, y: bottom))
        }
        return lines(path, color)
    }

    /// The edges of a frame.
    package static func outline(_ frame: Box) -> SVGElement {
        let sides = [("x", frame.x), ("y", frame.y), ("width", frame.width), ("height", frame.height)]
        return SVGElement(
            "rect",
            sides.map { ($0, SVGNumber.text($1)) } + [
                ("fill", "none"), ("stroke", ChartTheme.css(ChartTheme.grid)),
            ]
        )
    }

    private static func lines(_ path: SVGPath, _ color: ChartTheme.Entry) -> [SVGElement] {
        path.isEmpty
            ? []
            : [SVGElement("path", [("d", path.text), ("fill", "none"), ("stroke", ChartTheme.css(color))])]
    }
}
