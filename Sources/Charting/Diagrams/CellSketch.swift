/// The drawing of a cell's insides.
package struct CellSketch: Sendable {
    /// The parts, back to front.
    package private(set) var elements: [SVGElement] = []
    /// The height under the title.
    package let height: Double
    private let top: Double
    private var upper: [SVGElement] = []

    private static let state = ChartColor.series(1).css
    private static let input = ChartColor.series(0).css
    private static let gate = ChartColor.series(3).css

    /// A sketch with a body from `left` to `right`.
    private init(top: Double, height: Double, body: Box) {
        self.top = top
        self.height = height
        let body = Box(x: body.x, y: body.y + top, width: body.width, height: body.height)
        let look = [("rx", "12"), ("fill", ChartTheme.css(ChartTheme.grid)), ("fill-opacity", "0.35")]
        elements.append(
            SVGElement("rect", body.attributes + look + [("stroke", ChartTheme.css(ChartTheme.axis))])
        )
    }

    /// One sum, squashed.
    package static func rnn(top: Double) -> CellSketch {
        var sketch = CellSketch(top: top, height: 158, body: Box(x: 90, y: 8, width: 300, height: 100))
        sketch.way((50, 58), (212, 58), color: state)
        sketch.way((150, 132), (150, 58), color: input, hasHead: false)
        sketch.gate("tanh", "of the sum", at: (260, 58))
        sketch.way((308, 58), (432, 58), color: state)
        sketch.symbol("h", at: (34, 58), color: state)
        sketch.symbol("h′", at: (450, 58), color: state)
        sketch.symbol("x", at: (150, 144), color: input)
        sketch.finish()
        return sketch
    }

    /// Two states: what is remembered runs along the top, what is shown along the bottom.
    package static func lstm(top: Double) -> CellSketch {
        var sketch = CellSketch(top: top, height: 298, body: Box(x: 46, y: 8, width: 394, height: 242))
        sketch.way((30, 40), (95, 40), color: state)
        sketch.way((117, 40), (263, 40), color: state)
        sketch.way((285, 40), (446, 40), color: state)
        sketch.way((30, 222), (358, 222), (358, 189), color: state)
        sketch.way((66, 272), (66, 222), color: input, hasHead: false)
        for x in [106.0, 190, 274] { sketch.way((x, 222), (x, 189), color: state) }
        sketch.gate("σ", "forget f", at: (106, 168))
        sketch.gate("σ", "input i", at: (190, 168))
        sketch.gate("tanh", "new g", at: (274, 168))
        sketch.gate("σ", "output o", at: (358, 168))
        sketch.way((106, 150), (106, 51))
        sketch.way((190, 150), (190, 96), (263, 96))
        sketch.way((274, 150), (274, 107))
        sketch.way((274, 85), (274, 51))
        sketch.way((358, 150), (358, 116), (401, 116))
        sketch.way((412, 40), (412, 62), color: state)
        sketch.way((412, 90), (412, 105))
        sketch.way((412, 127), (412, 222), (446, 222), color: state)
        sketch.operation("×", at: (106, 40))
        sketch.operation("+", at: (274, 40))
        sketch.operation("×", at: (274, 96))
        sketch.operation("×", at: (412, 116))
        sketch.function("tanh", at: (412, 76))
        sketch.symbol("c", at: (18, 40), color: state)
        sketch.symbol("c′", at: (462, 40), color: state)
        sketch.symbol("h", at: (18, 222), color: state)
        sketch.symbol("h′", at: (462, 222), color: state)
        sketch.symbol("x", at: (66, 284), color: input)
        sketch.finish()
        return sketch
    }

    /// One state: the update gate weighs the old against the candidate.
    package static func gru(top: Double) -> CellSketch {
        var sketch = CellSketch(top: top, height: 298, body: Box(x: 46, y: 8, width: 394, height: 242))
        sketch.way((30, 40), (297, 40), color: state)
        sketch.way((319, 40), (381, 40), color: state)
        sketch.way((403, 40), (446, 40), color: state)
        sketch.way((66, 40), (66, 222), (308, 222), (308, 189), color: state)
        sketch.way((86, 272), (86, 222), color: input, hasHead: false)
        sketch.way((116, 222), (116, 189), color: state)
        sketch.way((86, 250), (212, 250), (212, 189), color: input)
        sketch.way((164, 40), (164, 85), color: state)
        sketch.gate("σ", "reset r", at: (116, 168))
        sketch.gate("tanh", "new n", at: (212, 168))
        sketch.gate("σ", "update z", at: (308, 168))
        sketch.way((116, 150), (116, 96), (153, 96))
        sketch.way((175, 96), (212, 96), (212, 147))
        sketch.way((250, 168), (260, 168), (260, 122), (392, 122), (392, 91))
        sketch.way((308, 150), (308, 51))
        sketch.way((308, 80), (334, 80))
        sketch.way((362, 80), (381, 80))
        sketch.way((392, 69), (392, 51))
        sketch.operation("×", at: (164, 96))
        sketch.operation("×", at: (308, 40))
        sketch.operation("+", at: (392, 40))
        sketch.operation("×", at: (392, 80))
        sketch.function("1−", at: (348, 80))
        sketch.symbol("h", at: (18, 40), color: state)
        sketch.symbol("h′", at: (462, 40), color: state)
        sketch.symbol("x", at: (86, 284), color: input)
        sketch.finish()
        return sketch
    }

    private func point(_ place: (Double, Double)) -> Point {
        Point(x: place.0, y: place.1 + top)
    }

    /// A line along corners, to an arrowhead.
    private mutating func way(
        _ corners: (Double, Double)...,
        color: String = ChartColor.muted.css,
        hasHead: Bool = true
    ) {
        elements += DiagramShape.arrow(corners.map(point), color: color, width: 1.75, hasHead: hasHead)
    }

    /// A layer with its function and its name.
    private mutating func gate(_ function: String, _ name: String, at place: (Double, Double)) {
        let center = point(place)
        let half = max(38, TextLabel.width(name, size: Typography.small) / 2 + 6)
        let box = Box(x: center.x - half, y: center.y - 21, width: 2 * half, height: 42)
        var label = TextLabel(function, at: Point(x: center.x, y: center.y - 9.5), anchor: .middle)
        label.isBold = true
        label.size = Typography.small
        var second = TextLabel(name, at: Point(x: center.x, y: center.y + 9.5), anchor: .middle)
        second.size = Typography.small
        let texts = [label.element, second.element]
        upper += SVGElement.group("node", backed(box, radius: 6, color: CellSketch.gate) + texts)
    }

    /// An operation on each pair of values.
    private mutating func operation(_ sign: String, at place: (Double, Double)) {
        let center = point(place)
        upper += backed(
            Box(x: center.x - 11, y: center.y - 11, width: 22, height: 22),
            radius: 11,
            color: ChartTheme.css(ChartTheme.text)
        )
        upper.append(TextLabel(sign, at: center, anchor: .middle).element)
    }

    /// A function of each value, without weights.
    private mutating func function(_ name: String, at place: (Double, Double)) {
        let center = point(place)
        let half = name.count > 2 ? 22.0 : 14
        upper += backed(
            Box(x: center.x - half, y: center.y - 14, width: 2 * half, height: 28),
            radius: 14,
            color: ChartTheme.css(ChartTheme.text)
        )
        upper.append(TextLabel(name, at: center, anchor: .middle, size: Typography.small).element)
    }

    /// A shape that hides the lines behind it.
    private func backed(_ box: Box, radius: Double, color: String) -> [SVGElement] {
        let surface = box.attributes + [("rx", SVGNumber.text(radius)), ("fill", ChartColor.surface.css)]
        return [SVGElement("rect", surface), DiagramShape.box(box, color: color, radius: radius)]
    }

    private mutating func symbol(_ name: String, at place: (Double, Double), color: String) {
        var label = TextLabel(symbol: name, at: point(place))
        label.isBold = true
        label.color = color
        upper.append(label.element)
    }

    /// Puts shapes and texts over the lines.
    private mutating func finish() {
        elements += upper
        upper = []
    }
}
