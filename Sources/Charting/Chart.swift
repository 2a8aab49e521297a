/// A chart: marks, layered in the order in which their kinds first appear, on scales found from their values.
///
///     Chart("Loss while training") {
///         for (epoch, loss) in losses.enumerated() {
///             LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
///         }
///     }
///     .yScale(.log)
///
/// The labels of the values become the titles of the axes, the legend, the description and the headings of the data
/// table. The shape is that of Apple's Swift Charts.
public struct Chart: Drawing {
    package var title: String
    package var content: ChartContent
    package var x = AxisOptions()
    package var y = AxisOptions()
    package var plotHeight = 230.0
    package var inset: Inset.Range?
    package var trailing: TrailingAxis?
    /// The scales that it shares with the other frames of an animation.
    package var shared: SharedScales?
    package var file: StaticString
    package var line: UInt

    /// A chart of the marks that `content` makes.
    ///
    /// - Parameter title: The title; an empty one is replaced by the labels of the axes for those who cannot see it.
    public init(
        _ title: String = "",
        file: StaticString = #filePath,
        line: UInt = #line,
        @ChartBuilder content: () -> ChartContent
    ) {
        self.title = title
        self.content = content()
        self.file = file
        self.line = line
    }

    /// Sets how the horizontal axis turns values into places.
    ///
    /// - Parameters:
    ///   - type: The scale.
    ///   - domain: The range of the axis; by default all values.
    ///   - reversed: Whether values grow to the left.
    public func xScale(
        _ type: ScaleType = .automatic,
        domain: ClosedRange<Double>? = nil,
        reversed: Bool = false
    ) -> Chart {
        changed { $0.x.set(type, domain, reversed) }
    }

    /// Sets how the vertical axis turns values into places.
    ///
    /// - Parameters:
    ///   - type: The scale.
    ///   - domain: The range of the axis; by default all values, and zero where bars or areas stand on it.
    ///   - reversed: Whether values grow downward.
    public func yScale(
        _ type: ScaleType = .automatic,
        domain: ClosedRange<Double>? = nil,
        reversed: Bool = false
    ) -> Chart {
        changed { $0.y.set(type, domain, reversed) }
    }

    /// Sets the title of the horizontal axis, in place of the labels of the values; an empty one leaves it out.
    public func xAxis(_ title: String) -> Chart {
        changed { $0.x.title = title }
    }

    /// Sets the title of the vertical axis, in place of the labels of the values; an empty one leaves it out.
    public func yAxis(_ title: String) -> Chart {
        changed { $0.y.title = title }
    }

    /// Writes another measure of the vertical values at the right of the plot.
    ///
    ///     .yAxis(trailing: "Perplexity") { exp($0) }
    ///
    /// - Parameters:
    ///   - title: The name of the measure.
    ///   - measure: The other measure of a value on the vertical axis.
    public func yAxis(trailing title: String, _ measure: @escaping @Sendable (Double) -> Double) -> Chart {
        changed { $0.trailing = TrailingAxis(title: title, measure: measure) }
    }

    /// Sets the height of the rectangle that the axes enclose; the chart is 480 wide.
    public func plotHeight(_ height: Double) -> Chart {
        require(
            height >= 60 && height <= 2000,
            "Chart.plotHeight(_:): the height must be between 60 and 2000, but is \(height).",
            file: file,
            line: line
        )
        return changed { $0.plotHeight = height }
    }

    /// Shows a part of the plot larger, in a corner that is free of data or else below the plot.
    ///
    /// - Parameters:
    ///   - x: The part of the horizontal axis.
    ///   - y: The part of the vertical axis; by default that of the values in the part of the horizontal one.
    public func inset(x: ClosedRange<Double>, y: ClosedRange<Double>? = nil) -> Chart {
        changed { $0.inset = Inset.Range(x: x, y: y, drawn: Inset.init) }
    }

    /// The chart with its values and axes resolved.
    package var scene: ChartScene {
        let scene = ChartScene(self)
        require(scene.problem == nil, scene.problem ?? "", file: file, line: line)
        return scene
    }

    private func changed(_ change: (inout Chart) -> Void) -> Chart {
        var copy = self
        change(&copy)
        return copy
    }

    /// The chart itself.
    @_documentation(visibility: internal)
    public var charts: [Chart] { [self] }

    /// The other chart.
    @_documentation(visibility: internal)
    public func with(charts: [Chart]) -> Chart { charts[0] }

    /// Draws the chart.
    @export(interface)
    public func rendered(id: String) -> RenderedChart {
        let scene = scene
        let summary = Summary(scene).text
        let name = scene.name
        let layout = ChartLayout(scene)
        return RenderedChart(
            id: id,
            title: name,
            summary: summary,
            data: DataTable(scene).table,
            height: layout.height,
            layout.elements
        )
    }
}

extension AxisOptions {
    fileprivate mutating func set(_ type: ScaleType, _ domain: ClosedRange<Double>?, _ isReversed: Bool) {
        self.type = type
        self.domain = domain
        self.isReversed = isReversed
    }
}
