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
            return TextLabel(
                line,
                at: Point(x: 2, y: 13 + Double(index) * 23),
                size: Typography.title,
                isBold: true
            ).element
        }
    }
}

/// Notes for the reader under a drawing, such as those about values that are not drawn.
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
            return TextLabel(
                line,
                at: Point(x: 2, y: middle),
                size: Typography.small,
                color: ChartTheme.css(ChartTheme.muted)
            ).element
        }
    }
}
