/// A chart whose marks know each other and whose axes know their values, but not yet their places.
package struct ChartScene: Sendable {
    package let chart: Chart
    package let layers: [ChartContent.Layer]
    package let x: AxisDomain
    package let y: AxisDomain
    package let palette: Palette
    /// What is wrong with the chart, in a sentence, if it cannot be drawn.
    package let problem: String?

    package init(_ chart: Chart) {
        self.chart = chart
        let layers = ChartScene.named(chart.content.layers).map {
            ChartContent.Layer(kind: $0.kind, marks: $0.kind.arranged($0.marks))
        }
        self.layers = layers
        let marks = ChartScene.distinct(layers)
        let xs = marks.flatMap { [$0.x, $0.xEnd].compactMap(\.self) }
        let ys = marks.flatMap { [$0.y, $0.yEnd].compactMap(\.self) }
        problem = ChartScene.problem(xs, chart.x, "x") ?? ChartScene.problem(ys, chart.y, "y")
        x = AxisDomain(xs, titles: ChartScene.titles(layers, \.x), options: chart.x, steps: nil)
        let steps = max(2, Int(chart.plotHeight / 45))
        y = AxisDomain(ys, titles: ChartScene.titles(layers, \.y), options: chart.y, steps: steps)
        palette = Palette(layers)
    }

    /// The title, or what the axes show when there is none.
    package var name: String {
        if !chart.title.isEmpty { return chart.title }
        return [y.title, x.title].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " against ")
    }

    /// Whether no value has a place.
    package var isEmpty: Bool { x.isEmpty || y.isEmpty }

    /// What the reader must know of values that are not drawn.
    package var notes: [String] { x.notes + y.notes }

    /// The marks, without those that repeat the values of a mark of another kind, so that no value counts twice.
    private static func distinct(_ layers: [ChartContent.Layer]) -> [MarkChannels] {
        guard layers.count > 1 else { return layers.first?.marks ?? [] }
        var seen: Set<[PlottableValue?]> = []
        return layers.flatMap(\.marks).filter {
            seen.insert([$0.x, $0.xEnd, $0.y, $0.yEnd, $0.color, $0.series]).inserted
        }
    }

    /// Makes the labels of values the names of series, where there are several labels and nothing else tells
    /// series apart.
    private static func named(_ layers: [ChartContent.Layer]) -> [ChartContent.Layer] {
        let series = layers.filter { $0.kind.isSeries }
        let unnamed = series.lazy.flatMap(\.marks).filter { $0.color == nil && $0.style.color == nil }
        var labels: Set<String> = []
        for mark in unnamed { if let label = mark.y?.label { labels.insert(label) } }
        guard labels.count > 1 else { return layers }
        return layers.map { layer in
            guard layer.kind.isSeries else { return layer }
            var layer = layer
            for index in layer.marks.indices {
                let mark = layer.marks[index]
                guard mark.color == nil, mark.style.color == nil, let label = mark.y?.label else { continue }
                layer.marks[index].color = .value("", label)
            }
            return layer
        }
    }

    /// The distinct labels of an axis's values: of those that form series, if any do.
    private static func titles(
        _ layers: [ChartContent.Layer],
        _ value: KeyPath<MarkChannels, PlottableValue?>
    ) -> [String] {
        var titles: [String] = []
        let series = layers.filter { $0.kind.isSeries }
        for mark in (series.isEmpty ? layers : series).lazy.flatMap(\.marks) {
            if let label = mark[keyPath: value]?.label, label != titles.last, !titles.contains(label) {
                titles.append(label)
            }
        }
        return titles
    }

    private static func problem(_ values: [PlottableValue], _ options: AxisOptions, _ axis: String) -> String?
    {
        let number = values.first { $0.datum.number != nil }
        let name = values.first { $0.datum.number == nil }
        if let number, let name, options.type != .category {
            return """
                Chart: the \(axis) axis got the number \(number.datum.exactText) ("\(number.label)") and the category \
                "\(name.datum.exactText)" ("\(name.label)"). Give all values as numbers, or all as text with \
                String(describing:).
                """
        }
        if let name, ![.automatic, .category].contains(options.type) {
            return """
                Chart: the \(axis) axis has a scale for numbers, but got the category "\(name.datum.exactText)" \
                ("\(name.label)"). Leave the scale out, or give numbers.
                """
        }
        guard let domain = options.domain else { return nil }
        if !domain.lowerBound.isFinite || !domain.upperBound.isFinite {
            return "Chart: the domain of the \(axis) axis must be finite, but is \(domain)."
        }
        if options.type == .log && domain.lowerBound <= 0 {
            return
                "Chart: the domain of a log scale must be positive, but that of the \(axis) axis is \(domain)."
        }
        return nil
    }
}
