/// The parts of a plot that are taken, on a grid of small squares, so that labels and insets keep off data.
package struct Occupancy: Sendable {
    private static let side = 3.0

    private let frame: Box
    private let columns: Int
    private let rows: Int
    private var taken: [Bool]

    /// An empty plot.
    package init(_ frame: Box) {
        self.frame = frame
        columns = max(1, Int((frame.width / Occupancy.side).rounded(.up)))
        rows = max(1, Int((frame.height / Occupancy.side).rounded(.up)))
        taken = Array(repeating: false, count: columns * rows)
    }

    /// A plot with the marks of some layers.
    package init(_ layers: [ChartContent.Layer], in plot: PlotArea) {
        self.init(plot.frame)
        for layer in layers {
            for part in layer.kind.coverage(layer.marks, plot) {
                switch part {
                case .line(let points): take(line: points)
                case .point(let point): take(around: point)
                case .box(let box): take(box)
                }
            }
        }
    }

    /// Takes a rectangle.
    package mutating func take(_ box: Box) {
        forEach(in: box) { taken[$0] = true }
    }

    /// Takes a square around a point.
    package mutating func take(around point: Point, radius: Double = 4) {
        take(Box(x: point.x, y: point.y, width: 0, height: 0).grown(by: radius))
    }

    private mutating func take(line: [Point]) {
        for (from, to) in zip(line, line.dropFirst()) {
            let length = max((to.x - from.x).magnitude, (to.y - from.y).magnitude)
            let steps = max(1, Int(length / Occupancy.side))
            for step in 0...steps {
                let t = Double(step) / Double(steps)
                take(
                    around: Point(x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y)),
                    radius: 1
                )
            }
        }
    }

    /// The share of a rectangle that is taken or outside the plot, from 0 to 1.
    package func share(of box: Box) -> Double {
        guard frame.grown(by: 1).contains(box) else { return 1 }
        var count = 0
        var sum = 0
        forEach(in: box) {
            count += 1
            if taken[$0] { sum += 1 }
        }
        return count == 0 ? 0 : Double(sum) / Double(count)
    }

    private func forEach(in box: Box, _ body: (Int) -> Void) {
        let place = { (value: Double, limit: Int) in
            min(max(Int((value / Occupancy.side).rounded(.down)), 0), limit - 1)
        }
        let left = place(box.x - frame.x, columns)
        let right = place(box.right - frame.x, columns)
        let top = place(box.y - frame.y, rows)
        let bottom = place(box.bottom - frame.y, rows)
        guard left <= right, top <= bottom else { return }
        for row in top...bottom {
            for column in left...right { body(row * columns + column) }
        }
    }
}
