/// The steps of a flow diagram with its arrows as numbers, in layers such that arrows lead down.
package struct FlowGraph: Sendable {
    /// An arrow between two steps, by number.
    package struct Edge: Sendable, Hashable {
        package var source: Int
        package var target: Int
        package var label: String
        /// Whether the arrow closes a circle and so leads up.
        package var leadsBack = false
    }

    /// An item of a layer: a step, or a bend of an arrow that passes through.
    package enum Item: Sendable, Hashable {
        case step(Int)
        case bend(edge: Int, layer: Int)
    }

    package let steps: [FlowStep]
    package private(set) var edges: [Edge]
    /// The items of each layer from left to right.
    package private(set) var layers: [[Item]] = []

    package init(_ elements: [FlowBuilder.Element]) {
        var steps: [FlowStep] = []
        var edges: [Edge] = []
        var places = [String: Int]()
        for case .step(let step) in elements {
            places[step.name] = steps.count
            steps.append(step)
        }
        for (index, step) in steps.enumerated() {
            let sources = step.sources?.compactMap { places[$0] } ?? (index > 0 ? [index - 1] : [])
            edges += sources.map { Edge(source: $0, target: index, label: step.label) }
        }
        for case .arrow(let arrow) in elements {
            guard let source = places[arrow.source], let target = places[arrow.target] else { continue }
            edges.append(Edge(source: source, target: target, label: arrow.label))
        }
        self.steps = steps
        self.edges = edges
        markEdgesThatLeadBack()
        layers = ordered(layered())
    }

    /// A sentence about what is wrong with the elements.
    package static func problem(_ elements: [FlowBuilder.Element]) -> String? {
        var names = Set<String>()
        for case .step(let step) in elements where !names.insert(step.name).inserted {
            return "FlowDiagram: two steps are named \"\(step.name)\"; arrows could not tell them apart."
        }
        for element in elements {
            let used =
                switch element {
                case .step(let step): step.sources ?? []
                case .arrow(let arrow): [arrow.source, arrow.target]
                }
            if let missing = used.first(where: { !names.contains($0) }) {
                return "FlowDiagram: an arrow names the step \"\(missing)\", but there are \(names.sorted())."
            }
        }
        return nil
    }

    /// Replaces the labels of the edges.
    package mutating func relabel(_ label: (Edge) -> String) {
        for index in edges.indices { edges[index].label = label(edges[index]) }
    }

    /// An edge to a step that is still being followed leads back.
    private mutating func markEdgesThatLeadBack() {
        var isOpen = Array(repeating: false, count: steps.count)
        var isDone = isOpen
        for root in steps.indices where !isDone[root] {
            var path = [(step: root, next: 0)]
            isOpen[root] = true
            while let (step, next) = path.last {
                guard let edge = edges.indices.first(where: { $0 >= next && edges[$0].source == step }) else {
                    isOpen[step] = false
                    isDone[step] = true
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next = edge + 1
                let target = edges[edge].target
                if isOpen[target] {
                    edges[edge].leadsBack = true
                } else if !isDone[target] {
                    isOpen[target] = true
                    path.append((target, 0))
                }
            }
        }
    }

    /// Each step one layer below the lowest before it, and a bend in each layer that an edge passes through.
    private func layered() -> [[Item]] {
        var ranks = Array(repeating: 0, count: steps.count)
        for _ in steps.indices {
            for edge in edges where !edge.leadsBack {
                ranks[edge.target] = max(ranks[edge.target], ranks[edge.source] + 1)
            }
        }
        var layers: [[Item]] = Array(repeating: [], count: (ranks.max() ?? -1) + 1)
        for step in steps.indices { layers[ranks[step]].append(.step(step)) }
        for (index, edge) in edges.enumerated() where !edge.leadsBack {
            for layer in (ranks[edge.source] + 1)..<max(ranks[edge.target], ranks[edge.source] + 1) {
                layers[layer].append(.bend(edge: index, layer: layer))
            }
        }
        return layers
    }

    /// The items above an item to which its edges lead.
    package func above(_ item: Item) -> [Item] {
        edges.indices.compactMap { segment(of: $0, endingAt: item) }
    }

    private func segment(of edge: Int, endingAt item: Item) -> Item? {
        guard !edges[edge].leadsBack else { return nil }
        switch item {
        case .step(let step): return edges[edge].target == step ? chain(edge).dropLast().last : nil
        case .bend(let bent, let layer):
            guard bent == edge else { return nil }
            let chain = chain(edge)
            return chain.firstIndex(of: .bend(edge: bent, layer: layer)).map { chain[$0 - 1] }
        }
    }

    /// The items along an edge, from its source to its target.
    package func chain(_ edge: Int) -> [Item] {
        let bends = layers.joined().compactMap { item -> Int? in
            if case .bend(edge, let layer) = item { layer } else { nil }
        }
        return [.step(edges[edge].source)] + bends.sorted().map { .bend(edge: edge, layer: $0) }
            + [.step(edges[edge].target)]
    }

    /// The layers with each item near the middle of those it is joined to, to spare crossings.
    private func ordered(_ given: [[Item]]) -> [[Item]] {
        var graph = self
        graph.layers = given
        let joints = given.joined().flatMap { item in graph.above(item).map { (upper: $0, lower: item) } }
        var layers = given
        for sweep in 0..<8 {
            let isDown = sweep % 2 == 0
            for index in isDown ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed() {
                let fixed = layers[isDown ? index - 1 : index + 1]
                let weights = layers[index].enumerated().map { place, item -> (Double, Int) in
                    let near = joints.filter { (isDown ? $0.lower : $0.upper) == item }
                        .compactMap { fixed.firstIndex(of: isDown ? $0.upper : $0.lower) }
                    return (
                        near.isEmpty ? Double(place) : Double(near.reduce(0, +)) / Double(near.count), place
                    )
                }
                layers[index] = weights.sorted { $0 < $1 }.map { layers[index][$0.1] }
            }
        }
        return layers
    }

    /// The diagram in words.
    package var summary: String {
        guard !steps.isEmpty else { return "A flow diagram without steps." }
        let arrows = edges.prefix(40).map { edge in
            let label = edge.label.isEmpty ? "" : " (\(edge.label))"
            return "\(steps[edge.source].name) → \(steps[edge.target].name)\(label)"
        }
        let count = steps.count == 1 ? "1 step" : "\(steps.count) steps"
        return "Flow diagram, \(count): "
            + (arrows.isEmpty ? steps.map { $0.name } : arrows).joined(separator: "; ") + "."
    }

    /// The arrows as a table.
    package var table: RenderedChart.Table? {
        guard !edges.isEmpty else { return nil }
        let rows = edges.map { [steps[$0.source].name, steps[$0.target].name, $0.label] }
        return RenderedChart.Table(columns: ["From", "To", "Label"], rows: rows)
    }
}
