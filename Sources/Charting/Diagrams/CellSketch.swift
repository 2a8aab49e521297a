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
        var sketch = CellSketch(top: top, height: 158, body: Box(x: 120, y: 8, width: 320, height: 100))
        sketch.way((66, 58), (261, 58), color: state)
        sketch.way((190, 132), (190, 58), color: input, hasHead: false)
        sketch.gate("tanh", "of the sum", at: (300, 58))
        sketch.way((339, 58), (494, 58), color: state)
        sketch.symbol("h", at: (48, 58), color: state)
        sketch.symbol("h′", at: (514, 58), color: state)
        sketch.symbol("x", at: (190, 144), color: input)
        sketch.finish()
        return sketch
    }

    /// Two states: what is remembered runs along the top, what is shown along the bottom.
    package static func lstm(top: Double) -> CellSketch {
        var sketch = CellSketch(top: top, height: 298, body: Box(x: 70, y: 8, width: 424, height: 242))
        sketch.way((44, 40), (129, 40), color: state)
        sketch.way((151, 40), (305, 40), color: state)
        sketch.way((327, 40), (514, 40), color: state)
        sketch.way((44, 222), (404, 222), (404, 186), color: state)
        sketch.way((104, 272), (104, 222), color: input, hasHead: false)
        for x in [140.0, 228, 316] { sketch.way((x, 222), (x, 186), color: state) }
        sketch.gate("σ", "forget f", at: (140, 168))
        sketch.gate("σ", "input i", at: (228, 168))
        sketch.gate("tanh", "new g", at: (316, 168))
        sketch.gate("σ", "output o", at: (404, 168))
        sketch.way((140, 150), (140, 51))
        sketch.way((228, 150), (228, 96), (305, 96))
        sketch.way((316, 150), (316, 107))
        sketch.way((316, 85), (316, 51))
        sketch.way((404, 150), (404, 130), (449, 130))
        sketch.way((460, 40), (460, 68), color: state)
        sketch.way((460, 96), (460, 119))
        sketch.way((460, 141), (460, 222), (514, 222), color: state)
        sketch.operation("×", at: (140, 40))
        sketch.operation("+", at: (316, 40))
        sketch.operation("×", at: (316, 96))
        sketch.operation("×", at: (460, 130))
        sketch.function("tanh", at: (460, 82))
        sketch.symbol("c", at: (26, 40), color: state)
        sketch.symbol("c′", at: (534, 40), color: state)
        sketch.symbol("h", at: (26, 222), color: state)
        sketch.symbol("h′", at: (534, 222), color: state)
        sketch.symbol("x", at: (104, 284), color: input)
        sketch.finish()
        return sketch
    }

    /// One state: the update gate weighs the old against the candidate.
    package static func gru(top: Double) -> CellSketch {
        var sketch = CellSketch(top: top, height: 298, body: Box(x: 70, y: 8, width: 424, height: 242))
        sketch.way((44, 40), (339, 40), color: state)
        sketch.way((361, 40), (429, 40), color: state)
        sketch.way((451, 40), (514, 40), color: state)
        sketch.way((92, 40), (92, 222), (350, 222), (350, 186), color: state)
        sketch.way((112, 272), (112, 222), color: input, hasHead: false)
        sketch.way((144, 222), (144, 186), color: state)
        sketch.way((112, 250), (247, 250), (247, 186), color: input)
        sketch.way((196, 40), (196, 85), color: state)
        sketch.gate("σ", "reset r", at: (144, 168))
        sketch.gate("tanh", "new n", at: (247, 168))
        sketch.gate("σ", "update z", at: (350, 168))
        sketch.way((144, 150), (144, 96), (185, 96))
        sketch.way((207, 96), (247, 96), (247, 150))
        sketch.way((286, 168), (298, 168), (298, 122), (440, 122), (440, 91))
        sketch.way((350, 150), (350, 51))
        sketch.way((350, 80), (378, 80))
        sketch.way((406, 80), (429, 80))
        sketch.way((440, 69), (440, 51))
        sketch.operation("×", at: (196, 96))
        sketch.operation("×", at: (350, 40))
        sketch.operation("+", at: (440, 40))
        sketch.operation("×", at: (440, 80))
        sketch.function("1−", at: (392, 80))
        sketch.symbol("h", at: (26, 40), color: state)
        sketch.symbol("h′", at: (534, 40), color: state)
        sketch.symbol("x", at: (112, 284), color: input)
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
        let box = Box(x: center.x - 39, y: center.y - 18, width: 78, height: 36)
        upper += backed(box, radius: 6, color: CellSketch.gate)
        var label = TextLabel(function, at: Point(x: center.x, y: center.y - 8), anchor: .middle)
        label.isBold = true
        label.size = Typography.small
        var second = TextLabel(name, at: Point(x: center.x, y: center.y + 8), anchor: .middle)
        second.size = Typography.small
        upper += [label.element, second.element]
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
        let half = name.count > 2 ? 24.0 : 14
        upper += backed(
            Box(x: center.x - half, y: center.y - 14, width: 2 * half, height: 28),
            radius: 14,
            color: ChartTheme.css(ChartTheme.text)
        )
        var label = TextLabel(name, at: center, anchor: .middle)
        label.size = Typography.small
        upper.append(label.element)
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
