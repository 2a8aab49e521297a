/// A bar from zero, or between two values, at a category or a number.
///
///     for (letter, count) in counts {
///         BarMark(x: .value("Letter", letter), y: .value("Count", count))
///     }
///
/// Bars lie on their side when the vertical value is a category. Bars of several series at one place stand upon
/// each other, or side by side with `position(by:)`.
public struct BarMark: Mark {
    /// The values and the style that the mark was given.
    public var channels: MarkChannels

    /// A bar from zero.
    public init(x: PlottableValue, y: PlottableValue) {
        channels = MarkChannels(x: x, y: y)
    }

    /// An upright bar between two values.
    public init(x: PlottableValue, yStart: PlottableValue, yEnd: PlottableValue) {
        channels = MarkChannels(x: x, y: yStart, yEnd: yEnd)
    }

    /// A bar on its side between two values.
    public init(xStart: PlottableValue, xEnd: PlottableValue, y: PlottableValue) {
        channels = MarkChannels(x: xStart, xEnd: xEnd, y: y)
    }

    /// Places the bars of one value side by side, one place a category.
    public func position(by value: PlottableValue) -> BarMark {
        var copy = self
        copy.channels.position = value
        return copy
    }

    /// The kind of bars.
    public static let kind = MarkKind(BarMark.self)

    /// Boxes of series, which fill the room at their values.
    public static var form: MarkForm { .bars }

    /// The axis on which a bar stands, from zero or between two values.
    public static func stance(of mark: MarkChannels) -> Stance {
        let isFromZero = mark.xEnd == nil && mark.yEnd == nil
        return isHorizontal(mark) ? .lying(fromZero: isFromZero) : .upright(fromZero: isFromZero)
    }

    /// Whether a bar lies on its side.
    private static func isHorizontal(_ mark: MarkChannels) -> Bool {
        mark.xEnd != nil || mark.yEnd == nil && mark.y?.datum.number == nil && mark.x?.datum.number != nil
    }

    /// Stacks the bars at each place, those below zero downward, and gives bars at numbers their width.
    @export(interface)
    public static func arranged(_ marks: [MarkChannels]) -> [MarkChannels] {
        var stacks = Stacks()
        let positions = [false, true].map { isHorizontal in
            Positions(
                marks.filter { self.isHorizontal($0) == isHorizontal }.compactMap {
                    isHorizontal ? $0.y : $0.x
                }
            )
        }
        return marks.map { mark in
            var mark = mark
            let isHorizontal = isHorizontal(mark)
            let positions = positions[isHorizontal ? 1 : 0]
            let place = isHorizontal ? mark.y : mark.x
            let (from, to) = isHorizontal ? (mark.x, mark.xEnd) : (mark.y, mark.yEnd)
            let reach = stacks.reach(from, to, at: [positions.datum(place), mark.position?.datum])
            let cell = positions.reach(place)
            (mark.xReach, mark.yReach) = isHorizontal ? (reach, cell) : (cell, reach)
            return mark
        }
    }

