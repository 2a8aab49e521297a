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
    /// The width in the drawing's units, of which a chart is 480 wide.
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
