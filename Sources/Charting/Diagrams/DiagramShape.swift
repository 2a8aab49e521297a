/// The shapes that diagrams are made of.
package enum DiagramShape {
    /// A line along corners, which are rounded, with an arrowhead at its end.
    package static func arrow(
        _ points: [Point],
        color: String = ChartColor.muted.css,
        width: Double = 1.5,
        hasHead: Bool = true
    ) -> [SVGElement] {
        guard points.count > 1, let tip = points.last else { return [] }
        let before = points[points.count - 2]
        let length = distance(before, tip)
        var ends = points
        if hasHead && length > 0 {
            let t = max(0, length - 5) / length
            ends[ends.count - 1] = between(before, tip, t)
        }
        let line = SVGElement(
            "path",
            [
                ("d", rounded(ends).text), ("fill", "none"), ("stroke", color),
                ("stroke-width", SVGNumber.text(width)),
            ]
        )
        return hasHead && length > 0 ? [line, head(at: tip, from: before, color: color)] : [line]
    }

    /// A triangle that points at `tip`.
    private static func head(at tip: Point, from before: Point, color: String) -> SVGElement {
        let length = max(distance(before, tip), 1e-9)
        let (ux, uy) = ((tip.x - before.x) / length, (tip.y - before.y) / length)
        let base = Point(x: tip.x - 8 * ux, y: tip.y - 8 * uy)
        let (left, right) = (
            Point(x: base.x - 4 * uy, y: base.y + 4 * ux), Point(x: base.x + 4 * uy, y: base.y - 4 * ux)
        )
        let path = SVGPath(through: [tip, left, right], isClosed: true)
        return SVGElement("path", [("d", path.text), ("fill", color)])
    }

    private static func rounded(_ points: [Point]) -> SVGPath {
        var path = SVGPath()
        path.move(to: points[0])
        for index in points.indices.dropFirst() {
            let corner = points[index]
            guard index + 1 < points.count else {
                path.line(to: corner)
                break
            }
            let (before, after) = (points[index - 1], points[index + 1])
            let radius = min(7, distance(before, corner) / 2, distance(corner, after) / 2)
            guard radius > 0.5 else {
                path.line(to: corner)
                continue
            }
            path.line(to: between(corner, before, radius / distance(before, corner)))
            path.curve(to: between(corner, after, radius / distance(corner, after)), corner)
        }
        return path
    }

    private static func between(_ from: Point, _ to: Point, _ t: Double) -> Point {
        Point(x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y))
    }

    private static func distance(_ from: Point, _ to: Point) -> Double {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// A rectangle with rounded corners, lightly filled with its color.
    package static func box(_ box: Box, color: String, radius: Double = 6) -> SVGElement {
        SVGElement("rect", box.attributes + [("rx", SVGNumber.text(radius))] + look(color))
    }

    /// A shape around corners, lightly filled with its color.
    package static func polygon(_ corners: [Point], color: String) -> SVGElement {
        SVGElement("path", [("d", SVGPath(through: corners, isClosed: true).text)] + look(color))
    }

    /// A disc, lightly filled with its color.
    package static func disc(at center: Point, radius: Double, color: String) -> SVGElement {
        PointSymbol.circle.element(at: center, radius: radius, attributes: look(color))
    }

    private static func look(_ color: String) -> [(String, String)] {
        [("fill", color), ("fill-opacity", "0.1"), ("stroke", color), ("stroke-width", "1.5")]
    }
}
