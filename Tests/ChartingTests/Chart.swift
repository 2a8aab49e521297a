import Charting
import Golden
import Testing
import Turns

@Suite(.inTurns) struct ChartTests {
    private let losses: [Float] = (0..<40).map { 0.261 / Float(1 + $0 * $0) }

    @Test(arguments: ["Epoch", "Époque", "Ćwiczenie", "Εποχή", "Эпоха", "Ёж", "LSTM", "x", "周期", "İlk"])
    func `A label within a sentence begins small`(label: String) {
        let chart = Chart { PointMark(x: .value(label, 1), y: .value("Loss", 2)) }
        let isWord = label.dropFirst().first?.isLowercase == true && label != "İlk"
        let small = isWord ? label.prefix(1).lowercased() + label.dropFirst() : label
        #expect(chart.rendered().summary.hasPrefix("Loss against \(small)"))
    }

    @Test func `A line of losses`() throws {
        let chart = Chart("Loss while training") {
            for (epoch, loss) in losses.enumerated() {
                LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
            }
        }.rendered(id: "loss")
        #expect(chart.title == "Loss while training")
        #expect(chart.summary == "Loss against epoch, 40 points, falls from 0.261 to 0.000171.")
        #expect(chart.data?.columns == ["Epoch", "Loss"])
        #expect(chart.data?.rows.count == 40)
        #expect(chart.data?.rows[1] == ["1", "0.1305"])
        try expectGolden("line.svg", chart.svg)
    }

    @Test func `Points of two kinds`() throws {
        let chart = Chart("Actual and predicted") {
            for step in 0..<6 {
                PointMark(x: .value("Step", step), y: .value("Value", step * step))
                    .foregroundStyle(by: .value("Kind", "Actual"))
                if step > 0 {
                    PointMark(x: .value("Step", step), y: .value("Value", Double(step * step) - 0.5))
                        .foregroundStyle(by: .value("Kind", "Predicted"))
                }
            }
        }.rendered(id: "points")
        #expect(
            chart.summary == """
                Value against step, 2 series. Actual: 6 points, rises from 0 to 25. Predicted: 5 points, rises from 0.5 \
                to 24.5.
                """
        )
        #expect(
            chart.data?.rows[1] == ["Predicted", "1", "0.5"] || chart.data?.rows[1] == ["Actual", "1", "1"]
        )
        try expectGolden("points.svg", chart.svg)
    }

    @Test func `Values that are not finite break the line and are stated`() throws {
        let values = [1, 2, .nan, 3, .infinity, 4, 5]
        let chart = Chart("Gaps") {
            for (step, value) in values.enumerated() {
                LineMark(x: .value("Step", step), y: .value("Value", value))
            }
        }.rendered(id: "gaps")
        #expect(chart.summary.hasSuffix("Value: 2 values are not finite and are left out."))
        #expect(chart.svg.contains(">Value: 2 values are not finite and are left out.</text>"))
        try expectGolden("gaps.svg", chart.svg)
    }

    @Test func `Different labels make different series`() throws {
        let chart = Chart("Two losses") {
            for step in 0..<3 { LineMark(x: .value("Epoch", step), y: .value("Training", 3 - step)) }
            for step in 0..<3 { LineMark(x: .value("Epoch", step), y: .value("Validation", 4 - step)) }
        }.rendered(id: "labels")
        #expect(chart.svg.contains(">Training</text>"))
        #expect(chart.svg.contains(">Validation</text>"))
        #expect(chart.data?.columns == ["Epoch", "Training", "Validation"])
        #expect(chart.data?.rows.last == ["2", "", "2"])
    }

    @Test func `A line that turns back where a loop starts anew is broken there`() {
        let chart = Chart {
            for step in 0..<3 { LineMark(x: .value("Step", step), y: .value("Value", step)) }
            for step in 0..<3 { LineMark(x: .value("Step", step), y: .value("Value", 2 - step)) }
        }.rendered(id: "loops")
        let path = chart.svg.split(separator: "\n").first {
            $0.contains("stroke-width=\"2\"") && $0.hasPrefix("<path")
        }
        #expect(path?.filter { $0 == "M" }.count == 2)
    }

    @Test func `Without a title the axes name the chart`() {
        let chart = Chart { LineMark(x: .value("Epoch", 1), y: .value("Loss", 2)) }.rendered(id: "x")
        #expect(chart.title == "Loss against Epoch")
    }

    @Test(arguments: [("No data", [] as [Double]), ("No value can be shown", [.nan, .infinity])])
    func `A chart of nothing says so`(message: String, values: [Double]) {
        let chart = Chart("Nothing") {
            for (step, value) in values.enumerated() {
                LineMark(x: .value("Step", step), y: .value("Value", value))
            }
        }.rendered(id: "nothing")
        #expect(chart.svg.contains(">\(message)</text>"))
        #expect(chart.summary.contains("no data."))
    }

    @Test func `Numbers and names on one axis stop with both`() async {
        await #expect(processExitsWith: .failure) {
            _ = Chart {
                PointMark(x: .value("Epoch", 1), y: .value("Loss", 2))
                PointMark(x: .value("Kind", "last"), y: .value("Loss", 2))
            }.rendered(id: "mixed")
        }
        let scene = ChartScene(
            Chart {
                PointMark(x: .value("Epoch", 1), y: .value("Loss", 2))
                PointMark(x: .value("Kind", "last"), y: .value("Loss", 2))
            }
        )
        #expect(
            scene.problem == """
                Chart: the x axis got the number 1 ("Epoch") and the category "last" ("Kind"). Give all values as numbers, \
                or all as text with String(describing:).
                """
        )
    }

    @Test func `Markup in texts is escaped`() {
        let chart = Chart("a < b & \"c\"\u{1}\u{7F}\u{9B}\u{FFFE}\u{A0}é") {
            LineMark(x: .value("<x>", 1), y: .value("y", 1))
        }.rendered(id: "a b")
        #expect(chart.svg.contains("a &lt; b &amp; &quot;c&quot;␁␡\u{FFFD}\u{FFFD}\u{A0}é"))
        #expect(chart.svg.contains("&lt;x&gt;"))
        #expect(chart.svg.contains("id=\"a_20_b-title\""))
    }
}

