/// A step's box, as large as its texts and its arrows need.
package struct FlowBox: Sendable {
    private static let line = Typography.line
    private static let slant = 11.0
    private static let widest = 230.0

    private let lines: [String]
    private let details: [String]
    private let shape: FlowStep.Shape
    /// The box's frame; its origin is set after its size.
    package var box: Box

    /// - Parameter ports: The width that the arrows out of or into the box need.
    package init(_ step: FlowStep, ports: Double) {
        let room = FlowBox.widest / Typography.roomy
        lines = TextFitting.wrapped(step.name, to: room, limit: 4, bold: true)
        details = TextFitting.wrapped(step.detail, to: room / Typography.small, limit: 4)
        shape = step.shape
        let widths =
            lines.map { TextLabel.width($0, isBold: true) }
            + details.map { TextLabel.width($0, size: Typography.small) }
        let padding = shape == .process || shape == .memory ? 24.0 : 46
        let width = max((widths.max() ?? 0) + padding, ports + 28, 64)
        let height = Double(lines.count + details.count) * FlowBox.line + 16
        box = Box(x: 0, y: 0, width: width.rounded(.up), height: max(height, 35))
    }

    /// The right side at a share of half the height above or below the middle.
    package func right(at offset: Double) -> Double {
        switch shape {
        case .process, .memory: box.right
        case .terminal: box.right - box.height / 2 * (1 - (1 - offset * offset).squareRoot())
        case .data: box.right - FlowBox.slant * (1 + offset) / 2
        case .decision: box.right - FlowBox.slant * offset.magnitude
        }
    }

    /// The shape and the texts in it.
    package var elements: [SVGElement] {
        let count = Double(lines.count + details.count)
        let texts = (lines + details).enumerated().map { index, line in
            let middle = box.center.y + (Double(index) - (count - 1) / 2) * FlowBox.line
            var label = TextLabel(line, at: Point(x: box.center.x, y: middle), anchor: .middle)
            label.isBold = index < lines.count
            if index >= lines.count {
                label.size = Typography.small
                label.color = ChartColor.muted.css
            }
            return label.element
        }
        return SVGElement.group("node", [outline] + texts)
    }

    private var outline: SVGElement {
        switch shape {
        case .process: return DiagramShape.box(box, color: ChartColor.series(0).css)
        case .memory: return DiagramShape.box(box, color: ChartColor.series(1).css)
        case .terminal: return DiagramShape.box(box, color: ChartColor.series(2).css, radius: box.height / 2)
        case .data:
            let corners = [
                Point(x: box.x + FlowBox.slant, y: box.y), Point(x: box.right, y: box.y),
                Point(x: box.right - FlowBox.slant, y: box.bottom), Point(x: box.x, y: box.bottom),
            ]
            return DiagramShape.polygon(corners, color: ChartColor.series(4).css)
        case .decision:
            let corners = [
                Point(x: box.x + FlowBox.slant, y: box.y), Point(x: box.right - FlowBox.slant, y: box.y),
                Point(x: box.right, y: box.center.y), Point(x: box.right - FlowBox.slant, y: box.bottom),
                Point(x: box.x + FlowBox.slant, y: box.bottom), Point(x: box.x, y: box.center.y),
            ]
            return DiagramShape.polygon(corners, color: ChartColor.series(3).css)
        }
    }
}
