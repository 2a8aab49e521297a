/// Where marks are drawn: a frame, the scales that place values in it, and the colors that stand for them.
public struct PlotArea: Sendable {
    /// The rectangle that the axes enclose.
    public let frame: Box
    /// The scale of horizontal values.
    public let x: Scale
    /// The scale of vertical values.
    public let y: Scale
    package let palette: Palette

    package init(frame: Box, x: Scale, y: Scale, palette: Palette) {
        self.frame = frame
        self.x = x
        self.y = y
        self.palette = palette
    }

    /// The place of a mark's `x` and `y`, or nothing when one is missing, not finite or off its scale.
    public func point(_ mark: MarkChannels) -> Point? {
        guard let x = mark.x.flatMap({ x.position($0.datum) }),
            let y = mark.y.flatMap({ y.position($0.datum) })
        else { return nil }
        return Point(x: x, y: y)
    }

    /// The place of a mark, if it lies in the frame.
    public func visiblePoint(_ mark: MarkChannels) -> Point? {
        point(mark).flatMap { frame.grown(by: 0.01).contains($0) ? $0 : nil }
    }

    /// The color of a mark as CSS.
    public func color(_ mark: MarkChannels) -> String { palette.color(mark) }

    /// The marks series by series, in the order in which the series first appear.
    public func series(_ marks: [MarkChannels]) -> [[MarkChannels]] {
        var places: [SeriesKey: Int] = [:]
        var series: [[MarkChannels]] = []
        for mark in marks {
            let key = SeriesKey(mark)
            if let place = places[key] {
                series[place].append(mark)
            } else {
                places[key] = series.count
                series.append([mark])
            }
        }
        return series
    }
}

/// What makes marks belong together.
package struct SeriesKey: Hashable {
    private let color: Datum?
    private let symbol: Datum?
    private let series: Datum?
    private let style: MarkStyle

    package init(_ mark: MarkChannels) {
        if case .category? = mark.color?.datum { color = mark.color?.datum } else { color = nil }
        symbol = mark.symbol?.datum
        series = mark.series?.datum
        style = mark.style
    }
}
