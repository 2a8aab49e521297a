/// The places of a flow diagram's boxes and bends.
package struct FlowPlacement: Sendable {
    private static let gap = 26.0

    /// The boxes, step by step.
    package private(set) var boxes: [FlowBox]
    /// The middles of all items, from left to right in each layer.
    package private(set) var middles = [FlowGraph.Item: Double]()
    private let graph: FlowGraph

    /// Places the items beside each other; heights come with the routes.
    package init(_ graph: FlowGraph) {
        self.graph = graph
        boxes = graph.steps.indices.map { step in
            FlowBox(graph.steps[step], ports: FlowPlacement.ports(graph, step))
        }
        center()
        for _ in 0..<60 { relax() }
        for (step, _) in boxes.enumerated() {
            boxes[step].box.x = (middles[.step(step)] ?? 0) - boxes[step].box.width / 2
        }
    }

    /// The distance of the outermost arrows of a step.
    private static func ports(_ graph: FlowGraph, _ step: Int) -> Double {
        let out = graph.edges.filter { $0.source == step && !$0.leadsBack }
        let into = graph.edges.filter { $0.target == step && !$0.leadsBack }
        return max(pitch(out.map { $0.label }) * Double(out.count - 1), 18 * Double(into.count - 1), 0)
    }

    /// The distance of neighboring arrows out of a step, which leaves room for their labels.
    package static func pitch(_ labels: [String]) -> Double {
        let widest = labels.map { TextLabel.width(FlowRoutes.fitting($0), size: Typography.small) }.max() ?? 0
        return labels.count > 2 && widest > 0 ? widest + 18 : 26
    }

    private func width(_ item: FlowGraph.Item) -> Double {
        if case .step(let step) = item { boxes[step].box.width } else { 12 }
    }

    /// Every layer beside a common middle.
    private mutating func center() {
        for layer in graph.layers {
            let total = layer.map(width).reduce(0, +) + FlowPlacement.gap * Double(layer.count - 1)
            var left = -total / 2
            for item in layer {
                middles[item] = left + width(item) / 2
                left += width(item) + FlowPlacement.gap
            }
        }
    }

    /// Moves each item toward those it is joined to, as far as its neighbors allow.
    private mutating func relax() {
        let joints = graph.layers.joined().flatMap { item in
            graph.above(item).map { (upper: $0, lower: item) }
        }
        for layer in graph.layers {
            let wished = layer.map { item -> Double in
                let near = joints.compactMap { joint in
                    joint.lower == item
                        ? middles[joint.upper] : joint.upper == item ? middles[joint.lower] : nil
                }
                return near.isEmpty ? middles[item]! : near.reduce(0, +) / Double(near.count)
            }
            let rooms = zip(layer, layer.dropFirst()).map { (width($0) + width($1)) / 2 + FlowPlacement.gap }
            var right = wished
            for index in wished.indices.dropFirst() {
                right[index] = max(right[index], right[index - 1] + rooms[index - 1])
            }
            var left = wished
            for index in wished.indices.dropLast().reversed() {
                left[index] = min(left[index], left[index + 1] - rooms[index])
            }
            for (index, item) in layer.enumerated() { middles[item] = (left[index] + right[index]) / 2 }
        }
    }

    private func isBend(_ item: FlowGraph.Item) -> Bool {
        if case .bend = item { true } else { false }
    }

    /// Moves everything to the right.
    package mutating func shift(by distance: Double) {
        for item in middles.keys { middles[item]! += distance }
        for step in boxes.indices { boxes[step].box.x += distance }
    }

    /// Sets where the boxes of a layer start; they share a middle line.
    package mutating func place(layer: Int, top: Double) {
        let height = height(layer)
        for case .step(let step) in graph.layers[layer] {
            boxes[step].box.y = top + (height - boxes[step].box.height) / 2
        }
    }

    /// The height of a layer.
    package func height(_ layer: Int) -> Double {
        graph.layers[layer].map { item in
            if case .step(let step) = item { boxes[step].box.height } else { 0 }
        }.max() ?? 0
    }
}
