/// The `d` of a path, built command by command.
///
/// Places are written as steps from the one before, which are short and alike. Steps are taken between rounded places,
/// so that no error adds up.
public struct SVGPath: Sendable {
    private var bytes: [UInt8] = []
    /// The position of the pen, in hundredths.
    private var pen: (x: Int64, y: Int64) = (0, 0)
    /// The position where it was last set down.
    private var start: (x: Int64, y: Int64) = (0, 0)

    /// An empty path.
    public init() {}

    /// A path of straight lines through some points, closed or not.
    public init(through points: some Sequence<Point>, isClosed: Bool = false) {
        append(points, isClosed: isClosed)
    }

    /// Adds straight lines through some points, closed or not.
    package mutating func append(_ points: some Sequence<Point>, isClosed: Bool = false) {
        for (index, point) in points.enumerated() {
            if index == 0 { move(to: point) } else { line(to: point) }
        }
        if isClosed { close() }
    }

    /// The text of the path.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether nothing was drawn yet.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Lifts the pen and sets it down at a point.
    public mutating func move(to point: Point) {
        pen = (0, 0)
        pen = append("M", point)
        start = pen
    }

    /// Draws a straight line to a point.
    public mutating func line(to point: Point) { pen = append("l", point) }

    /// Draws a cubic Bézier curve to a point.
    public mutating func curve(to point: Point, _ control1: Point, _ control2: Point) {
        _ = append("c", control1)
        _ = append(" ", control2)
        pen = append(" ", point)
    }

    /// Draws a quadratic Bézier curve to a point.
    public mutating func curve(to point: Point, _ control: Point) {
        _ = append("q", control)
        pen = append(" ", point)
    }

    /// Draws a line back to where the pen was last set down.
    public mutating func close() {
        bytes.append(UInt8(ascii: "Z"))
        pen = start
    }

    /// Writes the step to a point, and returns the place of the point.
    private mutating func append(_ command: Unicode.Scalar, _ point: Point) -> (x: Int64, y: Int64) {
        let place = (x: SVGNumber.hundredths(point.x), y: SVGNumber.hundredths(point.y))
        bytes.append(UInt8(ascii: command))
        SVGNumber.append(hundredths: place.x - pen.x, to: &bytes)
        bytes.append(UInt8(ascii: ","))
        SVGNumber.append(hundredths: place.y - pen.y, to: &bytes)
        return place
    }
}
