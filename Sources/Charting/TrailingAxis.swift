/// Another measure of the vertical values, at the right of a plot: perplexity beside loss, degrees beside kelvins.
package struct TrailingAxis: Sendable {
    private static let gap = 8.0

    package var title: String
    package var measure: @Sendable (Double) -> Double

    /// The labels of some values; nothing where the measure is not finite.
    private func labels(_ values: [Double]) -> [String] {
        let measured = values.map(measure)
        let finite = measured.filter { $0.isFinite }
        let digits = NumberText.digitsToTell(finite.min() ?? 0, from: finite.max() ?? 0)
        return measured.map { $0.isFinite ? NumberText.significant($0, min(digits, 6)) : "" }
    }

    /// The room for the labels, right of the plot.
    package func width(_ values: [Double]) -> Double {
        (labels(values).map { TextLabel.width($0) }.max() ?? 0) + TrailingAxis.gap
    }

    /// The labels beside values, and the title above them.
    ///
    /// - Parameter rise: The height of the title above the plot.
    package func elements(_ values: [Double], in plot: PlotArea, rise: Double, isTitled: Bool) -> [SVGElement]
    {
        let room = width(values)
        var texts = zip(values, labels(values)).map { value, label in
            TextLabel(
                label,
                at: Point(x: plot.frame.right + TrailingAxis.gap, y: plot.y.position(value)),
                color: ChartColor.muted.css
            )
        }
        if isTitled {
            let fitting = TextFitting.truncated(title, to: plot.frame.right / 2 / Typography.roomy)
            let place = Point(x: plot.frame.right + room, y: plot.frame.y - rise)
            texts.append(TextLabel(fitting, at: place, anchor: .end, color: ChartColor.muted.css))
        }
        return texts.filter { !$0.text.isEmpty }.map { $0.element }
    }
}
