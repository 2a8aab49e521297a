/// The axis at the left of a plot: its title above, its labels beside it, lines of the grid across.
package struct VerticalAxis: Sendable {
    private static let gap = 8.0
    /// The height of the middle of a title above the plot.
    package static let titleRise = 21.0
    /// The least distance of labels on a linear scale.
    package static let pitch = 36.0
    private static let widest = 130.0

    private let ticks: Ticks
    private var title: String?
    private var labels: [[String]]
    private var rise = 0.0
    private var indent = 0.0

    package init(_ domain: AxisDomain, height: Double) {
        let scale = domain.scale(from: height, to: 0)
        ticks =
            domain.isEmpty
            ? Ticks(values: [], labels: []) : VerticalAxis.fitting(domain, scale, height: height)
        title = VerticalAxis.title(domain.hasManyTitles ? nil : domain.title, note: ticks.note)
        let lines = scale.band.map { min(3, max(1, Int($0 / Typography.line))) } ?? 1
        labels = ticks.labels.map {
            TextFitting.wrapped($0, to: VerticalAxis.widest / Typography.roomy, limit: lines)
        }
    }

    /// Ticks whose labels do not touch; where they would, zero stays and the greatest next to it.
    private static func fitting(_ domain: AxisDomain, _ scale: Scale, height: Double) -> Ticks {
        let pitch =
            domain.isCells
            ? Typography.line : scale.kind == .linear && height >= 160 ? VerticalAxis.pitch : 28
        let ticks = Ticks(scale, count: max(3, Int(height / pitch)))
        if let band = scale.band {
            return band >= Typography.line
                ? ticks : ticks.thinned(every: Int((Typography.line / band).rounded(.up)))
        }
        var order: [Int] = []
        for index in ticks.values.indices {
            order.insert(
                index,
                before: {
                    let (left, right) = (ticks.values[$0].magnitude, ticks.values[$1].magnitude)
                    return left == 0 || right != 0 && left > right
                }
            )
        }
        var kept: [Int] = []
        for index in order {
            let place = scale.position(ticks.values[index])
            let isFree = kept.allSatisfy {
                (scale.position(ticks.values[$0]) - place).magnitude >= Typography.line - 2
            }
            if isFree { kept.append(index) }
        }
        return ticks.keeping(ticks.values.indices.filter(kept.contains))
    }

    /// A title with what the labels leave out.
    package static func title(_ title: String?, note: String?) -> String? {
        let words = [title.flatMap { $0.isEmpty ? nil : $0 }, note.map { "(\($0))" }].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The values that have a label.
    package var values: [Double] { ticks.values }

    /// The room for the labels, left of the plot.
    package var width: Double {
        (labels.joined().map { TextLabel.width($0) }.max() ?? 0) + VerticalAxis.gap
    }

    /// The room for the title, above the plot.
    package var titleHeight: Double { title == nil ? 9 : 31 }

    /// The axis with its title, which stands higher by `rise`, or without it.
    package func titled(_ isTitled: Bool, above rise: Double) -> VerticalAxis {
        var axis = self
        if !isTitled { axis.title = nil }
        axis.rise = rise
        return axis
    }

    /// The axis with room between its labels and the plot, for texts that reach beyond the plot.
    package func indented(by indent: Double) -> VerticalAxis {
        var axis = self
        axis.indent = indent
        return axis
    }

    /// The axis without words.
    package var bare: VerticalAxis {
        var axis = self
        axis.title = nil
        axis.labels = []
        return axis
    }

    /// The lines of the grid, which marks are drawn upon.
    package func grid(in plot: PlotArea) -> [SVGElement] {
        guard plot.y.band == nil else { return [] }
        let (places, frame) = (ticks.values.map { plot.y.position($0) }, plot.frame)
        return Grid.horizontal(places, from: frame.x, to: frame.right, ChartTheme.grid)
    }

    /// The labels and the title.
    package func elements(in plot: PlotArea) -> [SVGElement] {
        var elements = zip(ticks.values, labels).flatMap { value, lines in
            lines.enumerated().map { index, line in
                let offset = (Double(index) - Double(lines.count - 1) / 2) * Typography.line * 0.95
                let place = Point(
                    x: plot.frame.x - VerticalAxis.gap - indent,
                    y: plot.y.position(value) + offset
                )
                return TextLabel(line, at: place, anchor: .end, color: ChartColor.muted.css).element
            }
        }
        if !labels.isEmpty {
            let (minor, edge) = (ticks.minor.map { plot.y.position($0) }, plot.frame.x)
            elements += Grid.horizontal(minor, from: edge, to: edge + 4, ChartTheme.axis)
        }
        if let title {
            let fitting = TextFitting.truncated(title, to: (plot.frame.right - 2) / Typography.roomy)
            let text = TextLabel(
                fitting,
                at: Point(x: 2, y: plot.frame.y - VerticalAxis.titleRise - rise),
                color: ChartTheme.css(ChartTheme.muted)
            )
            elements.append(text.element)
        }
        return elements
    }
}

/// Hairlines behind the marks.
package enum Grid {
    /// Lines from left to right.
    package static func horizontal(
        _ places: [Double],
        from left: Double,
        to right: Double,
        _ color: ChartTheme.Entry
    )
        -> [SVGElement]
    {
        var path = SVGPath()
        for y in places { path.append([Point(x: left, y: y), Point(x: right, y: y)]) }
        return lines(path, color)
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
        for x in places { path.append([Point(x: x, y: top), Point(x: x, y: bottom)]) }
        return lines(path, color)
    }

    /// The edges of a frame.
    package static func outline(_ frame: Box) -> SVGElement {
        SVGElement(
            "rect",
            frame.attributes + [("fill", "none"), ("stroke", ChartTheme.css(ChartTheme.grid))]
        )
    }

    private static func lines(_ path: SVGPath, _ color: ChartTheme.Entry) -> [SVGElement] {
        path.isEmpty
            ? []
            : [SVGElement("path", [("d", path.text), ("fill", "none"), ("stroke", ChartTheme.css(color))])]
    }
}
