/// A place that shows its value on hover and on keyboard focus, by style rules alone.
package struct DatumTarget: Sendable {
    /// The greatest number of places that marks of a kind offer; of more, some at equal distances are kept.
    ///
    /// Along a line, which is read by its course, they are fewer: each is a stop for the keyboard.
    package static func limit(_ kind: MarkKind) -> Int {
        kind.form == .joined ? 24 : 120
    }

    private let point: Point
    private let text: String
    private let color: String

    /// The places of all marks that have one, without repetitions.
    ///
    /// - Parameter share: The share of the chart's stops that these marks may have.
    package static func all(_ layers: [ChartContent.Layer], in plot: PlotArea, share: Double = 1)
        -> [DatumTarget]
    {
        var seen = Set<String>()
        var targets: [DatumTarget] = []
        // Points before the line through them, so that those which the line leaves out are offered once.
        for layer in layers.filter({ !$0.kind.isLine }) + layers.filter({ $0.kind.isLine }) {
            let limit = max(1, Int(Double(limit(layer.kind)) * share))
            if layer.kind.form == .cells && layer.marks.count > limit { continue }
            let every = max(1, (layer.marks.count + limit - 1) / limit)
            for (index, mark) in layer.marks.enumerated()
            where index % every == 0 || index == layer.marks.count - 1 {
                guard let point = place(mark, in: plot) else { continue }
                let target = DatumTarget(point: point, text: words(mark), color: plot.color(mark))
                let key = "\(SVGNumber.text(point.x)) \(SVGNumber.text(point.y)) \(target.text)"
                if seen.insert(key).inserted { targets.append(target) }
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
        let names = [mark.name?.datum.shortText, category].compactMap { $0 }.map { $0 + ": " }
        let values =
            [mark.x, mark.xEnd, mark.y, mark.yEnd].compactMap { $0 }.map(value) + [number].compactMap { $0 }
        return names.joined() + values.joined(separator: ", ")
    }

    /// The invisible target with its title, and the label that the stylesheet makes visible.
    ///
    /// - Parameter width: The width of the drawing, which the label must not leave.
    package func element(width drawing: Double) -> SVGElement {
        let lines = TextFitting.wrapped(text, to: min(drawing - 20, 300) / Typography.roomy, limit: 3)
        // Whole numbers, and few of them, so that labels of one length are spelled alike, too.
        let width = (((lines.map { TextLabel.width($0) }.max() ?? 0) + 16) / 8).rounded(.up) * 8
        let height = Double(lines.count) * Typography.line + 6
        // Places are counted from the point, so that most targets of a chart are spelled alike.
        let left = min(
            max(-width / 2, (1 - point.x).rounded(.up)),
            (drawing - width - 1 - point.x).rounded(.down)
        )
        let top = point.y > height + 14 ? -height - 10 : 12
        let box = Box(x: left, y: top, width: width, height: height)
        let labels = lines.enumerated().map { index, line in
            let middle = top + 3 + (Double(index) + 0.5) * Typography.line
            return TextLabel(
                line,
                at: Point(x: box.center.x, y: middle),
                anchor: .middle,
                color: ChartTheme.css(ChartTheme.surface)
            ).element
        }
        let ground = [("rx", "4"), ("fill", ChartTheme.css(ChartTheme.text))]
        let tip = SVGElement(
            "g",
            [("class", "tip"), ("visibility", "hidden")],
            [SVGElement("rect", box.attributes + ground)] + labels
        )
        let place = "translate(\(SVGNumber.text(point.x)) \(SVGNumber.text(point.y)))"
        let ring = [
            ("class", "target"), ("fill", color), ("stroke", ChartTheme.css(ChartTheme.surface)),
            ("stroke-width", "2"), ("opacity", "0"),
        ]
        return SVGElement(
            "g",
            [("class", "datum"), ("tabindex", "0"), ("transform", place)],
            [
                SVGElement("title", text: text),
                PointSymbol.circle.element(at: Point(x: 0, y: 0), radius: 6, attributes: ring), tip,
            ]
        )
    }
}
