/// The `d` of a path, built command by command.
public struct SVGPath: Sendable {
    private var bytes: [UInt8] = []

    /// An empty path.
    public init() {}

    /// The text of the path.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether nothing was drawn yet.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Lifts the pen and sets it down at a point.
    public mutating func move(to point: Point) { append("M", point) }

    /// Draws a straight line to a point.
    public mutating func line(to point: Point) { append("L", point) }

    /// Draws a cubic Bézier curve to a point.
    public mutating func curve(to point: Point, _ control1: Point, _ control2: Point) {
        append("C", control1)
        append(" ", control2)
        append(" ", point)
    }

    /// Draws a quadratic Bézier curve to a point.
    public mutating func curve(to point: Point, _ control: Point) {
        append("Q", control)
        append(" ", point)
    }

    /// Draws a line back to where the pen was last set down.
    public mutating func close() { bytes.append(UInt8(ascii: "Z")) }

    private mutating func append(_ command: Unicode.Scalar, _ point: Point) {
        bytes.append(UInt8(ascii: command))
        SVGNumber.append(point.x, to: &bytes)
        bytes.append(UInt8(ascii: ","))
        SVGNumber.append(point.y, to: &bytes)
    }
}
