/// One mark of a chart, such as a point: it declares what it is given, and draws itself.
public protocol Mark: Sendable {
    /// What the mark was given.
    var channels: MarkChannels { get set }

    /// Whether the marks' values are names of series when they bear different labels.
    static var isSeries: Bool { get }

    /// How a legend shows a series of these marks.
    static var swatch: Swatch { get }

    /// The marks with their final values, once they know each other, such as bars on top of others.
    static func arranged(_ marks: [MarkChannels]) -> [MarkChannels]

    /// Draws all marks of this kind in a plot whose scales are known.
    static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement]
}

extension Mark {
    /// Whether the marks' values are names of series when they bear different labels: they are not.
    public static var isSeries: Bool { false }

    /// How a legend shows a series of these marks: as a filled square.
    public static var swatch: Swatch { .square }

    /// The marks as they are.
    public static func arranged(_ marks: [MarkChannels]) -> [MarkChannels] { marks }
}

/// How a legend shows a series.
public enum Swatch: Sendable {
    /// A piece of a line.
    case line
    /// The series's symbol.
    case symbol
    /// A filled square.
    case square
}

/// What a mark was given: its values, and how it should look.
public struct MarkChannels: Sendable {
    /// The horizontal value, or where a range of them starts.
    public var x: PlottableValue?
    /// Where a horizontal range ends.
    public var xEnd: PlottableValue?
    /// The vertical value, or where a range of them starts.
    public var y: PlottableValue?
    /// Where a vertical range ends.
    public var yEnd: PlottableValue?
    /// What the mark itself is called, in the data table and where its values show.
    public var name: PlottableValue?
    /// What the color stands for.
    public var color: PlottableValue?
    /// What the symbol stands for.
    public var symbol: PlottableValue?
    /// Which line a point of a line belongs to, when no color or symbol says it.
    public var series: PlottableValue?
    /// Which of the bars side by side at one value a bar is.
    public var position: PlottableValue?
    /// Which of the plots side by side the mark is in.
    public var facet: PlottableValue?
    /// The text that the mark shows.
    public var text: String?
    /// How the mark looks, where no data say it.
    public var style = MarkStyle()
    /// What the mark covers on the horizontal axis, where that is more than its values.
    package var xReach: Reach?
    /// What the mark covers on the vertical axis, where that is more than its values.
    package var yReach: Reach?
    /// The loop of the chart's content that made the mark; zero outside of loops.
    package var run = 0

    package init(
        x: PlottableValue? = nil,
        xEnd: PlottableValue? = nil,
        y: PlottableValue? = nil,
        yEnd: PlottableValue? = nil
    ) {
        self.x = x
        self.xEnd = xEnd
        self.y = y
        self.yEnd = yEnd
    }
}

/// From where to where a mark reaches on an axis; a bar below zero ends lower than it starts.
package struct Reach: Sendable, Hashable {
    package var start: Double
    package var end: Double

    package init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }
}

/// How a mark looks, where no data say it.
public struct MarkStyle: Sendable, Hashable {
    /// The color, when it was set.
    package var color: ChartColor?
    /// From 0, invisible, to 1.
    package var opacity: Double?
    /// How a line is drawn.
    package var line: LineStyle?
    /// How points are joined.
    package var interpolation = InterpolationMethod.linear
}

extension Mark {
    /// Colors the mark by a value: each category has its color and an entry in the legend, numbers have a gradient.
    public func foregroundStyle(by value: PlottableValue) -> Self {
        changed { $0.color = value }
    }

    /// Gives the mark a color that no data stand for.
    public func foregroundStyle(_ color: ChartColor) -> Self {
        changed { $0.style.color = color }
    }

    /// Gives the mark a symbol by a category.
    public func symbol(by value: PlottableValue) -> Self {
        changed { $0.symbol = value }
    }

    /// Names the mark in the data table and where its values show.
    public func identified(by value: PlottableValue) -> Self {
        changed { $0.name = value }
    }

    /// Puts the mark into one of several plots with the same axes, one for each value of a facet.
    ///
    /// Marks without a facet are in all of them.
    public func facet(by value: PlottableValue) -> Self {
        changed { $0.facet = value }
    }

    /// Makes the mark see-through: 0 is invisible, 1 is solid.
    public func opacity(_ opacity: Double) -> Self {
        changed { $0.style.opacity = opacity }
    }

    /// Sets a line's width and dashes.
    public func lineStyle(_ style: LineStyle) -> Self {
        changed { $0.style.line = style }
    }

    package func changed(_ change: (inout MarkChannels) -> Void) -> Self {
        var copy = self
        change(&copy.channels)
        return copy
    }
}

/// A line's width and dashes.
public struct LineStyle: Sendable, Hashable {
    /// The width in the drawing's units, of which a chart is 560 wide.
    package var width: Double?
    /// The lengths of dashes and gaps in turn; a solid line has none.
    package var dash: [Double]?

    /// A line's width and dashes; what is left out stays as the mark has it.
    public init(width: Double? = nil, dash: [Double]? = nil) {
        self.width = width
        self.dash = dash
    }

    /// A dashed line.
    public static let dashed = LineStyle(dash: [5, 4])
    /// A dotted line.
    public static let dotted = LineStyle(dash: [1.5, 3.5])
}
