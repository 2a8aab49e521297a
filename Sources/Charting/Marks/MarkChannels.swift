/// The values and the style that a mark was given.
///
/// A chart may have a hundred thousand marks, most of them with two values and no more, so the rest is stored apart.
public struct MarkChannels: Sendable {
    /// The horizontal value, or where a range of them starts.
    public var x: PlottableValue?
    /// The vertical value, or where a range of them starts.
    public var y: PlottableValue?
    /// The loop of the chart's content that made the mark; zero outside of loops.
    package var run = 0
    /// The values that few marks have: one element, or none where all is as it is by default.
    private var rare: [Rare] = []

    private struct Rare: Sendable {
        var xEnd: PlottableValue?
        var yEnd: PlottableValue?
        var name: PlottableValue?
        var color: PlottableValue?
        var symbol: PlottableValue?
        var series: PlottableValue?
        var position: PlottableValue?
        var facet: PlottableValue?
        var text: String?
        var xReach: Reach?
        var yReach: Reach?
        var style = MarkStyle()
    }

    /// The values of a mark: single ones, or ranges from one to another.
    @export(interface)
    public init(
        x: PlottableValue? = nil,
        xEnd: PlottableValue? = nil,
        y: PlottableValue? = nil,
        yEnd: PlottableValue? = nil
    ) {
        self.x = x
        self.y = y
        if xEnd != nil || yEnd != nil { rare = [Rare(xEnd: xEnd, yEnd: yEnd)] }
    }

    /// Whether the mark has two values and no more.
    package var isPlain: Bool { rare.isEmpty }

    /// Whether the mark stands around two values, as a cell does, and not between some.
    package var isCell: Bool { x != nil && y != nil && xEnd == nil && yEnd == nil }

    private mutating func set<Value>(_ value: Value?, _ change: (inout Rare) -> Void) {
        if rare.isEmpty {
            guard value != nil else { return }
            rare = [Rare()]
        }
        change(&rare[0])
    }
}

extension MarkChannels {
    /// The end of a horizontal range.
    public var xEnd: PlottableValue? {
        get { rare.first?.xEnd }
        set { set(newValue) { $0.xEnd = newValue } }
    }

    /// The end of a vertical range.
    public var yEnd: PlottableValue? {
        get { rare.first?.yEnd }
        set { set(newValue) { $0.yEnd = newValue } }
    }

    /// The name of the mark itself, in the data table and where its values show.
    public var name: PlottableValue? {
        get { rare.first?.name }
        set { set(newValue) { $0.name = newValue } }
    }

    /// The value that the color stands for.
    public var color: PlottableValue? {
        get { rare.first?.color }
        set { set(newValue) { $0.color = newValue } }
    }

    /// The value that the symbol stands for.
    public var symbol: PlottableValue? {
        get { rare.first?.symbol }
        set { set(newValue) { $0.symbol = newValue } }
    }

    /// The line that a point of a line belongs to, when no color or symbol says it.
    public var series: PlottableValue? {
        get { rare.first?.series }
        set { set(newValue) { $0.series = newValue } }
    }

    /// The place of a bar among the bars side by side at one value.
    public var position: PlottableValue? {
        get { rare.first?.position }
        set { set(newValue) { $0.position = newValue } }
    }

    /// The plot, of several side by side, that the mark is in.
    public var facet: PlottableValue? {
        get { rare.first?.facet }
        set { set(newValue) { $0.facet = newValue } }
    }

    /// The text that the mark shows.
    public var text: String? {
        get { rare.first?.text }
        set { set(newValue) { $0.text = newValue } }
    }

    /// The part of the horizontal axis that the mark covers, where that is more than its values.
    public var xReach: Reach? {
        get { rare.first?.xReach }
        set { set(newValue) { $0.xReach = newValue } }
    }

    /// The part of the vertical axis that the mark covers, where that is more than its values.
    public var yReach: Reach? {
        get { rare.first?.yReach }
        set { set(newValue) { $0.yReach = newValue } }
    }

    /// The look of the mark, where no data say it.
    public var style: MarkStyle {
        get { rare.isEmpty ? MarkStyle() : rare[0].style }
        set {
            if rare.isEmpty { rare = [Rare()] }
            rare[0].style = newValue
        }
    }
}

/// The ends of what a mark covers on an axis; a bar below zero ends lower than it starts.
public struct Reach: Sendable, Hashable {
    /// The number where the mark stands.
    public var start: Double
    /// The number that it reaches.
    public var end: Double

    /// A reach between two numbers.
    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }
}
