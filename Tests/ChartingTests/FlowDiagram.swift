import Charting
import Testing

@Suite struct FlowDiagramTests {
    @Test func `Steps follow each other, and arrows that close a circle lead back`() {
        let graph = FlowGraph([
            .step(FlowStep("a")), .step(FlowStep("b")), .step(FlowStep("c")),
            .step(FlowStep("d", after: ["a"])),
            .arrow(FlowArrow(from: "c", to: "a")), .arrow(FlowArrow(from: "b", to: "b")),
        ])
        #expect(graph.edges.map(\.leadsBack) == [false, false, false, true, true])
        #expect(graph.layers == [[.step(0)], [.step(1), .step(3)], [.step(2)]])
    }

    @Test func `An arrow over several layers bends in each`() {
        let graph = FlowGraph([
            .step(FlowStep("a")), .step(FlowStep("b")), .step(FlowStep("c")),
            .arrow(FlowArrow(from: "a", to: "c")),
        ])
        #expect(graph.chain(2) == [.step(0), .bend(edge: 2, layer: 1), .step(2)])
    }

    @Test func `Unknown and repeated names are told`() {
        #expect(
            FlowGraph.problem([.step(FlowStep("a")), .step(FlowStep("a"))])?.contains(
                "two steps are named \"a\""
            ) == true
        )
        #expect(
            FlowGraph.problem([.step(FlowStep("a")), .arrow(FlowArrow(from: "a", to: "b"))])
                == "FlowDiagram: an arrow names the step \"b\", but there are [\"a\"]."
        )
    }

    /// Any graph: boxes keep apart, and no arrow runs through a box.
    @Test func `Arrows run between boxes, never through them`() throws {
        var generator = Generator(seed: 11)
        for round in 0..<400 {
            let count = Int.random(in: 1...9, using: &generator)
            var elements: [FlowBuilder.Element] = (0..<count).map { index in
                let sources = (0..<index).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }.map {
                    "step \($0)"
                }
                return .step(
                    FlowStep(
                        "step \(index)",
                        after: index % 3 == 0 ? nil : sources,
                        label: index % 4 == 0 ? "yes" : ""
                    )
                )
            }
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let ends = (0..<2).map { _ in "step \(Int.random(in: 0..<count, using: &generator))" }
                elements.append(.arrow(FlowArrow(from: ends[0], to: ends[1], label: "again")))
            }
            let graph = FlowGraph(elements)
            let routes = FlowRoutes(graph, FlowPlacement(graph), top: 0)
            let boxes = routes.placement.boxes.map(\.box)
            for (first, box) in boxes.enumerated() {
                #expect(!boxes[(first + 1)...].contains { $0.overlaps(box) }, "round \(round)")
            }
            for (way, edge) in zip(routes.ways, graph.edges) {
                for (step, box) in boxes.enumerated() where step != edge.source && step != edge.target {
                    let hit = zip(way, way.dropFirst()).contains { crosses($0, $1, box.grown(by: -0.5)) }
                    #expect(
                        !hit,
                        "round \(round): an arrow from \(edge.source) to \(edge.target) runs through \(step)"
                    )
                }
            }
        }
    }

    private func crosses(_ from: Point, _ to: Point, _ box: Box) -> Bool {
        !LinePath.clipped([from, to], to: box).isEmpty
    }
}
