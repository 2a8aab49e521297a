/// A rectangle: a cell of a heat map, or a region between values.
///
///     for (unit, states) in hidden.enumerated() {
///         for (step, state) in states.enumerated() {
///             RectangleMark(x: .value("Step", step), y: .value("Unit", unit))
///                 .foregroundStyle(by: .value("State", state))
///         }
///     }
///
/// A cell whose color is a number that is not finite is crossed out.
public struct RectangleMark: Mark {
    /// The values and the style that the mark was given.
    public var channels: MarkChannels

    /// A cell around two values.
    public init(x: PlottableValue, y: PlottableValue) {
        channels = MarkChannels(x: x, y: y)
    }

    /// A region between values; it spans the plot where a side is left out.
    public init(
        xStart: PlottableValue? = nil,
        xEnd: PlottableValue? = nil,
        yStart: PlottableValue? = nil,
        yEnd: PlottableValue? = nil
    ) {
        channels = MarkChannels(x: xStart, xEnd: xEnd, y: yStart, yEnd: yEnd)
    }

    /// The kind of rectangles.
    public static let kind = MarkKind(RectangleMark.self)

    /// Boxes whose colors are the values.
    public static var form: MarkForm { .cells }

    /// Gives cells at numbers their size.
    @export(interface)
    public static func arranged(_ marks: [MarkChannels]) -> [MarkChannels] {
        let cells = marks.filter { $0.isCell }
        let positions = (x: Positions(cells.compactMap { $0.x }), y: Positions(cells.compactMap { $0.y }))
        return marks.map { mark in
            guard mark.isCell else { return mark }
            var mark = mark
            mark.xReach = positions.x.reach(mark.x)
            mark.yReach = positions.y.reach(mark.y)
            return mark
        }
    }

    /// Draws cells without seams, with their texts where they fit, and regions see-through.
    @export(interface)
    public static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        let regions = marks.filter { !$0.isCell }.compactMap { mark -> SVGElement? in
            guard let box = plot.box(mark) else { return nil }
            let opacity = mark.style.opacity ?? 0.14
            return SVGElement(
                "rect",
                box.attributes + [("fill", plot.color(mark)), ("opacity", SVGNumber.text(opacity))]
            )
        }
        let cells = marks.filter { $0.isCell }.compactMap { mark in
            box(mark, in: plot).map { (mark: mark, box: $0) }
        }
        guard !cells.isEmpty else { return regions }
        // Of many cells none is a stop for the keyboard, and each shows its value to the pointer.
        let isTitled = cells.count > DatumTarget.limit(kind)
        let shapes = cells.map { mark, box in
            var shape = cell(mark, box, in: plot)
            if isTitled { shape.children.append(SVGElement("title", text: DatumTarget.words(mark))) }
            return shape
        }
        return regions + [SVGElement("g", [("shape-rendering", "crispEdges")], shapes)]
            + texts(cells, in: plot)
    }

    /// The rectangle of a cell, as a hairline at least.
    private static func box(_ mark: MarkChannels, in plot: PlotArea) -> Box? {
        guard var box = plot.box(mark) else { return nil }
        let thin = thinness(mark, in: plot)
        if thin.x { box = box.hairline(upright: true) }
        if thin.y { box = box.hairline(upright: false) }
        return box
    }

    /// Whether a cell is narrower or lower than a hairline.
    @export(interface)
    public static func isThin(_ marks: [MarkChannels], in plot: PlotArea) -> Bool {
        marks.contains { $0.isCell && thinness($0, in: plot) != (false, false) }
    }

    /// Whether a cell would be narrower or lower than a hairline.
    private static func thinness(_ mark: MarkChannels, in plot: PlotArea) -> (x: Bool, y: Bool) {
        (
            PlotArea.extent(mark.xReach, on: plot.x) < Box.hairline,
            PlotArea.extent(mark.yReach, on: plot.y) < Box.hairline
        )
    }

    private static func cell(_ mark: MarkChannels, _ box: Box, in plot: PlotArea) -> SVGElement {
        guard let number = mark.color?.datum.number, mark.style.color == nil else {
            let opacity = mark.style.opacity.map { [("opacity", SVGNumber.text($0))] } ?? []
            return SVGElement("rect", box.attributes + [("fill", plot.color(mark))] + opacity)
        }
        guard number.isFinite, let heat = plot.palette.heat else {
            var cross = SVGPath()
            cross.append([Point(x: box.x, y: box.y), Point(x: box.right, y: box.bottom)])
            cross.append([Point(x: box.right, y: box.y), Point(x: box.x, y: box.bottom)])
            return SVGElement(
                "path",
                [("d", cross.text), ("stroke", ChartColor.muted.css), ("stroke-width", "0.75")]
            )
        }
        return SVGElement("rect", box.attributes + heat.fill(number))
    }

    /// The texts of the cells, if all of them fit.
    private static func texts(_ cells: [(mark: MarkChannels, box: Box)], in plot: PlotArea) -> [SVGElement] {
        let fits = cells.allSatisfy { mark, box in
            guard let text = mark.text else { return true }
            return TextLabel.width(text, size: Typography.small) + 4 <= box.width
                && box.height >= Typography.roomy
        }
        guard fits else { return [] }
        return cells.compactMap { mark, box in
            guard let text = mark.text, !text.isEmpty else { return nil }
            var label = TextLabel(text, at: box.center, anchor: .middle)
            label.size = Typography.small
            if let number = mark.color?.datum.number, number.isFinite, let heat = plot.palette.heat {
                label.color = heat.ink(number)
            }
            return label.element
        }
    }
}