    /// Draws the bars, each in its part of the room at its value.
    @export(interface)
    public static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        let lanes = lanes(marks)
        return marks.compactMap { mark in
            guard let box = box(mark, lanes: lanes, in: plot) else { return nil }
            var attributes = box.attributes + [("fill", plot.color(mark))]
            if let opacity = mark.style.opacity { attributes.append(("opacity", SVGNumber.text(opacity))) }
            return SVGElement("rect", attributes)
        }
    }

    /// The rectangle of a bar, as a hairline at least.
    private static func box(_ mark: MarkChannels, lanes: [Datum], in plot: PlotArea) -> Box? {
        guard let box = plot.box(mark) else { return nil }
        let index = Double(mark.position.flatMap { lanes.firstIndex(of: $0.datum) } ?? 0)
        let count = Double(max(1, lanes.count))
        let isHorizontal = isHorizontal(mark)
        if isThin(mark, lanes: lanes, in: plot) { return box.hairline(upright: !isHorizontal) }
        let isInterval = isInterval(mark, lanes: lanes)
        let whole = isHorizontal ? box.height : box.width
        let room = isInterval ? whole : whole * 0.8
        let width = room / count
        let gap = isInterval || count > 1 ? min(1, width / 8) : 0
        let offset = (whole - room + (isInterval ? gap : 0)) / 2 + width * index
        return isHorizontal
            ? Box(x: box.x, y: box.y + offset, width: box.width, height: width - gap)
            : Box(x: box.x + offset, y: box.y, width: width - gap, height: box.height)
    }

    /// Whether a bar is thinner than a hairline.
    @export(interface)
    public static func isThin(_ marks: [MarkChannels], in plot: PlotArea) -> Bool {
        let lanes = lanes(marks)
        return marks.contains { isThin($0, lanes: lanes, in: plot) }
    }

    private static func isThin(_ mark: MarkChannels, lanes: [Datum], in plot: PlotArea) -> Bool {
        let whole =
            isHorizontal(mark)
            ? PlotArea.extent(mark.yReach, on: plot.y) : PlotArea.extent(mark.xReach, on: plot.x)
        let room = isInterval(mark, lanes: lanes) ? whole : whole * 0.8
        return room / Double(max(1, lanes.count)) < Box.hairline
    }

    /// Whether a bar stands at a number, alone: such bars stand for intervals, which touch but for a hairline.
    private static func isInterval(_ mark: MarkChannels, lanes: [Datum]) -> Bool {
        (isHorizontal(mark) ? mark.yReach : mark.xReach) != nil && lanes.count < 2
    }

    /// The values that place bars side by side, in the order in which they first appear.
    private static func lanes(_ marks: [MarkChannels]) -> [Datum] {
        var lanes: [Datum] = []
        for lane in marks.compactMap({ $0.position?.datum }) where !lanes.contains(lane) {
            lanes.append(lane)
        }
        return lanes
    }

    /// Writes texts at the ends of bars, as far as there is room: neither on another bar nor on another text.
    @export(interface)
    public static func annotate(_ marks: [MarkChannels], in annotations: inout Annotations) {
        guard marks.contains(where: { $0.text != nil }) else { return }
        let lanes = lanes(marks)
        let bars = marks.map { box($0, lanes: lanes, in: annotations.plot) }
        var texts: [Box] = []
        for (mark, bar) in zip(marks, bars) {
            guard let text = mark.text, let bar else { continue }
            let (label, room) = label(text, of: mark, at: bar, in: annotations)
            // Of a stack, each text stands on the bar above.
            let isLying = isHorizontal(mark)
            let inner = label.box.grown(by: -2)
            let isCovered = bars.contains { other in
                guard let other else { return false }
                let isInLine =
                    isLying
                    ? other.y == bar.y && other.height == bar.height
                    : other.x == bar.x && other.width == bar.width
                return !isInLine && other.overlaps(inner)
            }
            guard room.contains(label.box), !texts.contains(where: { $0.overlaps(label.box) }), !isCovered
            else {
                annotations.leaveOut()
                continue
            }
            texts.append(label.box)
            annotations.add(label)
        }
    }

    /// The text at the end of a bar, and where there is room for it.
    private static func label(
        _ text: String,
        of mark: MarkChannels,
        at bar: Box,
        in annotations: Annotations
    ) -> (TextLabel, room: Box) {
        let (plot, overhang) = (annotations.plot, annotations.overhang)
        var label = TextLabel(text, at: bar.center, anchor: .middle)
        label.size = Typography.small
        var room = plot.frame.grown(by: 18)
        if isHorizontal(mark) {
            let isLeft = mark.xReach.map { Annotations.isLeft($0, on: plot.x) } ?? false
            label.place.x = isLeft ? bar.x - 5 : bar.right + 5
            label.anchor = isLeft ? .end : .start
            room.x = plot.frame.x - overhang.left - 1
            room.width = plot.frame.right + overhang.right + 1 - room.x
        } else {
            // Below zero, unless the axis is reversed. Upright axes start at the bottom.
            let isBelow = mark.yReach.map { ($0.end < 0) == (plot.y.start > plot.y.end) } ?? false
            label.place.y = isBelow ? bar.bottom + 10 : bar.y - 10
        }
        return (label, room)
    }
}

/// Values put on top of each other, place by place.
package struct Stacks {
    private var above = [[Datum?]: Double]()
    private var below = [[Datum?]: Double]()

    /// The reach of a value once it stands on those before it at its place; a range stays its own.
    package mutating func reach(_ value: PlottableValue?, _ end: PlottableValue?, at place: [Datum?])
        -> Reach?
    {
        guard let number = value?.datum.number, number.isFinite else { return nil }
        if let end {
            guard let end = end.datum.number, end.isFinite else { return nil }
            return Reach(start: number, end: end)
        }
        let start = (number < 0 ? below[place] : above[place]) ?? 0
        let sum = min(max(start + number, -1e300), 1e300)
        if number < 0 { below[place] = sum } else { above[place] = sum }
        return Reach(start: start, end: sum)
    }
}
