/// The texts beside marks, placed where they cover neither data nor each other.
package struct Annotations: Sendable {
    /// The labels that found a place.
    package private(set) var labels: [TextLabel] = []
    /// How many found none.
    package private(set) var unplaced = 0
    private var leaders = SVGPath()
    private var occupancy: Occupancy
    private let plot: PlotArea
    private let overhang: Overhang

    /// The room beside a plot for the texts at the ends of lying bars.
    package struct Overhang: Sendable, Hashable {
        package var left = 0.0
        package var right = 0.0

        /// No room.
        package init() {}

        /// What the bars of a chart need: on the right as much as its longest bar would, on the left what is not
        /// within the plot.
        package init(_ scene: ChartScene, plotWidth: Double) {
            let scale = scene.x.scale(from: scene.margin, to: plotWidth - scene.margin)
            for layer in scene.layers where layer.kind == BarMark.self {
                for mark in layer.marks where BarMark.isHorizontal(mark) {
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
        self.plot = plot
        self.overhang = overhang
        guard layers.contains(where: { $0.kind == RuleMark.self || $0.marks.contains { $0.text != nil } })
        else {
            occupancy = Occupancy(Box(x: 0, y: 0, width: 0, height: 0))
            return
        }
        occupancy = Occupancy(layers, in: plot)
        for layer in layers {
            switch layer.kind {
            case is RuleMark.Type: for mark in layer.marks { addRule(mark) }
            case is BarMark.Type: addBars(layer.marks)
            case is PointMark.Type, is LineMark.Type: for mark in layer.marks { addPoint(mark) }
            default: break
            }
        }
    }

    /// Whether a lying bar's text stands left of it: below zero, unless the axis is reversed.
    private static func isLeft(_ reach: Reach, on scale: Scale) -> Bool {
        (reach.end < 0) == (scale.start < scale.end)
    }

    /// Whether an upright bar's text stands under it, likewise. Upright axes start at the bottom.
    private static func isBelow(_ reach: Reach, on scale: Scale) -> Bool {
        (reach.end < 0) == (scale.start > scale.end)
    }

    /// The elements of all labels.
    package var elements: [SVGElement] {
        let look = [("d", leaders.text), ("stroke", ChartTheme.css(ChartTheme.axis))]
        return (leaders.isEmpty ? [] : [SVGElement("path", look)]) + labels.map { $0.element }
    }

    /// Beside a rule, at an end where nothing is; at the clearest end if something is everywhere.
    private mutating func addRule(_ mark: MarkChannels) {
        guard let text = RuleMark.words(mark), let (start, end) = RuleMark.ends(mark, in: plot) else {
            return
        }
        let frame = plot.frame
        let room = start.y == end.y ? frame.width - 6 : frame.width * 0.8
        let fitting = TextFitting.truncated(text, to: room / (Typography.roomy * Typography.small))
        var places: [(Point, TextLabel.Anchor)] = []
        if start.y == end.y {
            for side in [-11.0, 12] {
                places += [
                    (Point(x: end.x - 3, y: end.y + side), .end),
                    (Point(x: start.x + 3, y: start.y + side), .start),
                    (Point(x: (start.x + end.x) / 2, y: start.y + side), .middle),
                ]
            }
        } else {
            for y in [frame.y + 10, frame.bottom - 10, frame.center.y] {
                places += [(Point(x: start.x + 6, y: y), .start), (Point(x: start.x - 6, y: y), .end)]
            }
        }
        _ = add(fitting, at: places, color: mark.style.color?.css ?? ChartColor.muted.css, isOptional: false)
    }

    /// Beside a point, on the first free side; a little farther off, with a line to the point, if none is free.
    private mutating func addPoint(_ mark: MarkChannels) {
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
        unplaced += 1
    }

    /// Draws the line between a point and the place of its text, apart from both.
    private mutating func lead(from point: Point, to place: Point) {
        let (dx, dy) = (place.x - point.x, place.y - point.y)
        let length = (dx * dx + dy * dy).squareRoot()
        let (start, end) = (5 / length, 1 - (dx == 0 ? 8 : 2) / length)
        guard start < end else { return }
        leaders.move(to: Point(x: point.x + dx * start, y: point.y + dy * start))
        leaders.line(to: Point(x: point.x + dx * end, y: point.y + dy * end))
    }

    /// At the ends of bars, as far as there is room: neither on another bar nor on another text.
    private mutating func addBars(_ marks: [MarkChannels]) {
        let lanes = BarMark.lanes(marks)
        let bars = marks.map { BarMark.box($0, lanes: lanes, in: plot) }
        var texts: [Box] = []
        for (index, mark) in marks.enumerated() {
            guard let text = mark.text, let bar = bars[index] else { continue }
            let (label, room) = beside(bar, mark, text)
            // Of a stack, each text stands on the bar above.
            let isLying = BarMark.isHorizontal(mark)
            let others = bars.lazy.compactMap { $0 }.filter {
                isLying ? $0.y != bar.y || $0.height != bar.height : $0.x != bar.x || $0.width != bar.width
            }
            let inner = label.box.grown(by: -2)
            guard room.contains(label.box), !texts.contains(where: { $0.overlaps(label.box) }),
                !others.contains(where: { $0.overlaps(inner) })
            else {
                unplaced += 1
                continue
            }
            texts.append(label.box)
            labels.append(label)
        }
    }

    /// The text at the end of a bar, and where there is room for it.
    private func beside(_ bar: Box, _ mark: MarkChannels, _ text: String) -> (TextLabel, room: Box) {
        var label = TextLabel(text, at: bar.center, anchor: .middle)
        label.size = Typography.small
        var room = plot.frame.grown(by: 18)
        if BarMark.isHorizontal(mark) {
            let isLeft = mark.xReach.map { Annotations.isLeft($0, on: plot.x) } ?? false
            label.place.x = isLeft ? bar.x - 5 : bar.right + 5
            label.anchor = isLeft ? .end : .start
            room.x = plot.frame.x - overhang.left - 1
            room.width = plot.frame.right + overhang.right + 1 - room.x
        } else {
            let isBelow = mark.yReach.map { Annotations.isBelow($0, on: plot.y) } ?? false
            label.place.y = isBelow ? bar.bottom + 10 : bar.y - 10
        }
        return (label, room)
    }

    /// Adds a text at the first of some places that is free, and returns the place; the clearest if it must stand.
    private mutating func add(
        _ text: String,
        at places: [(Point, TextLabel.Anchor)],
        color: String,
        isOptional: Bool
    ) -> Point? {
        var best: (label: TextLabel, share: Double)?
        for (place, anchor) in places {
            var label = TextLabel(text, at: place, anchor: anchor)
            label.color = color
            label.hasHalo = true
            label.size = Typography.small
            let share = occupancy.share(of: label.box)
            if share < best?.share ?? (isOptional ? 0.02 : 1) { best = (label, share) }
            if share == 0 { break }
        }
        guard let label = best?.label else { return nil }
        labels.append(label)
        occupancy.take(label.box)
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
