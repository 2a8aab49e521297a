/// The names of lines at their right ends, which spare a legend where all of them fit.
package struct LineEnds: Sendable {
    private static let gap = 18.0
    private static let widest = 120.0

    private var labels: [TextLabel] = []
    /// The room that the names need right of the plot.
    package let width: Double

    /// Nothing when the lines are too many, their names too long, or their ends too close or too far left.
    ///
    /// - Parameter plot: The plot as it would be, with `x` 0 at its left side.
    package init?(_ scene: ChartScene, in plot: PlotArea) {
        let names = scene.palette.names
        guard (2...8).contains(names.count), scene.facets.count == 1, scene.palette.symbolNames.isEmpty,
            scene.layers.allSatisfy({ layer in LineEnds.kinds.contains { $0 == layer.kind } }),
            let lines = scene.layers.first(where: { $0.kind == LineMark.self })
        else { return nil }
        let width = (names.map { TextLabel.width($0) }.max() ?? 0) + 10
        guard width <= LineEnds.widest else { return nil }

        var ends: [(name: String, y: Double)] = []
        for series in plot.series(lines.marks) {
            guard case .category(let name)? = series[0].color?.datum else { continue }
            guard let end = series.lazy.reversed().compactMap({ plot.visiblePoint($0) }).first,
                end.x > plot.frame.x + plot.frame.width * 0.9, !ends.contains(where: { $0.name == name })
            else { return nil }
            ends.append((name, end.y))
        }
        guard ends.count == names.count else { return nil }
        ends.sort { ($0.y, $0.name) < ($1.y, $1.name) }
        guard let places = LineEnds.spread(ends.map(\.y), from: plot.frame.y, to: plot.frame.bottom) else {
            return nil
        }
        labels = zip(ends, places).map { end, y in
            var label = TextLabel(end.name, at: Point(x: plot.frame.right + 7, y: y))
            label.color = scene.palette.color(of: end.name)
            return label
        }
        self.width = width
    }

    private static let kinds: [any Mark.Type] = [
        LineMark.self, AreaMark.self, PointMark.self, RuleMark.self, TextMark.self,
    ]

    /// Places a line of text apart and as close to the wished ones as that allows.
    private static func spread(_ wished: [Double], from top: Double, to bottom: Double) -> [Double]? {
        var places = wished
        for index in places.indices.dropFirst() {
            places[index] = max(places[index], places[index - 1] + gap)
        }
        let surplus = (places.last ?? 0) - bottom
        if surplus > 0 { places[places.count - 1] = bottom }
        for index in places.indices.dropLast().reversed() {
            places[index] = min(places[index], places[index + 1] - gap)
        }
        let isNear = zip(places, wished).allSatisfy { ($0 - $1).magnitude <= gap * 1.6 }
        return isNear && (places.first ?? top) >= top - 4 ? places : nil
    }

    /// The names, at the right side of a plot that starts at `x`.
    package func elements(at frame: Box) -> [SVGElement] {
        labels.map { label in
            var label = label
            label.place = Point(x: frame.right + 7, y: frame.y + label.place.y)
            return label.element
        }
    }
}
