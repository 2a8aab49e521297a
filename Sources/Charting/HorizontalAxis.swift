/// The axis below a plot: ticks, labels, and the title under them.
package struct HorizontalAxis: Sendable {
    private let ticks: Ticks
    private var title: String?
    private var isBare = false

    package init(_ domain: AxisDomain, width: Double) {
        let scale = domain.scale(from: 0, to: width)
        if domain.isEmpty {
            ticks = Ticks(values: [], labels: [])
        } else if case .category(let names) = scale.kind {
            ticks = HorizontalAxis.categories(names, band: scale.band!)
        } else {
            ticks = HorizontalAxis.fitting(scale, width: width)
        }
        title = VerticalAxis.title(domain.title, note: ticks.note)
    }

    /// The most ticks whose labels keep apart.
    private static func fitting(_ scale: Scale, width: Double) -> Ticks {
        var count = max(2, Int(width / (width < 200 ? 40 : 46)))
        while count > 1 {
            let ticks = Ticks(scale, count: count)
            let places = ticks.values.map { scale.position($0) }
            let halves = ticks.labels.map { TextLabel.width($0) / 2 }
            let gaps = zip(places, places.dropFirst()).map { ($1 - $0).magnitude }
            let needs = zip(halves, halves.dropFirst()).map { $0 + $1 + 12 }
            if zip(gaps, needs).allSatisfy({ $0 >= $1 }) { return ticks }
            count -= 1
        }
        return Ticks(scale, count: 1)
    }

    /// Names that fit their bands, or every so many of them.
    private static func categories(_ names: [String], band: Double) -> Ticks {
        let all = Ticks(values: names.indices.map(Double.init), labels: names)
        let widest = names.map { TextLabel.width($0) }.max() ?? 0
        let room = max(band, min(widest + 10, 120))
        let every = max(1, Int((room / band - 1e-9).rounded(.up)))
        let fitting = names.map {
            TextFitting.truncated($0, to: (band * Double(every) - 8) / Typography.roomy)
        }
        return Ticks(values: all.values, labels: fitting).thinned(every: every)
    }

    /// The axis with or without its title.
    package func titled(_ isTitled: Bool) -> HorizontalAxis {
        var axis = self
        if !isTitled { axis.title = nil }
        return axis
    }

    /// The axis without words.
    package var bare: HorizontalAxis {
        var axis = self
        axis.title = nil
        axis.isBare = true
        return axis
    }

    /// The room below the plot.
    package var height: Double { 31 + (title == nil ? 0 : Typography.line + 2) }

    /// How far the first and the last label reach beyond the plot's sides.
    package func overhang(_ domain: AxisDomain, width: Double) -> (left: Double, right: Double) {
        let scale = domain.scale(from: 0, to: width)
        let spans = zip(ticks.values, ticks.labels).map { value, label in
            (place: scale.position(value), half: TextLabel.width(label) / 2)
        }
        return (
            spans.map { $0.half - $0.place }.max() ?? 0, spans.map { $0.place + $0.half - width }.max() ?? 0
        )
    }

    /// The base line, ticks, labels and title.
    package func elements(in plot: PlotArea) -> [SVGElement] {
        let frame = plot.frame
        let places = ticks.values.map { plot.x.position($0) }
        var elements =
            plot.x.band == nil
            ? Grid.vertical(places, from: frame.bottom, to: frame.bottom + 5, ChartTheme.axis) : []
        if isBare { return elements }
        elements += zip(places, ticks.labels).map { place, label in
            muted(TextLabel(label, at: Point(x: place, y: frame.bottom + 19), anchor: .middle))
        }
        return elements + titleElements(under: frame)
    }

    /// The title under one plot, or under several side by side.
    package func titleElements(under frame: Box) -> [SVGElement] {
        guard let title else { return [] }
        let fitting = TextFitting.truncated(title, to: frame.width / Typography.roomy)
        let place = Point(x: frame.center.x, y: frame.bottom + 19 + Typography.line + 2)
        return [muted(TextLabel(fitting, at: place, anchor: .middle))]
    }

    /// The lines of the grid, which marks are drawn upon.
    package func grid(in plot: PlotArea) -> [SVGElement] {
        guard plot.x.band == nil else { return [] }
        let places = ticks.values.map { plot.x.position($0) }
        return Grid.vertical(places, from: plot.frame.y, to: plot.frame.bottom, ChartTheme.grid)
    }

    private func muted(_ label: TextLabel) -> SVGElement {
        var label = label
        label.color = ChartTheme.css(ChartTheme.muted)
        return label.element
    }
}
