/// Lines through the points of a series, reduced to what can be seen and cut at the edges of the plot.
package struct LinePath: Sendable {
    /// The places of a series, broken where a mark has no place or a loop turned back.
    package static func runs(_ series: [MarkChannels], in plot: PlotArea) -> [[Point]] {
        var runs: [[Point]] = []
        var current: [Point] = []
        var loop = 0
        for mark in series {
            guard let point = plot.point(mark) else {
                if !current.isEmpty { runs.append(current) }
                current = []
                continue
            }
            if mark.run != loop, let last = current.last, point.x <= last.x {
                runs.append(current)
                current = []
            }
            loop = mark.run
            current.append(point)
        }
        if !current.isEmpty { runs.append(current) }
        return runs
    }

    /// The lines through the points of all series, within the plot.
    package static func coverage(of marks: [MarkChannels], in plot: PlotArea) -> [Coverage] {
        plot.series(marks).flatMap { runs($0, in: plot) }.flatMap { run in
            clipped(run.count == 1 ? [run[0], run[0]] : reduced(run), to: plot.frame).map { .line($0) }
        }
    }

    /// The path through several points of a run.
    package static func append(
        _ run: [Point],
        _ method: InterpolationMethod,
        in frame: Box,
        to path: inout SVGPath
    ) {
        let points = reduced(run)
        let edges = frame.grown(by: 0.01)
        guard points.allSatisfy(edges.contains) else {
            for piece in clipped(method.flattened(points), to: frame) { path.append(piece) }
            return
        }
        if method == .monotone, let slopes = InterpolationMethod.slopes(points) {
            path.move(to: points[0])
            for index in 1..<points.count {
                let (from, to) = (points[index - 1], points[index])
                let third = (to.x - from.x) / 3
                let start = Point(x: from.x + third, y: from.y + slopes[index - 1] * third)
                path.curve(to: to, start, Point(x: to.x - third, y: to.y - slopes[index] * third))
            }
        } else {
            path.append(method.flattened(points))
        }
    }

    /// The first, lowest, highest and last point of each unit of width, for lines with more points than that.
    ///
    /// A line through these covers the same pixels (Jugel et al., "M4: A visualization-oriented time series data
    /// aggregation", 2014). Lines that do not run from left to right stay whole.
    package static func reduced(_ run: [Point]) -> [Point] {
        guard run.count > 1000, zip(run, run.dropFirst()).allSatisfy({ $0.x <= $1.x }) else { return run }
        var kept: [Point] = []
        var start = run.startIndex
        while start < run.endIndex {
            let column = run[start].x.rounded(.down)
            var end = start
            var low = start
            var high = start
            while end < run.endIndex, run[end].x.rounded(.down) == column {
                if run[end].y < run[low].y { low = end }
                if run[end].y > run[high].y { high = end }
                end += 1
            }
            var last = -1
            for index in [start, min(low, high), max(low, high), end - 1] where index > last {
                kept.append(run[index])
                last = index
            }
            start = end
        }
        return kept
    }

    /// The pieces of a polygonal line within a frame.
    package static func clipped(_ points: [Point], to frame: Box) -> [[Point]] {
        var pieces: [[Point]] = []
        for (from, to) in zip(points, points.dropFirst()) {
            guard let (start, end) = clipped(from, to, to: frame) else { continue }
            if let last = pieces.last?.last, last == start {
                pieces[pieces.count - 1].append(end)
            } else {
                pieces.append([start, end])
            }
        }
        return pieces
    }

    /// The part of a segment within a frame (Liang and Barsky).
    private static func clipped(_ from: Point, _ to: Point, to frame: Box) -> (Point, Point)? {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        var (enter, leave) = (0.0, 1.0)
        let edges = [
            (-dx, from.x - frame.x), (dx, frame.right - from.x), (-dy, from.y - frame.y),
            (dy, frame.bottom - from.y),
        ]
        for (speed, distance) in edges {
            if speed == 0 && distance < 0 { return nil }
            if speed < 0 { enter = max(enter, distance / speed) }
            if speed > 0 { leave = min(leave, distance / speed) }
        }
        guard enter <= leave else { return nil }
        let place = { (t: Double) in
            t == 0 ? from : t == 1 ? to : Point(x: from.x + t * dx, y: from.y + t * dy)
        }
        return (place(enter), place(leave))
    }
}