/// Drawings of bad input.
@Suite("Bad input") struct BadInputTests {
    private let long = String(repeating: "<b>&\"quotes\"</b> 循环神经网络 شبكة عصبية רשת 👩‍👩‍👧 ", count: 8)

    @Test func `No marks`() throws {
        try expectDrawing("bad-none", Chart("No data") {})
    }

    @Test func `No finite value`() throws {
        try expectDrawing(
            "bad-not-finite",
            Chart("No finite value") {
                for step in 0..<3 { LineMark(x: .value("Step", step), y: .value("Loss", Double.nan)) }
            }
        )
    }

    @Test func `One point`() throws {
        try expectDrawing(
            "bad-one",
            Chart("One point") { LineMark(x: .value("Epoch", 3), y: .value("Loss", 0.5)) }
        )
    }

    @Test func `All values equal`() throws {
        try expectDrawing(
            "bad-equal",
            Chart("All equal") {
                for epoch in 0..<5 { LineMark(x: .value("Epoch", epoch), y: .value("Loss", 0.25)) }
            }
        )
    }

    @Test func `Zero and below on a log scale`() throws {
        try expectDrawing(
            "bad-log",
            Chart("Zero and below on a log scale") {
                for step in -3..<6 { PointMark(x: .value("Step", step), y: .value("Loss", Double(step))) }
            }.yScale(.log)
        )
    }

    @Test func `Long texts of every script in all places`() throws {
        try expectDrawing(
            "bad-texts",
            Chart(long) {
                for step in 0..<3 {
                    for name in [long, "b" + long] {
                        LineMark(x: .value(long, step), y: .value(long, step * name.count)).foregroundStyle(
                            by: .value(long, name)
                        )
                    }
                }
            }
        )
    }

    @Test func `Long texts as categories`() throws {
        try expectDrawing(
            "bad-text-categories",
            Chart("Long names") {
                for index in 0..<6 {
                    BarMark(x: .value("Word", "\(index) " + long), y: .value("Count", index))
                }
            }
        )
    }

    @Test func `Numbers as far as they go`() throws {
        try expectDrawing(
            "bad-huge",
            Chart("As far as numbers go") {
                for (index, value) in [-1.7e308, 0, 1.7e308, .infinity].enumerated() {
                    LineMark(x: .value("Step", index), y: .value("Value", value))
                }
            }
        )
    }
}
