import Charting
import Testing

/// Charts that are frames of an animation share their scales, so that motion means change.
@Suite("Shared scales") struct SharedScalesTests {
    private func points(_ values: [Double]) -> Chart {
        Chart("Points") {
            for (index, value) in values.enumerated() {
                PointMark(x: .value("x", index), y: .value("y", value))
            }
        }
    }

    @Test("hold the values of all charts")
    func united() {
        let charts = Chart.sharingScales([points([1, 2]), points([-3, 0.5, 12]), points([4])])
        let scenes = charts.map { ChartScene($0) }
        for scene in scenes {
            #expect(scene.y.range.contains(-3) && scene.y.range.contains(12))
            #expect(scene.x.range.contains(2))
            #expect(scene.y.range == scenes[0].y.range)
            #expect(scene.x.range == scenes[0].x.range)
            #expect(scene.x.isWhole)
        }
        // The one with all values alone has the axis that it would have had.
        let alone = ChartScene(points([-3, 0.5, 12]))
        #expect(
            ChartScene(Chart.sharingScales([points([1]), points([-3, 0.5, 12])])[0]).y.range == alone.y.range
        )
    }

    @Test("leave a domain that the author set")
    func fixed() {
        let charts = Chart.sharingScales([
            points([1, 2]).yScale(domain: 0...5), points([9]).yScale(domain: 0...10),
        ])
        #expect(charts.map { ChartScene($0).y.range } == [0...5, 0...10])
        #expect(ChartScene(charts[1]).x.range == ChartScene(charts[0]).x.range)
    }

    @Test("keep a log scale, and one threshold of symmetric ones")
    func logarithmic() {
        let log = Chart.sharingScales([points([1, 2]).yScale(.log), points([1e-4]).yScale(.log)])
        #expect(log.map { ChartScene($0).y.kind } == [.log, .log])
        #expect(ChartScene(log[0]).y.range.lowerBound <= 1e-4)
        let symmetric = Chart.sharingScales([
            points([-1, 2]).yScale(.symmetricLog()), points([1e-2, -1000]).yScale(.symmetricLog()),
        ])
        let kinds = symmetric.map { ChartScene($0).y.kind }
        #expect(kinds[0] == kinds[1])
    }

    @Test("give a series the same color in each chart, and a legend to all or none")
    func colors() {
        func lines(_ names: [String]) -> Chart {
            Chart("Lines") {
                for name in names {
                    for x in 0..<3 {
                        LineMark(x: .value("x", x), y: .value("y", x * name.count))
                            .foregroundStyle(by: .value("Kind", name))
                    }
                }
            }
        }
        let charts = Chart.sharingScales([lines(["b"]), lines(["aa", "b"]), lines([])])
        let scenes = charts.map { ChartScene($0) }
        #expect(scenes.allSatisfy { $0.palette.names == ["b", "aa"] })
        let legends = charts.map { $0.rendered(id: "lines").svg.contains("\"legend\"") }
        #expect(Set(legends.dropLast()).count == 1)
    }

    @Test("unite names, and the colors of heat maps")
    func names() {
        let maps = [
            HeatMap("Map", [[0.5, 1.0]], named: ["a"]), HeatMap("Map", [[-4.0, 1.0]], named: ["b"]),
        ]
        let charts = Chart.sharingScales(maps.flatMap { $0.charts })
        let scenes = charts.map { ChartScene($0) }
        #expect(scenes.allSatisfy { $0.y.kind == .category(["a", "b"]) })
        #expect(scenes.allSatisfy { $0.palette.heat?.domain == -4...4 })
        let drawn = maps[0].with(charts: [charts[0]]).rendered(id: "map").svg
        #expect(drawn != maps[0].rendered(id: "map").svg)
    }

    @Test("are not shared by names and numbers, nor by a chart alone")
    func apart() {
        let names = Chart("Names") { PointMark(x: .value("x", "a"), y: .value("y", 30)) }
        let charts = Chart.sharingScales([points([1, 2]), names])
        #expect(ChartScene(charts[0]).x.kind == .linear)
        #expect(ChartScene(charts[1]).x.kind == .category(["a"]))
        #expect(ChartScene(charts[0]).y.range == ChartScene(charts[1]).y.range)
        #expect(Chart.sharingScales([names])[0].shared == nil)
    }

    @Test("fit charts that have nothing to show")
    func empty() {
        let charts = Chart.sharingScales([points([]), points([3, 8])])
        #expect(charts[0].rendered(id: "a").svg.contains("No data"))
        #expect(ChartScene(charts[1]).y.range.contains(8))
    }
}
