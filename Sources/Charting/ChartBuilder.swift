/// The marks of a chart, kind by kind in the order in which the kinds first appear.
public struct ChartContent: Sendable {
    package struct Layer: Sendable {
        package var kind: MarkKind
        package var marks: [MarkChannels]
    }

    package var layers: [Layer] = []
    /// The number of loops that made marks.
    private var runs = 0

    package init() {}

    package init<Single: Mark>(_ mark: Single) {
        layers = [Layer(kind: Single.kind, marks: [mark.channels])]
    }

    fileprivate mutating func append(_ other: ChartContent) {
        for layer in other.layers {
            var marks = layer.marks
            if other.runs > 0 && runs > 0 {
                for index in marks.indices where marks[index].run > 0 { marks[index].run += runs }
            }
            if let index = layers.firstIndex(where: { $0.kind === layer.kind }) {
                layers[index].marks += marks
            } else {
                layers.append(Layer(kind: layer.kind, marks: marks))
            }
        }
        runs += other.runs
    }

    fileprivate mutating func markAsLoop() {
        guard runs == 0 else { return }
        runs = 1
        for layer in layers.indices {
            for mark in layers[layer].marks.indices { layers[layer].marks[mark].run = 1 }
        }
    }
}

/// Collects the marks of a chart from statements: one after the other, in loops and under conditions.
@resultBuilder
public enum ChartBuilder {
    /// A mark.
    public static func buildExpression(_ mark: some Mark) -> ChartContent { ChartContent(mark) }

    /// Marks made elsewhere.
    public static func buildExpression(_ content: ChartContent) -> ChartContent { content }

    /// A list of marks of one kind.
    public static func buildExpression(_ marks: [some Mark]) -> ChartContent {
        buildArray(marks.map { ChartContent($0) })
    }

    /// No marks.
    public static func buildBlock() -> ChartContent { ChartContent() }

    /// The first statement.
    public static func buildPartialBlock(first: ChartContent) -> ChartContent { first }

    /// The statements so far and one more.
    @export(interface)
    public static func buildPartialBlock(accumulated: ChartContent, next: ChartContent) -> ChartContent {
        var content = accumulated
        content.append(next)
        return content
    }

    /// The marks of a loop; a line that turns back starts anew with each loop.
    @export(interface)
    public static func buildArray(_ contents: [ChartContent]) -> ChartContent {
        var all = ChartContent()
        for content in contents { all.append(content) }
        all.markAsLoop()
        return all
    }

    /// The marks under a condition that may not hold.
    public static func buildOptional(_ content: ChartContent?) -> ChartContent { content ?? ChartContent() }

    /// The marks of the first branch.
    public static func buildEither(first content: ChartContent) -> ChartContent { content }

    /// The marks of the second branch.
    public static func buildEither(second content: ChartContent) -> ChartContent { content }

    /// Marks under a check of availability.
    public static func buildLimitedAvailability(_ content: ChartContent) -> ChartContent { content }
}
