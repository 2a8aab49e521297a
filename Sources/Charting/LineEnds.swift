/// The names of lines at their right ends, which spare a legend where all of them fit.
package struct LineEnds: Sendable {
    private static let gap = 18.0
    private static let widest = 120.0
    /// The distance from its line's end at which a name may stand without a line to it.
    private static let near = 4.0
    /// The room for those lines.
    private static let leader = 14.0

    private var labels: [TextLabel] = []
    /// The distances of the ends of the lines from the top of the plot.
    private var ends: [Double] = []
    /// The distance of the names from the right side of the plot.
    private var inset = 7.0
    /// The room that the names need right of the plot.
    package let width: Double

    /// The names of the lines; nothing when they are too many or too long, or the ends too close or too far left.
    ///
    /// - Parameter plot: The plot as it would be, with `x` 0 at its left side.
    package init?(_ scene: ChartScene, in plot: PlotArea) {
        let names = scene.palette.names
        guard (2...8).contains(names.count), scene.facets.count == 1, scene.palette.symbolNames.isEmpty,
            !scene.layers.contains(where: { $0.kind.form == .bars || $0.kind.form == .cells }),
            let lines = scene.layers.first(where: { $0.kind.isLine })
        else { return nil }
        let width = (names.map { TextLabel.width($0) }.max() ?? 0) + 10
        guard width <= LineEnds.widest else { return nil }

        var ends: [(name: String, y: Double)] = []
        for series in plot.series(lines.marks) {
            guard case .category(let name)? = series[0].color?.datum else { continue }
            let last = series.last { plot.visiblePoint($0) != nil }
            guard let end = last.flatMap({ plot.visiblePoint($0) }),
                end.x > plot.frame.x + plot.frame.width * 0.9, !ends.contains(where: { $0.name == name })
            else { return nil }
            ends.insert((name, end.y), before: { ($0.y, $0.name) < ($1.y, $1.name) })
        }
        guard ends.count == names.count else { return nil }
        guard let places = LineEnds.spread(ends.map({ $0.y }), from: plot.frame.y, to: plot.frame.bottom)
        else {
            return nil
        }
        self.ends = ends.map { $0.y }
        if zip(self.ends, places).contains(where: { ($0 - $1).magnitude > LineEnds.near }) {
            inset += LineEnds.leader
        }
        labels = zip(ends, places).map { end, y in
            return TextLabel(end.name, at: Point(x: 0, y: y), color: scene.palette.color(of: end.name))
        }
        self.width = width + inset - 7
    }

    /// Places a line of text apart and as close to the wished ones as that allows, in the sense of least squares.
    ///
    /// Names that would touch stand around the middle of their lines' ends (pool adjacent violators).
    private static func spread(_ wished: [Double], from top: Double, to bottom: Double) -> [Double]? {
        var pools: [(sum: Double, count: Double)] = []
        for (index, place) in wished.enumerated() {
            pools.append((place - Double(index) * gap, 1))
            while pools.count > 1 {
                let (upper, lower) = (pools[pools.count - 2], pools[pools.count - 1])
                guard upper.sum / upper.count > lower.sum / lower.count else { break }
                pools.removeLast()
                pools[pools.count - 1] = (upper.sum + lower.sum, upper.count + lower.count)
            }
        }
        let highest = bottom + 2 - Double(wished.count - 1) * gap
        guard highest >= top - 4 else { return nil }
        let bases = pools.flatMap { pool in
            repeatElement(min(max(pool.sum / pool.count, top - 4), highest), count: Int(pool.count))
        }
        let places = bases.enumerated().map { $1 + Double($0) * gap }
        return zip(places, wished).allSatisfy { ($0 - $1).magnitude <= gap * 2.5 } ? places : nil
    }

    /// The names, at the right side of a plot, with lines to those that stand off the ends of their lines.
    package func elements(at frame: Box) -> [SVGElement] {
        zip(ends, labels).flatMap { end, label in
            var label = label
            let y = frame.y + label.place.y
            label.place = Point(x: frame.right + inset, y: y)
            guard inset > LineEnds.leader else { return [label.element] }
            let path = SVGPath(
                through: [
                    Point(x: frame.right + 3, y: frame.y + end), Point(x: frame.right + inset - 3, y: y),
                ]
            )
            return [SVGElement("path", [("d", path.text), ("stroke", label.color)]), label.element]
        }
    }
}
