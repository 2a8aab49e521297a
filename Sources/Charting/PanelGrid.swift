/// The plots of a chart in rows, with common axes: one plot, or one for each facet.
package struct PanelGrid: Sendable {
    /// The distance of plots side by side.
    private static let gap = 22.0
    /// The distance of plots one above the other, with an axis without words between them.
    private static let rise = 12.0

    /// All plots.
    package private(set) var elements: [SVGElement] = []
    /// The places that show their values.
    package private(set) var targets: [DatumTarget] = []
    /// Notes for the reader about texts that found no place, and marks that are hardly seen.
    package var notes: [String] {
        let close = thin.map { "Values lie so close that \($0) are thinner than a hairline." }
        guard unplaced > 0 else { return close }
        return close + [unplaced == 1 ? "1 label has no room." : "\(unplaced) labels have no room."]
    }
    /// The lower end of the lowest axis.
    package private(set) var bottom: Double

    private let scene: ChartScene
    private let columns: Int
    private let plotHeight: Double
    /// The room for a facet's name.
    private let strip: Double
    private let vertical: VerticalAxis
    private let sides: Sides
    private var unplaced = 0
    private var thin: [String] = []

    package init(_ scene: ChartScene, top: Double, width: Double, ends: LineEnds?) {
        self.scene = scene
        let count = scene.facets.count
        columns = min(count, count == 4 ? 2 : 3, max(1, Int(width / 150)))
        plotHeight = columns == 1 ? scene.chart.plotHeight : (scene.chart.plotHeight * 0.6).rounded()
        strip = scene.isFaceted ? Typography.line + 3 : 0
        vertical = VerticalAxis(scene.y, height: plotHeight)
        sides = Sides(scene, width: width, columns: columns, vertical: vertical, ends: ends)
        bottom = top + vertical.titleHeight + strip
        var y = bottom
        for first in stride(from: 0, to: count, by: columns) {
            for index in first..<min(first + columns, count) { addPlot(index, y: y, ends) }
            y += plotHeight + strip + PanelGrid.rise
        }
        if scene.isFaceted {
            let row = Box(
                x: sides.left,
                y: 0,
                width: width - sides.left - sides.right,
                height: bottom - sides.horizontal.height
            )
            elements += sides.horizontal.titleElements(under: row)
        }
    }

    /// Draws a facet, with the axes that its place in the grid calls for.
    private mutating func addPlot(_ index: Int, y: Double, _ ends: LineEnds?) {
        let (row, column) = (index / columns, index % columns)
        let x = sides.left + Double(column) * (sides.plotWidth + sides.gap)
        let frame = Box(x: x, y: y, width: sides.plotWidth, height: plotHeight)
        let facet = scene.facets[index]
        let isLowest = index + columns >= scene.facets.count
        let panel = Panel(
            scene,
            facet.layers,
            in: frame,
            vertical: column == 0 ? sides.vertical.titled(row == 0, above: strip) : vertical.bare,
            horizontal: isLowest ? sides.horizontal.titled(!scene.isFaceted) : sides.horizontal.bare,
            overhang: sides.overhang
        )
        elements += panel.elements + facet.strip(over: frame)
        targets += panel.targets
        unplaced += panel.unplaced
        thin += panel.thin.filter { !thin.contains($0) }
        bottom = frame.bottom + sides.horizontal.height
        if let trailing = scene.chart.trailing, !scene.isEmpty,
            column == columns - 1 || index == scene.facets.count - 1
        {
            elements += trailing.elements(
                vertical.values,
                in: panel.plot,
                rise: VerticalAxis.titleRise + strip,
                isTitled: row == 0
            )
        }
        if let range = scene.chart.inset, !scene.isFaceted, !scene.isEmpty {
            let inset = range.drawn(range, scene, panel.plot, bottom)
            elements += inset.elements
            bottom += inset.heightBelow
        }
        if index == 0, let ends { elements += SVGElement.group("legend", ends.elements(at: frame)) }
    }

    /// The room left and right of the plots, which their width follows from, and the axes that fit it.
    private struct Sides: Sendable {
        var left: Double
        var right: Double
        /// The distance of plots side by side.
        var gap = PanelGrid.gap
        var plotWidth = 0.0
        /// The room for the texts of lying bars.
        var overhang = Annotations.Overhang()
        var vertical: VerticalAxis
        var horizontal: HorizontalAxis

        init(_ scene: ChartScene, width: Double, columns: Int, vertical: VerticalAxis, ends: LineEnds?) {
            let trailing = scene.isEmpty ? nil : scene.chart.trailing
            self.vertical = vertical
            left = vertical.width
            let limit = (width - left) / 3 / Double(columns)
            overhang = Annotations.Overhang(scene, plotWidth: width).limited(to: limit)
            right = max(
                ends?.width ?? trailing.map { $0.width(vertical.values) + 2 } ?? 10,
                overhang.right
            )
            horizontal = HorizontalAxis(scene.x, width: width)
            // Labels that reach beyond the plot make it narrower, which can change the labels, but hardly twice.
            for _ in 0..<3 {
                if columns > 1 { gap = max(PanelGrid.gap, overhang.left + overhang.right) }
                plotWidth = (width - left - right - gap * Double(columns - 1)) / Double(columns)
                horizontal = HorizontalAxis(scene.x, width: plotWidth, mayLean: columns == 1)
                let beyond = horizontal.overhang(scene.x, width: plotWidth)
                overhang.left = Annotations.Overhang(scene, plotWidth: plotWidth).limited(to: limit).left
                let needed = (
                    left: max(vertical.width + overhang.left, beyond.left + 2),
                    right: beyond.right + 2
                )
                if needed.left <= left, needed.right <= right { break }
                left = max(left, needed.left)
                right = max(right, needed.right)
            }
            self.vertical = vertical.indented(by: overhang.left)
        }
    }
}

extension ChartScene.Facet {
    /// The facet's name above its plot.
    fileprivate func strip(over frame: Box) -> [SVGElement] {
        guard let name else { return [] }
        let fitting = TextFitting.truncated(name, to: frame.width / Typography.roomy, bold: true)
        let label = TextLabel(
            fitting,
            at: Point(x: frame.x, y: frame.y - Typography.line / 2 - 2),
            isBold: true
        )
        return [label.element]
    }
}
