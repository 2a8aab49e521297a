/// The places of a chart's parts: title, legend, plot with its axes, and notes.
package struct ChartLayout: Sendable {
    /// The width of a chart that stands alone.
    package static let width = 480.0

    /// The height of the whole.
    package let height: Double
    /// All parts, back to front.
    package let elements: [SVGElement]

    package init(_ scene: ChartScene, width: Double = ChartLayout.width) {
        let heading = Heading(scene.chart.title, width: width)
        let ends = scene.chart.shared?.hasLegend == true ? nil : ChartLayout.lineEnds(scene, width: width)
        let legend = ends == nil ? Legend(scene, top: heading.height, width: width) : nil
        let top = heading.height + (legend?.height ?? 0)
        let colors = HeatLegend(scene.palette.heat, top: top, width: width)
        let body = PanelGrid(scene, top: top + colors.height, width: width, ends: ends)
        let notes = Notes(scene.notes + body.notes, top: body.bottom, width: width)
        height = (body.bottom + notes.height).rounded(.up)
        let targets = body.targets.map { $0.element(width: width) }
        elements =
            heading.elements + SVGElement.group("legend", (legend?.elements ?? []) + colors.elements)
            + body.elements + notes.elements + targets
    }

    /// The names at the ends of lines, where they can stand there in place of a legend.
    static func lineEnds(_ scene: ChartScene, width: Double = ChartLayout.width) -> LineEnds? {
        scene.chart.trailing == nil ? LineEnds(scene, in: rough(scene, width: width)) : nil
    }

    /// The plot as it would be without names at the ends of lines, with its upper left corner at zero.
    private static func rough(_ scene: ChartScene, width: Double) -> PlotArea {
        let left = VerticalAxis(scene.y, height: scene.chart.plotHeight).width
        let frame = Box(x: 0, y: 0, width: width - left - 10, height: scene.chart.plotHeight)
        return PlotArea(
            frame: frame,
            x: scene.x.scale(from: scene.margin, to: frame.width - scene.margin),
            y: scene.y.scale(from: frame.height, to: 0),
            palette: scene.palette
        )
    }
}
