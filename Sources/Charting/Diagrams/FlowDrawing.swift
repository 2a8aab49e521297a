/// A flow diagram with everything in its place.
package struct FlowDrawing: Sendable {
    package let width: Double
    package let height: Double
    package let elements: [SVGElement]

    package init(_ graph: FlowGraph, title: String) {
        let heading = Heading(title, width: ChartLayout.width)
        guard !graph.steps.isEmpty else {
            var message = TextLabel(
                "No steps",
                at: Point(x: ChartLayout.width / 2, y: heading.height + 20),
                anchor: .middle
            )
            message.color = ChartColor.muted.css
            width = ChartLayout.width
            height = heading.height + 40
            elements = heading.elements + [message.element]
            return
        }
        var placement = FlowPlacement(graph)
        let left = placement.boxes.map { $0.box.x }.min() ?? 0
        let bends = placement.middles.values.map { $0 - 8 }.min() ?? 0
        placement.shift(by: 4 - min(left, bends))
        let rough = FlowRoutes(graph, placement, top: heading.height + 6)
        let labels = rough.labels.map { $0.box.x }.min() ?? 0
        let overhang = max(0, 4 - labels)
        let content = rough.right + overhang + 4
        width = max(ChartLayout.width, content).rounded(.up)
        placement.shift(by: overhang + max(0, (width - content) / 2).rounded(.down))
        let routes = FlowRoutes(graph, placement, top: heading.height + 6)
        height = (routes.bottom + 8).rounded(.up)
        elements =
            heading.elements + routes.ways.flatMap { DiagramShape.arrow($0) }
            + routes.placement.boxes.flatMap { $0.elements } + routes.labels.map { $0.element }
    }
}
