/// The shape of a point.
public enum PointSymbol: String, Sendable, CaseIterable {
    /// A disc.
    case circle
    /// A square that stands on a corner.
    case diamond
    /// A triangle that points up.
    case triangle
    /// A square.
    case square
    /// A cross of two slanted strokes.
    case cross
    /// A triangle that points down.
    case wedge

    /// The shapes in the order in which series get them.
    package static let all = allCases

    /// The shape around a point, with about the area of a disc of this radius.
    package func element(at center: Point, radius: Double, attributes: [(String, String)]) -> SVGElement {
        if self == .circle {
            let place = [("cx", center.x), ("cy", center.y), ("r", radius)]
            return SVGElement("circle", place.map { ($0, SVGNumber.text($1)) } + attributes)
        }
        let points = corners.map { Point(x: center.x + $0.0 * radius, y: center.y + $0.1 * radius) }
        let path = SVGPath(through: points, isClosed: true)
        return SVGElement("path", [("d", path.text)] + attributes)
    }

    private var corners: [(Double, Double)] {
        switch self {
        case .circle: []
        case .diamond: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
        case .triangle: [(0, -1.3), (1.25, 0.95), (-1.25, 0.95)]
        case .square: [(-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)]
        case .wedge: [(0, 1.3), (-1.25, -0.95), (1.25, -0.95)]
        case .cross:
            [
                (0, -0.5), (0.75, -1.25), (1.25, -0.75), (0.5, 0), (1.25, 0.75), (0.75, 1.25), (0, 0.5),
                (-0.75, 1.25), (-1.25, 0.75), (-0.5, 0), (-1.25, -0.75), (-0.75, -1.25),
            ]
        }
    }
}
