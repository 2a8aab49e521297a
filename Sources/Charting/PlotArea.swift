/// A frame for marks, with the scales that place values in it and the colors that stand for them.
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

    /// The rectangle that a mark covers within the frame: its reach, the band of a category, or the whole width or
    /// height where it has no value. Nothing when a value has no place or the rectangle lies outside.
    public func box(_ mark: MarkChannels) -> Box? {
        guard
            let (left, right) = PlotArea.span(mark.x, mark.xEnd, mark.xReach, on: x, (frame.x, frame.right)),
            let (top, bottom) = PlotArea.span(mark.y, mark.yEnd, mark.yReach, on: y, (frame.y, frame.bottom))
        else { return nil }
        return Box(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// The length of an axis that a cell takes, before the frame cuts it: its reach, or the band of a category.
    package static func extent(_ reach: Reach?, on scale: Scale) -> Double {
        reach.map { (scale.position($0.end) - scale.position($0.start)).magnitude } ?? scale.band ?? .infinity
    }

    private static func span(
        _ start: PlottableValue?,
        _ end: PlottableValue?,
        _ reach: Reach?,
        on scale: Scale,
        _ frame: (Double, Double)
    ) -> (Double, Double)? {
        var ends: (Double, Double)
        if let reach {
            ends = (scale.clamped(reach.start), scale.clamped(reach.end))
        } else if let start {
            guard let from = scale.position(start.datum) else { return nil }
            let half = end == nil ? (scale.band ?? 0) / 2 : 0
            guard let to = end.map({ scale.position($0.datum) }) ?? from else { return nil }
            ends = (min(from, to) - half, max(from, to) + half)
        } else if let end {
            guard let to = scale.position(end.datum) else { return nil }
            ends = (scale.start, to)
        } else {
            ends = frame
        }
        ends = (min(ends.0, ends.1), max(ends.0, ends.1))
        guard ends.1 >= frame.0 - 0.01, ends.0 <= frame.1 + 0.01 else { return nil }
        return (max(ends.0, frame.0), min(ends.1, frame.1))
    }

    /// The color of a mark as CSS.
    public func color(_ mark: MarkChannels) -> String { palette.color(mark) }

    /// The marks series by series, in the order in which the series first appear.
    public func series(_ marks: [MarkChannels]) -> [[MarkChannels]] {
        if marks.allSatisfy({ $0.isPlain }) { return marks.isEmpty ? [] : [marks] }
        var places = [SeriesKey: Int]()
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

/// The color, symbol, series and style that marks of one series share.
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
