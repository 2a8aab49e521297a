/// The scales that a chart shares with the other frames of an animation, so that what moves in it means a change.
package struct SharedScales: Sendable {
    /// What an axis shares.
    package struct Axis: Sendable {
        fileprivate let kind: Scale.Kind
        fileprivate let range: ClosedRange<Double>
        fileprivate let isWhole: Bool

        /// Gives an axis the kind and the range that all have.
        package func apply(to axis: inout AxisDomain) {
            axis.kind = kind
            axis.range = range
            axis.isWhole = isWhole
        }
    }

    /// The horizontal axis; `nil` where each frame has its own.
    package fileprivate(set) var x: Axis?
    /// The vertical axis; `nil` where each frame has its own.
    package fileprivate(set) var y: Axis?
    /// The least and the greatest of the numbers that colors stand for.
    package fileprivate(set) var heat: ClosedRange<Double>?
    /// The categories that have a color.
    package fileprivate(set) var names: [String] = []
    /// The categories that have a symbol.
    package fileprivate(set) var symbolNames: [String] = []
    /// Whether a legend names the series, and not the ends of lines: one frame has no room there.
    package fileprivate(set) var hasLegend = false
}

extension Chart {
    /// Returns charts with the same scales, which hold the values of all: the axes whose domain no author set, and the
    /// colors and symbols.
    ///
    /// Charts that cannot share an axis, as one with names and one with numbers, keep their own.
    @export(interface)
    package static func sharingScales(_ charts: [Chart]) -> [Chart] {
        guard charts.count > 1 else { return charts }
        let scenes = charts.map { ChartScene($0) }
        guard scenes.allSatisfy({ $0.problem == nil }) else { return charts }
        var shared = SharedScales()
        // The last frame of an animation is the one that has most of its marks.
        var last = charts[charts.count - 1]
        last.x.extent = union(scenes.compactMap { $0.x.extent })
        last.y.extent = union(scenes.compactMap { $0.y.extent })
        let widest = ChartScene(last)
        shared.x = SharedScales.Axis(scenes.map { $0.x }, charts.map { $0.x }, widest.x)
        shared.y = SharedScales.Axis(scenes.map { $0.y }, charts.map { $0.y }, widest.y)
        shared.heat = union(scenes.compactMap { $0.palette.heat?.domain })
        for scene in scenes {
            for name in scene.palette.names where !shared.names.contains(name) { shared.names.append(name) }
            for name in scene.palette.symbolNames where !shared.symbolNames.contains(name) {
                shared.symbolNames.append(name)
            }
        }
        let united = charts.map { chart in
            var chart = chart
            chart.shared = shared
            return chart
        }
        shared.hasLegend = united.contains { ChartLayout.lineEnds(ChartScene($0)) == nil }
        return united.map { chart in
            var chart = chart
            chart.shared = shared
            return chart
        }
    }

    private static func union(_ ranges: [ClosedRange<Double>]) -> ClosedRange<Double>? {
        guard let low = ranges.map({ $0.lowerBound }).min(), let high = ranges.map({ $0.upperBound }).max()
        else {
            return nil
        }
        return low...high
    }
}

extension SharedScales.Axis {
    /// The axis of all charts; `nil` where an author set a domain, or the axes do not go together.
    fileprivate init?(_ axes: [AxisDomain], _ options: [AxisOptions], _ widest: AxisDomain) {
        let axes = axes.filter { !$0.isEmpty }
        guard !axes.isEmpty, options.allSatisfy({ $0.domain == nil }) else { return nil }
        var names: [String] = []
        var areCategories = false
        var threshold: Double?
        for (index, axis) in axes.enumerated() {
            switch axis.kind {
            case .category(let own):
                guard areCategories || index == 0 else { return nil }
                areCategories = true
                for name in own where !names.contains(name) { names.append(name) }
            case .symmetricLog(let own):
                guard !areCategories else { return nil }
                threshold = min(threshold ?? own, own)
            case .linear, .log:
                guard !areCategories, axis.kind == axes[0].kind else { return nil }
            }
        }
        isWhole = axes.allSatisfy { $0.isWhole }
        if areCategories {
            kind = .category(names)
            range = -0.5...(Double(max(1, names.count)) - 0.5)
        } else {
            kind = threshold.map { .symmetricLog($0) } ?? widest.kind
            range = widest.range
        }
    }
}
