/// A place that shows its value on hover and on keyboard focus, by style rules alone.
package struct DatumTarget: Sendable {
    /// The greatest number of places that a chart offers; of more, some at equal distances are kept.
    package static let limit = 100

    private let point: Point
    private let text: String
    private let color: String

    /// The places of all marks that have one, without repetitions.
    package static func all(_ layers: [ChartContent.Layer], in plot: PlotArea) -> [DatumTarget] {
        let marks = layers.flatMap(\.marks)
        let every = max(1, (marks.count + limit - 1) / limit)
        var seen: Set<String> = []
        var targets: [DatumTarget] = []
        for (index, mark) in marks.enumerated() where index % every == 0 || index == marks.count - 1 {
            guard let point = place(mark, in: plot) else { continue }
            let target = DatumTarget(point: point, text: words(mark), color: plot.color(mark))
            if seen.insert("\(SVGNumber.text(point.x)) \(SVGNumber.text(point.y)) \(target.text)").inserted {
                targets.append(target)
            }
        }
        return targets
    }

    /// The middle of a bar's end, or a mark's point.
    private static func place(_ mark: MarkChannels, in plot: PlotArea) -> Point? {
        guard mark.x != nil, mark.y != nil else { return nil }
        guard mark.xReach != nil || mark.yReach != nil || plot.x.band != nil || plot.y.band != nil else {
            return plot.visiblePoint(mark)
        }
        guard let box = plot.box(mark) else { return nil }
        return plot.visiblePoint(mark) ?? box.center
    }

    /// The values of a mark as words: "Predicted: Epoch 3, Loss 0.261".
    package static func words(_ mark: MarkChannels) -> String {
        let value = { (value: PlottableValue) in "\(value.label) \(value.datum.shortText)" }
        let category = mark.color.flatMap {
            $0.label.isEmpty || $0.datum.number != nil ? nil : $0.datum.shortText
        }
        let number = mark.color.flatMap { $0.datum.number == nil ? nil : value($0) }
        let names = [mark.name?.datum.shortText, category].compactMap(\.self).map { $0 + ": " }
        let values =
            [mark.x, mark.xEnd, mark.y, mark.yEnd].compactMap(\.self).map(value) + [number].compactMap(\.self)
        return names.joined() + values.joined(separator: ", ")
    }

    /// The invisible target with its title, and the label that the stylesheet makes visible.
    ///
    /// - Parameter width: The width of the drawing, which the label must not leave.
    package func element(width drawing: Double) -> SVGElement {
        let fitting = TextFitting.truncated(text, to: 30)
        let width = TextLabel.width(fitting) + 16
        let left = min(max(point.x - width / 2, 1), drawing - width - 1)
        let top = point.y > 40 ? point.y - 36 : point.y + 12
        let box = [("x", left), ("y", top), ("width", width), ("height", 26)].map { ($0, SVGNumber.text($1)) }
        var label = TextLabel(fitting, at: Point(x: left + width / 2, y: top + 13), anchor: .middle)
        label.color = ChartTheme.css(ChartTheme.surface)
        let tip = SVGElement(
            "g",
            [("class", "tip"), ("visibility", "hidden")],
            [
                SVGElement("rect", box + [("rx", "4"), ("fill", ChartTheme.css(ChartTheme.text))]),
                label.element,
            ]
        )
        let ring = [
            ("class", "target"), ("fill", color), ("stroke", ChartTheme.css(ChartTheme.surface)),
            ("stroke-width", "2"), ("opacity", "0"),
        ]
        return SVGElement(
            "g",
            [("class", "datum"), ("tabindex", "0")],
            [
                SVGElement("title", text: text),
                PointSymbol.circle.element(at: point, radius: 6, attributes: ring), tip,
            ]
        )
    }
}
