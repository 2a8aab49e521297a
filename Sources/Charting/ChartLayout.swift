/// The places of a chart's parts: title, legend, plot with its axes, and notes.
package struct ChartLayout: Sendable {
    /// The width of every chart.
    package static let width = 560.0

    /// The height of the whole.
    package let height: Double
    /// All parts, back to front.
    package let elements: [SVGElement]

    package init(_ scene: ChartScene) {
        let width = ChartLayout.width
        let heading = Heading(scene.chart.title, width: width)
        let legend = Legend(scene, top: heading.height, width: width)
        let vertical = VerticalAxis(scene.y, height: scene.chart.plotHeight)
        let left = vertical.width
        let rough = width - left - 10
        let horizontal = HorizontalAxis(scene.x, width: rough)
        let right = max(10, horizontal.overhang(scene.x, width: rough) + 2)
        let frame = Box(
            x: left,
            y: heading.height + legend.height + vertical.titleHeight,
            width: width - left - right,
            height: scene.chart.plotHeight
        )
        let margin = scene.margin
        let plot = PlotArea(
            frame: frame,
            x: scene.x.scale(from: frame.x + margin, to: frame.right - margin),
            y: scene.y.scale(from: frame.bottom, to: frame.y),
            palette: scene.palette
        )
        let notes = Notes(scene.notes, top: frame.bottom + horizontal.height, width: width)
        height = (frame.bottom + horizontal.height + notes.height).rounded(.up)

        var elements = heading.elements + legend.elements
        elements += vertical.grid(in: plot) + (scene.isScatter ? horizontal.grid(in: plot) : [])
        elements += horizontal.elements(in: plot) + vertical.elements(in: plot)
        if scene.isEmpty {
            var message = TextLabel(scene.emptyMessage, at: frame.center, anchor: .middle)
            message.color = ChartTheme.css(ChartTheme.muted)
            message.hasHalo = true
            elements += [Grid.outline(frame), message.element]
        } else {
            elements += scene.layers.flatMap { $0.kind.render($0.marks, in: plot) }
            elements += DatumTarget.all(scene, in: plot).map(\.element)
        }
        self.elements = elements + notes.elements
    }
}

/// A title above a drawing, in two lines at most.
package struct Heading: Sendable {
    private let lines: [String]

    package init(_ title: String, width: Double) {
        let room = (width - 4) / Typography.roomy / Typography.title
        lines = TextFitting.wrapped(title, to: room, limit: 2, bold: true)
    }

    /// The room for the title and the gap under it.
    package var height: Double { lines.isEmpty ? 4 : Double(lines.count) * 23 + 8 }

    /// The lines.
    package var elements: [SVGElement] {
        lines.enumerated().map { index, line in
            var label = TextLabel(line, at: Point(x: 2, y: 13 + Double(index) * 23))
            label.size = Typography.title
            label.isBold = true
            return label.element
        }
    }
}

/// What a reader must know of values that are not drawn, under a drawing.
package struct Notes: Sendable {
    private let lines: [String]
    private let top: Double

    package init(_ notes: [String], top: Double, width: Double) {
        self.top = top
        let room = (width - 4) / Typography.roomy / Typography.small
        lines = notes.flatMap { TextFitting.wrapped($0, to: room, limit: 2) }
    }

    /// The room for all lines.
    package var height: Double { lines.isEmpty ? 2 : Double(lines.count) * Typography.line + 6 }

    /// The lines.
    package var elements: [SVGElement] {
        lines.enumerated().map { index, line in
            let middle = top + (Double(index) + 0.5) * Typography.line + 2
            var label = TextLabel(line, at: Point(x: 2, y: middle))
            label.size = Typography.small
            label.color = ChartTheme.css(ChartTheme.muted)
            return label.element
        }
    }
}

extension AxisDomain {
    /// The scale over this domain between two places; a reversed axis swaps them.
    package func scale(from start: Double, to end: Double) -> Scale {
        var scale = Scale(kind, domain: range, start: isReversed ? end : start, end: isReversed ? start : end)
        scale.isWhole = isWhole
        return scale
    }
}

extension ChartScene {
    /// The room between the plot's sides and its outermost points.
    fileprivate var margin: Double {
        x.kind == .linear || x.kind == .log ? (layers.allSatisfy { $0.kind == LineMark.self } ? 0 : 8) : 0
    }

    /// Whether points alone are shown, which are read along both axes.
    fileprivate var isScatter: Bool { layers.allSatisfy { $0.kind == PointMark.self } }

    /// Why nothing is shown.
    fileprivate var emptyMessage: String {
        layers.allSatisfy(\.marks.isEmpty) ? "No data" : "No value can be shown"
    }
}
