/// The way in which the points of a line or an area are joined.
public enum InterpolationMethod: Sendable, Hashable {
    /// Straight lines.
    case linear
    /// Steps that change halfway between two points.
    case stepCenter
    /// Steps that change at the second of two points: a value holds until the next.
    case stepEnd
    /// A smooth curve through the points that has no extremes but theirs.
    ///
    /// Steffen, "A simple method for monotonic interpolation in one dimension", 1990.
    case monotone

    /// The points of a polygonal line that looks like the interpolation.
    package func flattened(_ points: [Point]) -> [Point] {
        guard points.count > 1 else { return points }
        switch self {
        case .linear: return points
        case .stepCenter, .stepEnd: return stepped(points)
        case .monotone: return flattenedCurve(points)
        }
    }

    private func stepped(_ points: [Point]) -> [Point] {
        var steps = [points[0]]
        for (from, to) in zip(points, points.dropFirst()) {
            let turn = self == .stepEnd ? to.x : (from.x + to.x) / 2
            steps += [Point(x: turn, y: from.y), Point(x: turn, y: to.y)]
            if self == .stepCenter { steps.append(to) }
        }
        return steps
    }

    /// Eight straight pieces for each cubic one.
    private func flattenedCurve(_ points: [Point]) -> [Point] {
        guard let slopes = InterpolationMethod.slopes(points) else { return points }
        var flat = [points[0]]
        for index in 1..<points.count {
            let (from, to) = (points[index - 1], points[index])
            let width = to.x - from.x
            for step in 1...8 {
                let t = Double(step) / 8
                let s = 1 - t
                let y =
                    from.y * s * s * (1 + 2 * t) + to.y * t * t * (1 + 2 * s)
                    + width * s * t * (slopes[index - 1] * s - slopes[index] * t)
                flat.append(Point(x: from.x + width * t, y: y))
            }
        }
        return flat
    }

    /// The slopes of the monotone curve at its points; nothing when the points do not go strictly one way.
    package static func slopes(_ points: [Point]) -> [Double]? {
        let widths = zip(points, points.dropFirst()).map { $1.x - $0.x }
        guard points.count > 2, widths.allSatisfy({ $0 > 0 }) || widths.allSatisfy({ $0 < 0 }) else {
            return nil
        }
        let secants = zip(zip(points, points.dropFirst()), widths).map { ($0.1.y - $0.0.y) / $1 }
        var slopes = Array(repeating: 0.0, count: points.count)
        for index in 1..<points.count - 1 {
            let (left, right) = (secants[index - 1], secants[index])
            guard left * right > 0 else { continue }
            let mean =
                (left * widths[index] + right * widths[index - 1]) / (widths[index - 1] + widths[index])
            let limit = 2 * min(left.magnitude, right.magnitude)
            slopes[index] = mean.magnitude < limit ? mean : left < 0 ? -limit : limit
        }
        slopes[0] = limited((3 * secants[0] - slopes[1]) / 2, by: secants[0])
        let last = points.count - 1
        slopes[last] = limited((3 * secants[last - 1] - slopes[last - 1]) / 2, by: secants[last - 1])
        return slopes
    }

    /// A slope at an end, which must not leave the range of its piece.
    private static func limited(_ slope: Double, by secant: Double) -> Double {
        if slope * secant <= 0 { return 0 }
        return slope.magnitude > 2 * secant.magnitude ? 2 * secant : slope
    }
}

extension Mark {
    /// Sets how the points of a line or an area are joined.
    public func interpolationMethod(_ method: InterpolationMethod) -> Self {
        changed { $0.style.interpolation = method }
    }
}
