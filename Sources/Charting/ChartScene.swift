/// A chart whose marks know each other and whose axes know their values, but not yet their places.
package struct ChartScene: Sendable {
    package let chart: Chart
    /// The marks of one plot; `name` is nothing when there is but one.
    package struct Facet: Sendable {
        package var name: String?
        package var layers: [ChartContent.Layer]
    }

    /// The plots, each with its marks.
    package let facets: [Facet]
    /// The marks of all plots.
    package let layers: [ChartContent.Layer]
    package private(set) var x: AxisDomain
    package private(set) var y: AxisDomain
    package let palette: Palette
    /// A sentence about what is wrong with the chart, if it cannot be drawn.
    package let problem: String?

    package init(_ chart: Chart) {
        self.chart = chart
        let given = ChartScene.named(ChartScene.categorized(chart.content.layers))
        facets = ChartScene.facets(given)
        let layers = ChartScene.joined(facets)
        self.layers = layers
        let marks = ChartScene.distinct(layers)
        let xs = marks.compactMap { $0.x } + marks.compactMap { $0.xEnd }
        let ys = marks.compactMap { $0.y } + marks.compactMap { $0.yEnd }
        let hasNames = ys.contains { $0.datum.number == nil }
        problem =
            ChartScene.problem(xs, chart.x, "x") ?? ChartScene.problem(ys, chart.y, "y")
            ?? ChartScene.problem(chart.inset, xs, chart.x)
            ?? (chart.trailing != nil && hasNames
                ? "Chart.yAxis(trailing:_:): another measure needs numbers on the y axis, but it has categories."
                : nil)
        var upright = chart.y
        if hasNames { upright.isReversed.toggle() }
        let stances = ChartScene.stances(layers)
        x = AxisDomain(
            xs,
            reaches: ChartScene.reaches(layers) { $0.xReach },
            isStoodOn: stances.contains(.lying(fromZero: true)),
            titles: ChartScene.titles(layers) { $0.x },
            options: chart.x,
            steps: stances.contains { $0.isLying } ? 7 : nil
        )
        let steps = max(2, Int(chart.plotHeight / VerticalAxis.pitch))
        let isCells = layers.contains { $0.kind.form == .cells && $0.marks.contains { $0.isCell } }
        y = AxisDomain(
            ys,
            reaches: ChartScene.roomy(ChartScene.reaches(layers) { $0.yReach }, layers),
            isStoodOn: stances.contains(.upright(fromZero: true)),
            titles: ChartScene.titles(layers) { $0.y },
            options: upright,
            steps: isCells ? nil : steps
        )
        y.isCells = isCells
        palette = Palette(layers, chart.shared)
        chart.shared?.x?.apply(to: &x)
        chart.shared?.y?.apply(to: &y)
    }

    /// The ways in which marks stand on the axes.
    private static func stances(_ layers: [ChartContent.Layer]) -> [Stance] {
        var stances: [Stance] = []
        for layer in layers {
            for mark in layer.marks {
                let stance = layer.kind.stance(mark)
                if !stances.contains(stance) { stances.append(stance) }
            }
        }
        return stances
    }

    /// The ends of what marks cover beyond their values.
    private static func reaches(
        _ layers: [ChartContent.Layer],
        _ reach: (MarkChannels) -> Reach?
    ) -> [Double] {
        var ends: [Double] = []
        for layer in layers {
            for mark in layer.marks where !mark.isPlain {
                if let reach = reach(mark) { ends += [reach.start, reach.end] }
            }
        }
        return ends
    }

    /// The reaches of bars, with room for the texts at their ends.
    private static func roomy(_ reaches: [Double], _ layers: [ChartContent.Layer]) -> [Double] {
        let hasTexts = layers.contains { layer in
            layer.kind.form == .bars
                && layer.marks.contains { $0.text != nil && !layer.kind.stance($0).isLying }
        }
        guard hasTexts, let low = reaches.min(), let high = reaches.max() else { return reaches }
        let margin = (high / 2 - low / 2) * 0.2
        return reaches
            + [low < 0 ? low - margin : low, high > 0 ? high + margin : high].filter { $0.isFinite }
    }

    /// Whether there is a plot for each category.
    package var isFaceted: Bool { facets[0].name != nil }

    /// The marks plot by plot; those without a facet are in all of them.
    private static func facets(_ layers: [ChartContent.Layer]) -> [Facet] {
        var names: [String] = []
        for layer in layers {
            for mark in layer.marks {
                guard let name = mark.facet?.datum.exactText, !names.contains(name) else { continue }
                names.append(name)
            }
        }
        let arranged = { (layer: ChartContent.Layer) in
            ChartContent.Layer(kind: layer.kind, marks: layer.kind.arranged(layer.marks))
        }
        guard !names.isEmpty else { return [Facet(name: nil, layers: layers.map(arranged))] }
        return names.map { name in
            let own = layers.map { layer in
                ChartContent.Layer(
                    kind: layer.kind,
                    marks: layer.marks.filter { $0.facet == nil || $0.facet?.datum.exactText == name }
                )
            }
            return Facet(name: name, layers: own.filter { !$0.marks.isEmpty }.map(arranged))
        }
    }

    /// The marks of all plots, kind by kind; those that are in all of them once.
    private static func joined(_ facets: [Facet]) -> [ChartContent.Layer] {
        guard facets.count > 1 else { return facets[0].layers }
        var layers: [ChartContent.Layer] = []
        for (index, facet) in facets.enumerated() {
            for layer in facet.layers {
                let marks = layer.marks.filter { index == 0 || $0.facet != nil }
                if let place = layers.firstIndex(where: { $0.kind === layer.kind }) {
                    layers[place].marks += marks
                } else {
                    layers.append(ChartContent.Layer(kind: layer.kind, marks: marks))
                }
            }
        }
        return layers
    }

    /// The title, or what the axes show when there is none.
    package var name: String {
        if !chart.title.isEmpty { return chart.title }
        return [y.title, x.title].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " against ")
    }

    /// Whether no value has a place.
    package var isEmpty: Bool { x.isEmpty || y.isEmpty }

    /// Notes for the reader about values that are not drawn.
    package var notes: [String] { x.notes + y.notes + (palette.heat?.notes ?? []) }

    /// The marks, without those that repeat the values of a mark of another kind, so that no value counts twice.
    private static func distinct(_ layers: [ChartContent.Layer]) -> [MarkChannels] {
        guard layers.count > 1 else { return layers.first?.marks ?? [] }
        var seen = Set<[PlottableValue?]>()
        return layers.flatMap { $0.marks }.filter {
            seen.insert([$0.x, $0.xEnd, $0.y, $0.yEnd, $0.color, $0.series]).inserted
        }
    }

    /// Makes categories of the numbers that color series: each seed its line, but a hue for each of many points.
    private static func categorized(_ layers: [ChartContent.Layer]) -> [ChartContent.Layer] {
        layers.map { layer in
            guard layer.kind.isSeries, layer.marks.contains(where: { $0.color?.datum.number != nil }) else {
                return layer
            }
            var colors: [Datum] = []
            for mark in layer.marks where colors.count <= 8 {
                if let color = mark.color?.datum, !colors.contains(color) { colors.append(color) }
            }
            guard layer.kind.form != .scattered || colors.count <= 8 && colors.allSatisfy({ $0.isWhole })
            else {
                return layer
            }
            var layer = layer
            for index in layer.marks.indices {
                guard let color = layer.marks[index].color else { continue }
                layer.marks[index].color = .value(color.label, color.datum.exactText)
            }
            return layer
        }
    }

    /// Makes the labels of values the names of series, where there are several labels and nothing else tells
    /// series apart.
    private static func named(_ layers: [ChartContent.Layer]) -> [ChartContent.Layer] {
        var first: String?
        var hasMany = false
        for layer in layers where layer.kind.isSeries {
            for mark in layer.marks where !hasMany && isUnnamed(mark) {
                guard let label = mark.y?.label else { continue }
                hasMany = label != (first ?? label)
                first = first ?? label
            }
        }
        guard hasMany else { return layers }
        return layers.map { layer in
            guard layer.kind.isSeries else { return layer }
            var layer = layer
            for index in layer.marks.indices {
                let mark = layer.marks[index]
                guard isUnnamed(mark), let label = mark.y?.label else { continue }
                layer.marks[index].color = .value("", label)
            }
            return layer
        }
    }

    /// Whether a mark's label may name its series: nothing else does, and it is not a range with two labels.
    private static func isUnnamed(_ mark: MarkChannels) -> Bool {
        mark.color == nil && mark.style.color == nil && mark.xEnd == nil && mark.yEnd == nil
    }

    /// The distinct labels of an axis's values: of those that form series, if any do.
    private static func titles(
        _ layers: [ChartContent.Layer],
        _ value: (MarkChannels) -> PlottableValue?
    ) -> [String] {
        let series = layers.filter { $0.kind.isSeries }
        let titled = series.isEmpty ? layers : series
        let isRange = { (mark: MarkChannels) in mark.xEnd != nil || mark.yEnd != nil }
        let hasSingle = titled.contains { layer in layer.marks.contains { !isRange($0) } }
        var titles: [String] = []
        for layer in titled {
            for mark in layer.marks where !hasSingle || !isRange(mark) {
                if let label = value(mark)?.label, label != titles.last, !titles.contains(label) {
                    titles.append(label)
                }
            }
        }
        return titles
    }

    private static func problem(
        _ inset: Inset.Range?,
        _ xs: [PlottableValue],
        _ options: AxisOptions
    ) -> String? {
        guard let inset else { return nil }
        if xs.contains(where: { $0.datum.number == nil }) {
            return "Chart.inset(x:y:): an inset needs numbers on the x axis, but it has categories."
        }
        guard inset.x.lowerBound.isFinite, inset.x.upperBound.isFinite else {
            return "Chart.inset(x:y:): the part of the x axis must be finite, but is \(inset.x)."
        }
        if options.type == .log && inset.x.lowerBound <= 0 {
            return "Chart.inset(x:y:): the part of a log scale must be positive, but is \(inset.x)."
        }
        return nil
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
        if case .symmetricLog(let threshold?) = options.type, !(threshold > 0 && threshold.isFinite) {
            return """
                Chart: the threshold of a symmetric log scale must be positive, but that of the \(axis) axis is \
                \(threshold).
                """
        }
        guard let domain = options.domain, options.type != .category, name == nil else { return nil }
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
