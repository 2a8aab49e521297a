/// The axis below a plot: ticks, labels, and the title under them.
package struct HorizontalAxis: Sendable {
    /// The length of the longest name on a slant.
    private static let longest = 130.0

    private let ticks: Ticks
    private let slant: TextLabel.Slant
    private var title: String?
    private var isBare = false

    /// - Parameter mayLean: Whether there is room for names that start left of their place.
    package init(_ domain: AxisDomain, width: Double, mayLean: Bool = true) {
        let scale = domain.scale(from: 0, to: width)
        if domain.isEmpty {
            (ticks, slant) = (Ticks(values: [], labels: []), .level)
        } else if case .category(let names) = scale.kind {
            (ticks, slant) = HorizontalAxis.categories(names, band: scale.band!, mayLean: mayLean)
        } else {
            (ticks, slant) = (Ticks(fitting: scale, width: width), .level)
        }
        title = VerticalAxis.title(domain.title, note: ticks.note)
    }

    /// Names that fit their bands, if need be on a slant; where not even that helps, every so many of them.
    private static func categories(_ names: [String], band: Double, mayLean: Bool) -> (Ticks, TextLabel.Slant)
    {
        let all = Ticks(values: names.indices.map(Double.init), labels: names)
        let widest = names.map { TextLabel.width($0) }.max() ?? 0
        // Single letters keep apart with less between them than words need.
        let gap = widest <= Typography.roomy ? 2.0 : 10
        let room = max(band, min(widest + gap, 120))
        let every = max(1, Int((room / band - 1e-9).rounded(.up)))
        let slant: TextLabel.Slant =
            every == 1 || band < Typography.roomy + 1
            ? .level : mayLean && band >= Typography.roomy * 2.0.squareRoot() ? .rising : .upright
        guard slant == .level else {
            let fitting = names.map {
                TextFitting.truncated($0, to: HorizontalAxis.longest / Typography.roomy)
            }
            return (Ticks(values: all.values, labels: fitting), slant)
        }
        let fitting = names.map {
            TextFitting.truncated($0, to: (band * Double(every) - gap + 2) / Typography.roomy)
        }
        return (Ticks(values: all.values, labels: fitting).thinned(every: every), .level)
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
    package var height: Double { labelHeight + (title == nil ? 0 : Typography.line + 2) }

    private var labelHeight: Double {
        guard slant != .level else { return 31 }
        let longest = ticks.labels.map { TextLabel.width($0) }.max() ?? 0
        return (longest * slant.depth + 22).rounded(.up)
    }

    /// The lengths by which the first and the last label reach beyond the plot's sides.
    package func overhang(_ domain: AxisDomain, width: Double) -> (left: Double, right: Double) {
        let scale = domain.scale(from: 0, to: width)
        let spans = zip(ticks.values, ticks.labels).map { value, label in
            let (place, length) = (scale.position(value), TextLabel.width(label))
            return slant == .level
                ? (left: length / 2 - place, right: place + length / 2 - width)
                : (left: length * slant.reach + Typography.roomy / 2 - place, right: 0)
        }
        return (spans.map { $0.left }.max() ?? 0, spans.map { $0.right }.max() ?? 0)
    }

    /// The base line, ticks, labels and title.
    package func elements(in plot: PlotArea) -> [SVGElement] {
        let frame = plot.frame
        let places = ticks.values.map { plot.x.position($0) }
        var elements =
            plot.x.band == nil
            ? Grid.vertical(places, from: frame.bottom, to: frame.bottom + 5, ChartTheme.axis) : []
        let minor = ticks.minor.map { plot.x.position($0) }
        elements += Grid.vertical(minor, from: frame.bottom, to: frame.bottom + 3, ChartTheme.axis)
        if isBare { return elements }
        elements += zip(places, ticks.labels).map { place, text in
            var label = HorizontalAxis.label(text, at: Point(x: place, y: frame.bottom + 19))
            if slant != .level {
                label.slant = slant
                label.anchor = .end
                label.place.y = frame.bottom + 10
            }
            return label.element
        }
        return elements + titleElements(under: frame)
    }

    /// The title under one plot, or under several side by side.
    package func titleElements(under frame: Box) -> [SVGElement] {
        guard let title else { return [] }
        let fitting = TextFitting.truncated(title, to: frame.width / Typography.roomy)
        let place = Point(x: frame.center.x, y: frame.bottom + labelHeight - 12 + Typography.line + 2)
        return [HorizontalAxis.label(fitting, at: place).element]
    }

    /// The lines of the grid, which marks are drawn upon.
    package func grid(in plot: PlotArea) -> [SVGElement] {
        guard plot.x.band == nil else { return [] }
        let places = ticks.values.map { plot.x.position($0) }
        return Grid.vertical(places, from: plot.frame.y, to: plot.frame.bottom, ChartTheme.grid)
    }

    private static func label(_ text: String, at place: Point) -> TextLabel {
        TextLabel(text, at: place, anchor: .middle, color: ChartColor.muted.css)
    }
}
