/// The colors of numbers, in a row above the plot: label, least number, ramp, greatest number.
package struct HeatLegend: Sendable {
    private static let steps = 32
    private static let ramp = 112.0

    private let heat: HeatScale?
    private let top: Double
    private let width: Double

    package init(_ heat: HeatScale?, top: Double, width: Double) {
        self.heat = heat
        self.top = top
        self.width = width
    }

    /// The room for the row.
    package var height: Double { heat == nil ? 0 : Typography.line + 8 }

    /// The words and the ramp.
    package var elements: [SVGElement] {
        guard let heat else { return [] }
        let digits = NumberText.digitsToTell(heat.domain.lowerBound, from: heat.domain.upperBound)
        let ends = [heat.domain.lowerBound, heat.domain.upperBound].map {
            NumberText.significant($0, min(digits, 6))
        }
        let room = width - HeatLegend.ramp - 40 - ends.map { TextLabel.width($0) }.reduce(0, +)
        let name = TextFitting.truncated(heat.label, to: room / Typography.roomy)
        let middle = top + 2 + Typography.line / 2

        var elements: [SVGElement] = []
        var left = 2.0
        if !name.isEmpty {
            elements.append(TextLabel(name, at: Point(x: left, y: middle)).element)
            left += TextLabel.width(name) + 14
        }
        left += TextLabel.width(ends[0])
        elements.append(muted(TextLabel(ends[0], at: Point(x: left, y: middle), anchor: .end)))
        left += 6
        elements.append(ramp(heat, at: Point(x: left, y: middle - 6)))
        elements.append(muted(TextLabel(ends[1], at: Point(x: left + HeatLegend.ramp + 6, y: middle))))
        return elements
    }

    private func ramp(_ heat: HeatScale, at corner: Point) -> SVGElement {
        let step = HeatLegend.ramp / Double(HeatLegend.steps)
        let shapes = (0..<HeatLegend.steps).map { index in
            let box = Box(x: corner.x + Double(index) * step, y: corner.y, width: step, height: 12)
            let share = (Double(index) + 0.5) / Double(HeatLegend.steps)
            let number = heat.domain.lowerBound * (1 - share) + heat.domain.upperBound * share
            return SVGElement("rect", box.attributes + heat.fill(number))
        }
        return SVGElement("g", [("shape-rendering", "crispEdges")], shapes)
    }

    private func muted(_ label: TextLabel) -> SVGElement {
        var label = label
        label.color = ChartColor.muted.css
        return label.element
    }
}
