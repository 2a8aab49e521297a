/// The ways of a flow diagram's arrows, between the layers and past the boxes.
package struct FlowRoutes: Sendable {
    private static let track = 12.0

    /// A piece of an arrow between two layers.
    private struct Piece {
        var edge: Int
        var from: Double
        var to: Double
        var track = 0
    }

    package private(set) var placement: FlowPlacement
    /// The corners of each arrow, in the order of the graph's edges.
    package private(set) var ways: [[Point]]
    /// The texts at the arrows.
    package private(set) var labels: [TextLabel] = []
    /// The lower end of the lowest layer.
    package private(set) var bottom = 0.0
    /// The right end of the rightmost arrow or label.
    package private(set) var right = 0.0
    private let graph: FlowGraph

    package init(_ graph: FlowGraph, _ placement: FlowPlacement, top: Double) {
        self.graph = graph
        self.placement = placement
        ways = Array(repeating: [], count: graph.edges.count)
        right = placement.boxes.map { $0.box.right }.max() ?? 0
        routeDown(from: top)
        routeBack()
    }

    /// An arrow's label, cut to what fits beside it.
    package static func fitting(_ label: String) -> String {
        TextFitting.truncated(label, to: 11)
    }

    private mutating func routeDown(from top: Double) {
        var y = top
        for layer in graph.layers.indices {
            placement.place(layer: layer, top: y)
            let floor = y + placement.height(layer)
            bottom = floor
            guard layer + 1 < graph.layers.count else { break }
            let pieces = tracked(pieces(below: layer))
            let hasLabels = pieces.contains { isFirst($0, layer) && !graph.edges[$0.edge].label.isEmpty }
            let entry = floor + (hasLabels ? 24 : 12)
            let tracks = pieces.map { $0.track }.max() ?? 0
            let ceiling = entry + Double(tracks) * FlowRoutes.track + 18
            placement.place(layer: layer + 1, top: ceiling)
            for piece in pieces { append(piece, layer: layer, entry: entry, floor: floor, ceiling: ceiling) }
            y = ceiling
        }
    }

    private func isFirst(_ piece: Piece, _ layer: Int) -> Bool {
        graph.layers[layer].contains(.step(graph.edges[piece.edge].source))
    }

    /// The pieces of arrows between a layer and the next, with the places where they leave and enter.
    private func pieces(below layer: Int) -> [Piece] {
        var joints: [(edge: Int, from: FlowGraph.Item, to: FlowGraph.Item)] = []
        for edge in graph.edges.indices where !graph.edges[edge].leadsBack {
            let chain = graph.chain(edge)
            for (from, to) in zip(chain, chain.dropFirst()) where graph.layers[layer].contains(from) {
                joints.append((edge, from, to))
            }
        }
        var pieces = joints.map { joint -> Piece in
            let out = joints.filter { $0.from == joint.from }
                .sorted { (placement.middles[$0.to]!, $0.edge) < (placement.middles[$1.to]!, $1.edge) }
            let into = joints.filter { $0.to == joint.to }
                .sorted { (placement.middles[$0.from]!, $0.edge) < (placement.middles[$1.from]!, $1.edge) }
            let pitch = FlowPlacement.pitch(out.map { graph.edges[$0.edge].label })
            return Piece(
                edge: joint.edge,
                from: port(joint.from, out.firstIndex { $0.edge == joint.edge }!, of: out.count, pitch),
                to: port(joint.to, into.firstIndex { $0.edge == joint.edge }!, of: into.count, 18)
            )
        }
        straighten(&pieces)
        return pieces
    }

    private func port(_ item: FlowGraph.Item, _ index: Int, of count: Int, _ pitch: Double) -> Double {
        placement.middles[item]! + (Double(index) - Double(count - 1) / 2) * pitch
    }

    /// Makes pieces straight that almost are, and moves ends apart that would lie on each other.
    private func straighten(_ pieces: inout [Piece]) {
        for index in pieces.indices where (pieces[index].from - pieces[index].to).magnitude < 8 {
            pieces[index].to = pieces[index].from
        }
        for index in pieces.indices where pieces[index].from != pieces[index].to {
            let others = pieces.filter { $0.edge != pieces[index].edge }
            while others.contains(where: { ($0.from - pieces[index].to).magnitude < 5 }) {
                pieces[index].to += 9
            }
        }
    }

    /// The pieces with tracks such that those that share a stretch keep apart and cross little.
    private func tracked(_ pieces: [Piece]) -> [Piece] {
        var pieces = pieces
        let bent = pieces.indices.filter { pieces[$0].from != pieces[$0].to }
        let order = bent.sorted { first, second in
            let (a, b) = (pieces[first], pieces[second])
            let (aIsRight, bIsRight) = (a.to > a.from, b.to > b.from)
            if aIsRight != bIsRight { return aIsRight }
            return aIsRight ? a.from > b.from : a.from < b.from
        }
        var placed: [Int] = []
        for index in order {
            let (low, high) = (
                min(pieces[index].from, pieces[index].to), max(pieces[index].from, pieces[index].to)
            )
            let before = placed.filter {
                min(pieces[$0].from, pieces[$0].to) < high + 6
                    && max(pieces[$0].from, pieces[$0].to) > low - 6
            }
            pieces[index].track = (before.map { pieces[$0].track }.max() ?? -1) + 1
            placed.append(index)
        }
        return pieces
    }

    private mutating func append(_ piece: Piece, layer: Int, entry: Double, floor: Double, ceiling: Double) {
        let source = graph.edges[piece.edge].source
        let isFirst = isFirst(piece, layer)
        let start = isFirst ? placement.boxes[source].box.bottom : floor
        let target = graph.edges[piece.edge].target
        let isLast = graph.layers[layer + 1].contains(.step(target))
        let end = isLast ? placement.boxes[target].box.y : ceiling + placement.height(layer + 1)
        let turn = entry + Double(piece.track) * FlowRoutes.track
        var way = [Point(x: piece.from, y: start)]
        if piece.from != piece.to { way += [Point(x: piece.from, y: turn), Point(x: piece.to, y: turn)] }
        way.append(Point(x: piece.to, y: end))
        if ways[piece.edge].last == way.first { ways[piece.edge].removeLast() }
        ways[piece.edge] += way
        let label = graph.edges[piece.edge].label
        guard isFirst, !label.isEmpty else { return }
        let isLeft = piece.to < piece.from
        var text = TextLabel(
            FlowRoutes.fitting(label),
            at: Point(x: piece.from + (isLeft ? -6 : 6), y: start + 12),
            anchor: isLeft ? .end : .start
        )
        text.size = Typography.small
        text.color = ChartColor.muted.css
        labels.append(text)
        right = max(right, text.box.right)
    }

    /// Arrows that lead back leave and enter at the right, in lanes beside everything.
    private mutating func routeBack() {
        let back = graph.edges.indices.filter { graph.edges[$0].leadsBack }
        var lanes: [(x: Double, top: Double, bottom: Double)] = []
        let ordered = back.sorted { span($0) < span($1) }
        for edge in ordered {
            let (source, target) = (graph.edges[edge].source, graph.edges[edge].target)
            let start = exit(source, offset: 0.25)
            let end = exit(target, offset: -0.25)
            let (top, bottom) = (min(start.last!.y, end.last!.y), max(start.last!.y, end.last!.y))
            var x = (placement.boxes.map { $0.box.right }.max() ?? 0) + 16
            for lane in lanes where lane.top < bottom && top < lane.bottom { x = max(x, lane.x) }
            ways[edge] =
                start + [Point(x: x, y: start.last!.y), Point(x: x, y: end.last!.y)] + end.reversed()
            right = max(right, x + 2)
            var next = x + 14
            if !graph.edges[edge].label.isEmpty {
                let text = label(edge, at: Point(x: x + 6, y: (top + bottom) / 2))
                labels.append(text)
                next = text.box.right + 10
                right = max(right, text.box.right)
            }
            lanes.append((next, top, bottom))
        }
    }

    private func span(_ edge: Int) -> Int {
        abs(graph.edges[edge].source - graph.edges[edge].target)
    }

    private func label(_ edge: Int, at place: Point) -> TextLabel {
        return TextLabel(
            FlowRoutes.fitting(graph.edges[edge].label),
            at: place,
            size: Typography.small,
            color: ChartColor.muted.css
        )
    }

    /// The way from a box to where nothing is at its right: straight out, or between the layers when boxes stand there.
    private func exit(_ step: Int, offset: Double) -> [Point] {
        let box = placement.boxes[step].box
        let isRightmost = graph.layers.contains { $0.last == .step(step) }
        if isRightmost {
            // The middle is for an arrow that has the side to itself.
            let ends = graph.edges.filter { $0.leadsBack }.flatMap { [$0.source, $0.target] }
            let share = ends.count { $0 == step } > 1 ? offset : 0
            let y = box.center.y + box.height * share
            return [Point(x: placement.boxes[step].right(at: 2 * share), y: y)]
        }
        let out = offset > 0 ? box.bottom : box.y
        let beside = box.center.x + box.width / 2 - 14
        return [Point(x: beside, y: out), Point(x: beside, y: out + (offset > 0 ? 8 : -8))]
    }
}
