/// A recurrent network, folded and unrolled through time, with the weights that all steps share.
///
///     UnrolledDiagram("Three steps of one cell", steps: 3)
///
/// Arrows of one color carry the same weights at every step. Of many steps the first ones and the last are drawn.
public struct UnrolledDiagram: Drawing {
    /// The steps at which an output leaves the network.
    public enum Outputs: Sendable {
        /// One output at every step.
        case every
        /// One output at the last step.
        case last
    }

    private let title: String
    private let cell: String
    private let steps: Int
    private let outputs: Outputs
    private let weights: (input: String, state: String, output: String)

    /// A diagram of a network with one recurrent layer.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - steps: The number of time steps, at least 1.
    ///   - cell: The text in the cell, such as "RNN".
    ///   - outputs: Whether every step has an output or only the last.
    ///   - inputWeights: The name of the weights of the input; `_` starts an index.
    ///   - stateWeights: The name of the weights of the state.
    ///   - outputWeights: The name of the weights of the output; empty where the state itself is the output.
    public init(
        _ title: String = "",
        steps: Int,
        cell: String = "RNN",
        outputs: Outputs = .every,
        inputWeights: String = "W_x",
        stateWeights: String = "W_h",
        outputWeights: String = "W_y",
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            steps >= 1,
            "UnrolledDiagram: there must be at least one step, but steps is \(steps).",
            file: file,
            line: line
        )
        self.title = title
        self.steps = steps
        self.cell = cell
        self.outputs = outputs
        weights = (inputWeights, stateWeights, outputWeights)
    }

    private static let colors = (
        input: ChartColor.series(0).css, state: ChartColor.series(1).css, output: ChartColor.series(2).css
    )
    private static let half = (width: 29.0, height: 21.0)
    private static let radius = 19.0

    /// Draws the diagram.
    @export(interface)
    public func rendered(id: String) -> RenderedChart {
        let heading = Heading(title, width: ChartLayout.width)
        let top = heading.height + 26
        let rows = (output: top, cell: top + 104, input: top + 198)
        var elements = heading.elements + folded(rows)
        elements.append(TextLabel("=", at: Point(x: 112, y: rows.cell), anchor: .middle).element)
        elements += unrolled(rows)
        let name = title.isEmpty ? "\(cell) unrolled through time" : title
        let notes = Notes(
            ["Arrows of one color carry the same weights at every step."],
            top: rows.input + 34,
            width: ChartLayout.width
        )
        return RenderedChart(
            id: id,
            title: name,
            summary: summary,
            data: nil,
            height: rows.input + 34 + notes.height,
            elements + notes.elements
        )
    }

    private var summary: String {
        let last =
            steps == 1
            ? "at the one step" : outputs == .every ? "at each of \(steps) steps" : "of \(steps) steps"
        let result = outputs == .every ? "each step gives an output" : "the last step gives an output"
        return """
            \(cell) unrolled through time, \(last): every step takes its input and the state of the step before, \
            \(result), and all steps share the weights \(shared).
            """
    }

    private var shared: String {
        weights.output.isEmpty
            ? "\(weights.input) and \(weights.state)"
            : "\(weights.input), \(weights.state) and \(weights.output)"
    }

    private typealias Rows = (output: Double, cell: Double, input: Double)

    /// The cell with its loop.
    private func folded(_ rows: Rows) -> [SVGElement] {
        let x = 42.0
        let (width, height) = UnrolledDiagram.half
        let loop = [
            Point(x: x + width, y: rows.cell - 8), Point(x: x + width + 22, y: rows.cell - 8),
            Point(x: x + width + 22, y: rows.cell - height - 20),
            Point(x: x + 12, y: rows.cell - height - 20),
            Point(x: x + 12, y: rows.cell - height),
        ]
        var elements = column(x, rows, input: "x", output: "y")
        elements += DiagramShape.arrow(loop, color: UnrolledDiagram.colors.state, width: 2)
        let place = Point(x: x + width + 27, y: rows.cell - height - 30)
        elements.append(
            weightLabel(weights.state, at: place, UnrolledDiagram.colors.state, anchor: .middle).element
        )
        return elements
    }

    /// The cells side by side, each handing its state to the next.
    private func unrolled(_ rows: Rows) -> [SVGElement] {
        let columns = shown
        let first = 198.0
        // The dots between cells stand closer than cells do.
        let offsets = columns.indices.map { Double($0) - (columns[..<$0].contains(nil) ? 0.5 : 0) }
            .enumerated().map { columns[$0] == nil ? $1 - 0.25 : $1 }
        let (width, _) = UnrolledDiagram.half
        // To the right of the last column's arrow stands the name of its weights.
        let right = max(width + 3, inputLabel(beside: Point(x: 0, y: 0)).box.right + 2)
        let pitch = min(104, (ChartLayout.width - first - right) / max(offsets.last ?? 1, 1))
        var elements = disc("h_0", at: Point(x: 140, y: rows.cell), radius: 16, color: ChartColor.muted.css)
        var left = 156.0
        for (index, step) in columns.enumerated() {
            let x = first + offsets[index] * pitch
            guard let step else {
                elements += stateArrow(from: left, to: x - 12, rows)
                elements.append(TextLabel("…", at: Point(x: x, y: rows.cell), anchor: .middle).element)
                left = x + 12
                continue
            }
            elements += stateArrow(from: left, to: x - width, rows)
            if x - width - left > 20 { elements.append(stateLabel(from: left, to: x, rows).element) }
            let hasOutput = outputs == .every || step == steps
            elements += column(x, rows, input: "x_\(step)", output: hasOutput ? "y_\(step)" : nil)
            left = x + width
        }
        return elements
    }

    private func stateArrow(from left: Double, to right: Double, _ rows: Rows) -> [SVGElement] {
        let ends = [Point(x: left, y: rows.cell), Point(x: right, y: rows.cell)]
        return DiagramShape.arrow(ends, color: UnrolledDiagram.colors.state, width: 2)
    }

    /// The name of the state's weights, over the arrow to the cell at `x`; above the cells, if it is wider than the gap.
    private func stateLabel(from left: Double, to x: Double, _ rows: Rows) -> TextLabel {
        let (width, height) = UnrolledDiagram.half
        let isWide = TextLabel(symbol: weights.state, at: Point(x: 0, y: 0)).box.width > x - width - left
        let place = Point(
            x: (left + x - width) / 2 - (isWide ? 0 : 3),
            y: rows.cell - (isWide ? height + 11 : 15)
        )
        return weightLabel(weights.state, at: place, UnrolledDiagram.colors.state, anchor: .middle)
    }

    /// The steps that are drawn; nothing stands for those that are left out.
    private var shown: [Int?] {
        steps <= 4 ? (1...steps).map { Optional($0) } : [1, 2, nil, steps]
    }

    /// An input, a cell and an output above each other.
    private func column(_ x: Double, _ rows: Rows, input: String, output: String?)
        -> [SVGElement]
    {
        let (width, height) = UnrolledDiagram.half
        let radius = UnrolledDiagram.radius
        let box = Box(x: x - width, y: rows.cell - height, width: 2 * width, height: 2 * height)
        let fitting = TextFitting.truncated(cell, to: (2 * width - 6) / Typography.roomy, bold: true)
        var label = TextLabel(fitting, at: box.center, anchor: .middle)
        label.isBold = true
        let shape = DiagramShape.box(box, color: ChartColor.series(1).css)
        var elements = SVGElement.group("node", [shape, label.element])
        elements += disc(
            input,
            at: Point(x: x, y: rows.input),
            radius: radius,
            color: ChartColor.series(0).css
        )
        elements += DiagramShape.arrow(
            [Point(x: x, y: rows.input - radius), Point(x: x, y: rows.cell + height)],
            color: UnrolledDiagram.colors.input,
            width: 2
        )
        let middle = Point(x: x, y: (rows.input - radius + rows.cell + height) / 2 + 1)
        elements.append(inputLabel(beside: middle).element)
        return elements + (output.map { self.output($0, x, rows) } ?? [])
    }

    /// An output above a cell.
    private func output(_ symbol: String, _ x: Double, _ rows: Rows) -> [SVGElement] {
        let radius = UnrolledDiagram.radius
        let ends = [
            Point(x: x, y: rows.cell - UnrolledDiagram.half.height), Point(x: x, y: rows.output + radius),
        ]
        let elements =
            disc(symbol, at: Point(x: x, y: rows.output), radius: radius, color: ChartColor.series(2).css)
            + DiagramShape.arrow(ends, color: UnrolledDiagram.colors.output, width: 2)
        guard !weights.output.isEmpty else { return elements }
        // High enough for the name of the state's weights to pass below.
        let above = Point(x: x - 8, y: rows.output + radius + 22)
        let label = weightLabel(weights.output, at: above, UnrolledDiagram.colors.output, anchor: .end)
        return elements + [label.element]
    }

    private func disc(_ symbol: String, at center: Point, radius: Double, color: String) -> [SVGElement] {
        [
            DiagramShape.disc(at: center, radius: radius, color: color),
            TextLabel(symbol: symbol, at: center).element,
        ]
    }

    /// The name of the input's weights, beside the middle of their arrow.
    private func inputLabel(beside middle: Point) -> TextLabel {
        let place = Point(x: middle.x + 8, y: middle.y)
        return weightLabel(weights.input, at: place, UnrolledDiagram.colors.input, anchor: .start)
    }

    private func weightLabel(_ symbol: String, at place: Point, _ color: String, anchor: TextLabel.Anchor)
        -> TextLabel
    {
        var label = TextLabel(symbol: symbol, at: place, anchor: anchor)
        label.color = color
        label.size = Typography.small
        return label
    }
}
