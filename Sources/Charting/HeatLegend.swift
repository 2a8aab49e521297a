/// The colors of numbers, above the plot: what they are, a ramp, and round numbers under it.
package struct HeatLegend: Sendable {
    private static let steps = 32
    private static let ramp = 176.0
    private static let thickness = 12.0

    private let heat: HeatScale?
    private let top: Double
    private let width: Double

    package init(_ heat: HeatScale?, top: Double, width: Double) {
        self.heat = heat
        self.top = top
        self.width = width
    }

    /// The room for the ramp and its numbers.
    package var height: Double { heat == nil ? 0 : HeatLegend.thickness + Typography.line + 14 }

    /// The words and the ramp.
    package var elements: [SVGElement] {
        guard let heat else { return [] }
        let ticks = HeatLegend.ticks(heat.domain)
        let halves = ticks.labels.map { TextLabel.width($0) / 2 }
        let margin = (halves.max() ?? 0) + 2
        let room = width - HeatLegend.ramp - 2 * margin - 14
        let words = VerticalAxis.title(heat.label, note: ticks.note) ?? ""
        let name = TextFitting.truncated(words, to: room / Typography.roomy)
        let ramp = Box(
            x: name.isEmpty ? margin : max(margin, TextLabel.width(name) + 16),
            y: top + 4,
            width: HeatLegend.ramp,
            height: HeatLegend.thickness
        )
        let scale = Scale(.linear, domain: heat.domain, start: ramp.x, end: ramp.right)
        let places = ticks.values.count == 1 ? [ramp.center.x] : ticks.values.map { scale.position($0) }
        let title = TextLabel(name, at: Point(x: 2, y: ramp.center.y)).element
        return (name.isEmpty ? [] : [title]) + [colors(heat, in: ramp)]
            + Grid.vertical(places, from: ramp.bottom, to: ramp.bottom + 4, ChartTheme.axis)
            + zip(places, ticks.labels).map { place, text in
                let middle = Point(x: place, y: ramp.bottom + 5 + Typography.line / 2)
                return TextLabel(text, at: middle, anchor: .middle, color: ChartColor.muted.css).element
            }
    }

    /// Round numbers along the ramp; of numbers that are all equal, that one.
    private static func ticks(_ domain: ClosedRange<Double>) -> Ticks {
        let middle = domain.lowerBound / 2 + domain.upperBound / 2
        guard domain.lowerBound < middle, middle < domain.upperBound else {
            return Ticks(values: [domain.lowerBound], labels: [NumberText.short(domain.lowerBound)])
        }
        return Ticks(fitting: Scale(.linear, domain: domain, start: 0, end: ramp), width: ramp)
    }

    private func colors(_ heat: HeatScale, in ramp: Box) -> SVGElement {
        let step = ramp.width / Double(HeatLegend.steps)
        let shapes = (0..<HeatLegend.steps).map { index in
            let box = Box(x: ramp.x + Double(index) * step, y: ramp.y, width: step, height: ramp.height)
            let share = (Double(index) + 0.5) / Double(HeatLegend.steps)
            let number = heat.domain.lowerBound * (1 - share) + heat.domain.upperBound * share
            return SVGElement("rect", box.attributes + heat.fill(number))
        }
        return SVGElement("g", [("shape-rendering", "crispEdges")], shapes)
    }
}
