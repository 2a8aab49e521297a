/// A text at two values.
///
///     TextMark("overfits from here", x: .value("Epoch", 40), y: .value("Loss", 0.2))
public struct TextMark: Mark {
    /// The values and the style that the mark was given.
    public var channels: MarkChannels

    /// A text whose middle is at two values; near an edge it moves inward.
    public init(_ text: String, x: PlottableValue, y: PlottableValue) {
        channels = MarkChannels(x: x, y: y)
        channels.text = text
    }

    /// The kind of texts.
    public static let kind = MarkKind(TextMark.self)

    /// Draws the texts with a rim in the page's color.
    @export(interface)
    public static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        marks.compactMap { mark in
            guard let point = plot.visiblePoint(mark), let text = mark.text, !text.isEmpty else { return nil }
            let fitting = TextFitting.truncated(text, to: (plot.frame.width - 4) / Typography.roomy)
            let half = TextLabel.width(fitting) / 2
            let place = Point(
                x: min(max(point.x, plot.frame.x + half + 2), plot.frame.right - half - 2),
                y: min(max(point.y, plot.frame.y + 10), plot.frame.bottom - 10)
            )
            var label = TextLabel(fitting, at: place, anchor: .middle)
            label.hasHalo = true
            if mark.color != nil || mark.style.color != nil { label.color = plot.color(mark) }
            return label.element
        }
    }
}
