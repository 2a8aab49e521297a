/// Boxes and arrows: what follows what.
///
///     FlowDiagram("The training loop") {
///         FlowStep("Draw weights", shape: .terminal)
///         FlowStep("Forward pass", detail: "hidden state and output")
///         FlowStep("Loss")
///         FlowStep("Update weights")
///         FlowStep("Good enough?", shape: .decision)
///         FlowStep("Predict", shape: .terminal)
///         FlowArrow(from: "Good enough?", to: "Forward pass", label: "no")
///     }
///
/// Each step follows the one before it, unless it says what it comes after. Arrows run from top to bottom, those that
/// lead back at the right side, and never through a box.
public struct FlowDiagram: Drawing {
    private let title: String
    private let graph: FlowGraph

    /// A diagram of the steps and arrows that `content` makes.
    public init(
        _ title: String = "",
        file: StaticString = #filePath,
        line: UInt = #line,
        @FlowBuilder content: () -> [FlowBuilder.Element]
    ) {
        let elements = content()
        let problem = FlowGraph.problem(elements)
        require(problem == nil, problem ?? "", file: file, line: line)
        self.title = title
        graph = FlowGraph(elements)
    }

    /// Draws the diagram.
    @export(interface)
    public func rendered(id: String) -> RenderedChart {
        let name = title.isEmpty ? "Flow diagram" : title
        let drawing = FlowDrawing(graph, title: title)
        return RenderedChart(
            id: id,
            title: name,
            summary: graph.summary,
            data: graph.table,
            width: drawing.width,
            height: drawing.height,
            drawing.elements
        )
    }
}

/// One box of a flow diagram.
public struct FlowStep: Sendable {
    /// The shape of a box, which says what its step is.
    public enum Shape: Sendable {
        /// Something done: a rectangle.
        case process
        /// A question with several ways on: a box with pointed sides.
        case decision
        /// Something given or made: a slanted box.
        case data
        /// A start or an end: a box with round sides.
        case terminal
        /// Something done that remembers: a rectangle in a color of its own.
        case memory
    }

    package var name: String
    package var detail: String
    package var shape: Shape
    package var sources: [String]?
    package var label: String

    /// A box.
    ///
    /// - Parameters:
    ///   - name: The text, by which arrows name the step; no other step may have it.
    ///   - detail: A smaller text under the name.
    ///   - shape: The kind of the step.
    ///   - sources: The steps that this one follows; the one before it by default, none if empty.
    ///   - label: The text at the arrows from those steps.
    public init(
        _ name: String,
        detail: String = "",
        shape: Shape = .process,
        after sources: [String]? = nil,
        label: String = ""
    ) {
        self.name = name
        self.detail = detail
        self.shape = shape
        self.sources = sources
        self.label = label
    }
}

/// One more arrow of a flow diagram.
public struct FlowArrow: Sendable {
    package var source: String
    package var target: String
    package var label: String

    /// An arrow between two steps, or from a step to itself.
    public init(from source: String, to target: String, label: String = "") {
        self.source = source
        self.target = target
        self.label = label
    }
}

/// Collects the steps and arrows of a flow diagram from statements.
@resultBuilder
public enum FlowBuilder {
    /// A step or an arrow.
    public enum Element: Sendable {
        /// A step.
        case step(FlowStep)
        /// An arrow.
        case arrow(FlowArrow)
    }

    /// A step.
    public static func buildExpression(_ step: FlowStep) -> [Element] { [.step(step)] }
    /// An arrow.
    public static func buildExpression(_ arrow: FlowArrow) -> [Element] { [.arrow(arrow)] }
    /// Nothing.
    public static func buildBlock() -> [Element] { [] }
    /// The first statement.
    public static func buildPartialBlock(first: [Element]) -> [Element] { first }
    /// The statements so far and one more.
    public static func buildPartialBlock(accumulated: [Element], next: [Element]) -> [Element] {
        accumulated + next
    }
    /// The elements of a loop.
    public static func buildArray(_ elements: [[Element]]) -> [Element] { elements.flatMap { $0 } }
    /// The elements under a condition that may not hold.
    public static func buildOptional(_ elements: [Element]?) -> [Element] { elements ?? [] }
    /// The elements of the first branch.
    public static func buildEither(first elements: [Element]) -> [Element] { elements }
    /// The elements of the second branch.
    public static func buildEither(second elements: [Element]) -> [Element] { elements }
}

/// A flow diagram with everything in its place.
package struct FlowDrawing: Sendable {
    package let width: Double
    package let height: Double
    package let elements: [SVGElement]

    package init(_ graph: FlowGraph, title: String) {
        let heading = Heading(title, width: ChartLayout.width)
        guard !graph.steps.isEmpty else {
            var message = TextLabel(
                "No steps",
                at: Point(x: ChartLayout.width / 2, y: heading.height + 20),
                anchor: .middle
            )
            message.color = ChartColor.muted.css
            width = ChartLayout.width
            height = heading.height + 40
            elements = heading.elements + [message.element]
            return
        }
        var placement = FlowPlacement(graph)
        let left = placement.boxes.map { $0.box.x }.min() ?? 0
        let bends = placement.middles.values.map { $0 - 8 }.min() ?? 0
        placement.shift(by: 4 - min(left, bends))
        let rough = FlowRoutes(graph, placement, top: heading.height + 6)
        let labels = rough.labels.map { $0.box.x }.min() ?? 0
        let overhang = max(0, 4 - labels)
        let content = rough.right + overhang + 4
        width = max(ChartLayout.width, content).rounded(.up)
        placement.shift(by: overhang + max(0, (width - content) / 2).rounded(.down))
        let routes = FlowRoutes(graph, placement, top: heading.height + 6)
        height = (routes.bottom + 8).rounded(.up)
        elements =
            heading.elements + routes.ways.flatMap { DiagramShape.arrow($0) }
            + routes.placement.boxes.flatMap { $0.elements } + routes.labels.map { $0.element }
    }
}
