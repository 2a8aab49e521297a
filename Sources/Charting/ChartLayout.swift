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
        let ends =
            scene.chart.trailing == nil ? LineEnds(scene, in: ChartLayout.rough(scene, width: width)) : nil
        let legend = ends == nil ? Legend(scene, top: heading.height, width: width) : nil
        let top = heading.height + (legend?.height ?? 0)
        let colors = HeatLegend(scene.palette.heat, top: top, width: width)
        let body = PanelGrid(scene, top: top + colors.height, width: width, ends: ends)
        let notes = Notes(scene.notes, top: body.bottom, width: width)
        height = (body.bottom + notes.height).rounded(.up)
        let targets = body.targets.map { $0.element(width: width) }
        elements =
            heading.elements + SVGElement.group("legend", (legend?.elements ?? []) + colors.elements)
            + body.elements + notes.elements + targets
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

/// The plots of a chart in rows, with common axes: one plot, or one for each facet.
package struct PanelGrid: Sendable {
    /// All plots.
    package private(set) var elements: [SVGElement] = []
    /// The places that show their values.
    package private(set) var targets: [DatumTarget] = []
    /// Where the lowest axis ends.
    package private(set) var bottom: Double

    package init(_ scene: ChartScene, top: Double, width: Double, ends: LineEnds?) {
        let facets = scene.facets
        let columns = min(facets.count, facets.count == 4 ? 2 : 3, max(1, Int(width / 150)))
        let rows = (facets.count + columns - 1) / max(1, columns)
        let plotHeight = columns == 1 ? scene.chart.plotHeight : (scene.chart.plotHeight * 0.6).rounded()
        let vertical = VerticalAxis(scene.y, height: plotHeight)
        let gap = 16.0
        let trailing = scene.isEmpty ? nil : scene.chart.trailing
        let rough = (width - vertical.width - 10 - gap * Double(columns - 1)) / Double(columns)
        let overhang = HorizontalAxis(scene.x, width: rough).overhang(scene.x, width: rough)
        let left = max(vertical.width, overhang.left + 2)
        let measured = trailing.map { $0.width(vertical.values) + 2 }
        let right = max(ends?.width ?? measured ?? 10, overhang.right + 2, Annotations.overhang(scene.layers))
        let plotWidth = (width - left - right - gap * Double(columns - 1)) / Double(columns)
        let horizontal = HorizontalAxis(scene.x, width: plotWidth)
        let strip = scene.isFaceted ? Typography.line + 3 : 0

        var y = top + vertical.titleHeight + strip
        bottom = y
        for row in 0..<rows {
            for column in 0..<columns where row * columns + column < facets.count {
                let index = row * columns + column
                let x = left + Double(column) * (plotWidth + gap)
                let frame = Box(x: x, y: y, width: plotWidth, height: plotHeight)
                let isLowest = index + columns >= facets.count
                let panel = Panel(
                    scene,
                    facets[index].layers,
                    in: frame,
                    vertical: column == 0 ? vertical.titled(row == 0, above: strip) : vertical.bare,
                    horizontal: isLowest ? horizontal.titled(!scene.isFaceted) : horizontal.bare
                )
                elements += panel.elements + facets[index].strip(over: frame)
                if let trailing, column == columns - 1 || index == facets.count - 1 {
                    elements += trailing.elements(
                        vertical.values,
                        in: panel.plot,
                        rise: VerticalAxis.titleRise + strip,
                        isTitled: row == 0
                    )
                }
                targets += panel.targets
                bottom = frame.bottom + horizontal.height
                if let inset = scene.chart.inset, !scene.isFaceted, !scene.isEmpty {
                    let inset = Inset(inset, of: scene, in: panel.plot, below: bottom)
                    elements += inset.elements
                    bottom += inset.heightBelow
                }
                if column == 0 && row == 0, let ends {
                    elements += SVGElement.group("legend", ends.elements(at: frame))
                }
            }
            y += plotHeight + strip + 12
        }
        if scene.isFaceted {
            let row = Box(x: left, y: 0, width: width - left - right, height: bottom - horizontal.height)
            elements += horizontal.titleElements(under: row)
        }
    }
}

extension ChartScene.Facet {
    /// The facet's name above its plot.
    fileprivate func strip(over frame: Box) -> [SVGElement] {
        guard let name else { return [] }
        let fitting = TextFitting.truncated(name, to: frame.width / Typography.roomy, bold: true)
        var label = TextLabel(fitting, at: Point(x: frame.x, y: frame.y - Typography.line / 2 - 2))
        label.isBold = true
        return [label.element]
    }
}
