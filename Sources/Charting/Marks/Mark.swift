/// One mark of a chart, such as a point: it declares what it is given, and draws itself.
///
/// A chart finds its axes, legend and description by asking its marks what this protocol requires, and never which mark
/// it holds; so a mark of one's own needs channels, a kind, and a way to be drawn.
public protocol Mark: Sendable {
    /// The values and the style that the mark was given.
    var channels: MarkChannels { get set }

    /// The kind, stored once: `static let kind = MarkKind(PointMark.self)`.
    static var kind: MarkKind { get }

    /// The way in which marks of this kind go together.
    static var form: MarkForm { get }

    /// The picture by which a legend shows a series of these marks.
    static var swatch: Swatch { get }

    /// The way in which a mark stands on an axis.
    static func stance(of mark: MarkChannels) -> Stance

    /// The marks with their final values, once they know each other, such as bars on top of others.
    static func arranged(_ marks: [MarkChannels]) -> [MarkChannels]

    /// Draws all marks of this kind in a plot whose scales are known.
    static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement]

    /// The parts of a plot that marks cover.
    static func coverage(of marks: [MarkChannels], in plot: PlotArea) -> [Coverage]

    /// Whether one of the marks is thinner than a hairline, which the reader is told then.
    static func isThin(_ marks: [MarkChannels], in plot: PlotArea) -> Bool

    /// Writes the texts that stand beside marks.
    static func annotate(_ marks: [MarkChannels], in annotations: inout Annotations)

    /// Sentences about marks that are no series, for the chart's description.
    static func sentences(about marks: [MarkChannels]) -> [String]
}

extension Mark {
    /// The way in which marks of this kind go together: each by itself.
    public static var form: MarkForm { .single }

    /// The picture by which a legend shows a series of these marks: a filled square.
    public static var swatch: Swatch { .square }

    /// The way in which a mark stands on an axis: on none.
    public static func stance(of mark: MarkChannels) -> Stance { .free }

    /// The marks as they are.
    public static func arranged(_ marks: [MarkChannels]) -> [MarkChannels] { marks }

    /// The lines of joined marks, the points of scattered ones, the rectangles of others.
    public static func coverage(of marks: [MarkChannels], in plot: PlotArea) -> [Coverage] {
        plot.coverage(of: marks, form)
    }

    /// Whether one of the marks is thinner than a hairline: none is.
    public static func isThin(_ marks: [MarkChannels], in plot: PlotArea) -> Bool { false }

    /// Writes the texts of scattered marks beside their points.
    public static func annotate(_ marks: [MarkChannels], in annotations: inout Annotations) {
        if form == .scattered { annotations.addBesidePoints(of: marks) }
    }

    /// Sentences about marks that are no series: none.
    public static func sentences(about marks: [MarkChannels]) -> [String] { [] }
}

extension PlotArea {
    /// The parts that marks of a form cover, one function for all kinds of marks.
    @export(interface)
    package func coverage(of marks: [MarkChannels], _ form: MarkForm) -> [Coverage] {
        switch form {
        case .joined: LinePath.coverage(of: marks, in: self)
        case .scattered: marks.compactMap { visiblePoint($0).map { .point($0) } }
        case .single, .bars, .cells: marks.compactMap { box($0).map { .box($0) } }
        }
    }
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
