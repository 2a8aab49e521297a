/// One plot with its axes and marks.
package struct Panel: Sendable {
    /// The frame and the scales of the marks.
    package let plot: PlotArea
    /// The elements, back to front.
    package let elements: [SVGElement]
    /// The places that show their values.
    package let targets: [DatumTarget]
    /// The number of texts that found no place.
    package let unplaced: Int
    /// The plurals of marks thinner than a hairline: `bars`, `cells`.
    package let thin: [String]

    package init(
        _ scene: ChartScene,
        _ layers: [ChartContent.Layer],
        in frame: Box,
        vertical: VerticalAxis,
        horizontal: HorizontalAxis,
        overhang: Annotations.Overhang = Annotations.Overhang(),
        isAnnotated: Bool = true
    ) {
        let margin = scene.margin
        let plot = PlotArea(
            frame: frame,
            x: scene.x.scale(from: frame.x + margin, to: frame.right - margin),
            y: scene.y.scale(from: frame.bottom, to: frame.y),
            palette: scene.palette
        )
        var elements = scene.hasHorizontalGrid ? vertical.grid(in: plot) : []
        if scene.hasVerticalGrid { elements += horizontal.grid(in: plot) }
        elements += horizontal.elements(in: plot) + vertical.elements(in: plot)
        if scene.isEmpty {
            let message = TextLabel(
                scene.emptyMessage,
                at: frame.center,
                anchor: .middle,
                color: ChartColor.muted.css
            )
            elements += [Grid.outline(frame), message.element]
            (targets, unplaced, thin) = ([], 0, [])
        } else {
            let annotations = isAnnotated ? Annotations(layers, in: plot, overhang: overhang) : nil
            elements += SVGElement.group("marks", layers.flatMap { $0.kind.render($0.marks, plot) })
            elements += scene.zeroLine(in: plot)
            elements += annotations?.elements ?? []
            unplaced = annotations?.unplaced ?? 0
            thin = Panel.thin(layers, in: plot)
            targets = DatumTarget.all(layers, in: plot, share: 1 / Double(scene.facets.count))
        }
        self.plot = plot
        self.elements = elements
    }

    private static func thin(_ layers: [ChartContent.Layer], in plot: PlotArea) -> [String] {
        layers.compactMap { layer in
            layer.kind.isThin(layer.marks, plot) ? layer.kind.noun + "s" : nil
        }
    }
}

extension ChartScene {
    /// The room between the plot's sides and its outermost points.
    package var margin: Double {
        if case .category = x.kind { return 0 }
        return layers.contains { $0.kind.form == .scattered } ? 8 : 0
    }

    private var isHeatMap: Bool { palette.heat != nil && layers.contains { $0.kind.form == .cells } }

    /// Whether lines run across from the vertical axis's ticks.
    fileprivate var hasHorizontalGrid: Bool { !isHeatMap }

    /// Whether lines run up from the horizontal axis's ticks: for points, which are read along both axes, and for
    /// what lies on its side.
    fileprivate var hasVerticalGrid: Bool {
        if case .category = y.kind { return !isHeatMap }
        return layers.allSatisfy { $0.kind.form == .scattered }
    }

    /// The reason why nothing is shown.
    fileprivate var emptyMessage: String {
        layers.allSatisfy { $0.marks.isEmpty } ? "No data" : "No value can be shown"
    }

    /// A line at zero under bars and areas.
    fileprivate func zeroLine(in plot: PlotArea) -> [SVGElement] {
        let standing = layers.first { layer in layer.marks.allSatisfy { layer.kind.stance($0) != .free } }
        guard let standing, let mark = standing.marks.first else { return [] }
        let frame = plot.frame
        var path = SVGPath()
        if standing.kind.stance(mark).isLying {
            guard plot.x.accepts(0), x.range.contains(0) else { return [] }
            let zero = plot.x.position(0)
            path.append([Point(x: zero, y: frame.y), Point(x: zero, y: frame.bottom)])
        } else {
            guard plot.y.accepts(0), y.range.contains(0), plot.y.band == nil else { return [] }
            let zero = plot.y.position(0)
            path.append([Point(x: frame.x, y: zero), Point(x: frame.right, y: zero)])
        }
        return [SVGElement("path", [("d", path.text), ("stroke", ChartTheme.css(ChartTheme.axis))])]
    }
}
