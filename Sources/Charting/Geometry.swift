/// A place in a drawing: right of the left edge, below the top edge.
public struct Point: Sendable, Hashable {
    /// The distance from the left edge.
    public var x: Double
    /// The distance from the top edge.
    public var y: Double

    /// A place.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// A rectangle with sides along the axes of a drawing.
public struct Box: Sendable, Hashable {
    /// The left edge.
    public var x: Double
    /// The top edge.
    public var y: Double
    /// The width.
    public var width: Double
    /// The height.
    public var height: Double

    /// A rectangle from its upper left corner and its size.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The right edge.
    public var right: Double { x + width }
    /// The lower edge.
    public var bottom: Double { y + height }
    /// The place in the middle.
    public var center: Point { Point(x: x + width / 2, y: y + height / 2) }

    /// The attributes of a `rect`.
    package var attributes: [(String, String)] {
        [("x", x), ("y", y), ("width", max(0, width)), ("height", max(0, height))].map {
            ($0, SVGNumber.text($1))
        }
    }

    /// The thickness of what can just be seen.
    package static let hairline = 0.5

    /// The rectangle with its left and right edges, or its upper and lower ones, a hairline apart.
    package func hairline(upright: Bool) -> Box {
        upright
            ? Box(x: center.x - Box.hairline / 2, y: y, width: Box.hairline, height: height)
            : Box(x: x, y: center.y - Box.hairline / 2, width: width, height: Box.hairline)
    }

    /// The rectangle with its edges moved outward.
    public func grown(by margin: Double) -> Box {
        Box(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    /// Whether the two share more than an edge.
    public func overlaps(_ other: Box) -> Bool {
        x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }

    /// Whether `other` lies within.
    public func contains(_ other: Box) -> Bool {
        x <= other.x && other.right <= right && y <= other.y && other.bottom <= bottom
    }

    /// Whether a place lies within or on the edge.
    public func contains(_ point: Point) -> Bool {
        x <= point.x && point.x <= right && y <= point.y && point.y <= bottom
    }
}
