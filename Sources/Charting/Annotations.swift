/// The texts beside marks, placed where they cover neither data nor each other.
public struct Annotations: Sendable {
    /// The plot with the marks.
    public let plot: PlotArea
    /// The labels that found a place.
    package private(set) var labels: [TextLabel] = []
    /// The number of texts that found none.
    package private(set) var unplaced = 0
    private var leaders = SVGPath()
    private let layers: [ChartContent.Layer]
    /// The parts of the plot that are taken, once a text has to keep off them.
    private var occupancy: Occupancy?
    package let overhang: Overhang

    /// The room beside a plot for the texts at the ends of lying bars.
    package struct Overhang: Sendable, Hashable {
        package var left = 0.0
        package var right = 0.0

        /// No room.
        package init() {}

        /// The room that the bars of a chart need: on the right as much as its longest bar would, on the left what is not
        /// within the plot.
        package init(_ scene: ChartScene, plotWidth: Double) {
            let scale = scene.x.scale(from: scene.margin, to: plotWidth - scene.margin)
            for layer in scene.layers where layer.kind.form == .bars {
                for mark in layer.marks where layer.kind.stance(mark).isLying {
                    guard let text = mark.text, let reach = mark.xReach else { continue }
                    let length = TextLabel.width(text, size: Typography.small) + 8
                    if Annotations.isLeft(reach, on: scale) {
                        left = max(left, length - scale.clamped(reach.end))
                    } else {
                        right = max(right, length)
                    }
                }
            }
        }

        /// No more room than that on either side.
        package func limited(to limit: Double) -> Overhang {
            var limited = self
            limited.left = min(left, max(0, limit))
            limited.right = min(right, max(0, limit))
            return limited
        }
    }

    package init(_ layers: [ChartContent.Layer], in plot: PlotArea, overhang: Overhang) {
        self.layers = layers
        self.plot = plot
        self.overhang = overhang
        for layer in layers { layer.kind.annotate(layer.marks, &self) }
    }

    /// Whether the text of a bar on its side stands left of it: below zero, unless the axis is reversed.
    package static func isLeft(_ reach: Reach, on scale: Scale) -> Bool {
        (reach.end < 0) == (scale.start < scale.end)
    }

    /// The elements of all labels.
    package var elements: [SVGElement] {
        let look = [("d", leaders.text), ("stroke", ChartTheme.css(ChartTheme.axis))]
        return (leaders.isEmpty ? [] : [SVGElement("path", look)]) + labels.map { $0.element }
    }

    /// Writes the texts of marks beside their points, each on the first free side; a little farther off, with a line to the
    /// point, if none is free.
    public mutating func addBesidePoints(of marks: [MarkChannels]) {
        guard marks.contains(where: { $0.text != nil }) else { return }
        for mark in marks { addBesidePoint(mark) }
    }

    private mutating func addBesidePoint(_ mark: MarkChannels) {
        guard let text = mark.text, !text.isEmpty, let point = plot.visiblePoint(mark) else { return }
        let fitting = TextFitting.truncated(text, to: 12)
        let color =
            mark.color == nil && mark.style.color == nil ? ChartTheme.css(ChartTheme.text) : plot.color(mark)
        let near = [(7.0, 0.0), (-7, 0), (0, -13), (0, 13), (6, -10), (-6, -10), (6, 10), (-6, 10)]
        for reach in [1.0, 2, 3, 4, 5] {
            let places = near.map { offset in
                (
                    Point(x: point.x + offset.0 * reach, y: point.y + offset.1 * reach),
                    offset.0 > 0 ? TextLabel.Anchor.start : offset.0 < 0 ? .end : .middle
                )
            }
            guard let place = add(fitting, at: places, color: color, isOptional: true) else { continue }
            if reach > 1 { lead(from: point, to: place) }
            return
        }
        leaveOut()
    }

    /// Counts a text that found no place.
    package mutating func leaveOut() { unplaced += 1 }

    /// Adds a text at its place, whatever is there.
    package mutating func add(_ label: TextLabel) { labels.append(label) }

    /// Draws the line between a point and the place of its text, apart from both.
    private mutating func lead(from point: Point, to place: Point) {
        let (dx, dy) = (place.x - point.x, place.y - point.y)
        let length = (dx * dx + dy * dy).squareRoot()
        let (start, end) = (5 / length, 1 - (dx == 0 ? 8 : 2) / length)
        guard start < end else { return }
        leaders.append([start, end].map { Point(x: point.x + dx * $0, y: point.y + dy * $0) })
    }

    /// Adds a text at the first of some places that is free, and returns the place; the clearest if it must stand.
    package mutating func add(
        _ text: String,
        at places: [(Point, TextLabel.Anchor)],
        color: String,
        isOptional: Bool
    ) -> Point? {
        if occupancy == nil { occupancy = Occupancy(layers, in: plot) }
        var best: (label: TextLabel, share: Double)?
        for (place, anchor) in places {
            var label = TextLabel(text, at: place, anchor: anchor)
            label.color = color
            label.hasHalo = true
            label.size = Typography.small
            let share = occupancy?.share(of: label.box) ?? 0
            if share < best?.share ?? (isOptional ? 0.02 : 1) { best = (label, share) }
            if share == 0 { break }
        }
        guard let label = best?.label else { return nil }
        labels.append(label)
        occupancy?.take(label.box)
        return label.place
    }
}

extension Mark {
    /// Writes a text beside the mark: at a point where there is room, at the end of a bar, along a rule in place of
    /// its label, in a cell.
    public func annotation(_ text: String) -> Self {
        changed { $0.text = text }
    }
}
