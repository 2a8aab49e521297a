import Charting
import Golden
import Testing

@Suite struct GalleryTests {
    @Test(arguments: Gallery.drawings.keys.sorted())
    func `Every mark, scale, composition and diagram is as recorded`(name: String) throws {
        let rendered = Gallery.drawings[name]!.rendered(id: name)
        #expect(!rendered.summary.isEmpty)
        try WellFormed.check(rendered.svg)
        try expectGolden("gallery/\(name).svg", rendered.svg)
    }
}

/// A drawing of each kind, with the words that make it.
enum Gallery {
    static let drawings: [String: any Drawing] = {
        var drawings: [String: any Drawing] = [:]
        for section in [marks, scales, compositions, matrices, diagrams, badInput] {
            section { name, drawing in
                precondition(drawings.updateValue(drawing, forKey: name) == nil, "\(name) twice")
            }
        }
        return drawings
    }()

    /// A number that swings between −1 and 1 with period 20, and needs no library function.
    static func wave(_ t: Double) -> Double {
        let phase = t.truncatingRemainder(dividingBy: 20)
        let half = phase.truncatingRemainder(dividingBy: 10)
        return (phase < 10 ? 1 : -1) * half * (10 - half) / 25
    }

    /// A number that falls from 1 toward 0.
    static func decay(_ t: Double, _ scale: Double = 10) -> Double {
        1 / ((1 + t / scale) * (1 + t / scale))
    }

    private static func marks(_ add: (String, any Drawing) -> Void) {
        add(
            "line",
            Chart("Loss while training") {
                for epoch in 0..<200 {
                    LineMark(
                        x: .value("Epoch", epoch),
                        y: .value("Loss", decay(Double(epoch)) + 0.02 * wave(Double(epoch)))
                    )
                }
            }
        )
        add(
            "line-series",
            Chart("Two losses") {
                for epoch in 0..<60 {
                    LineMark(x: .value("Epoch", epoch), y: .value("Training", decay(Double(epoch))))
                    LineMark(x: .value("Epoch", epoch), y: .value("Validation", decay(Double(epoch)) + 0.2))
                }
            }.yAxis("Loss")
        )
        add(
            "line-interpolation",
            Chart("Three ways to join points") {
                for (way, method) in [
                    ("Linear", InterpolationMethod.linear), ("Monotone", .monotone), ("Step", .stepEnd),
                ] {
                    for (step, value) in [1.0, 3, 2.8, 6, 5, 7, 7.2].enumerated() {
                        LineMark(
                            x: .value("Step", step),
                            y: .value("Value", value + (way == "Linear" ? 0 : way == "Monotone" ? 3 : 6))
                        )
                        .foregroundStyle(by: .value("Way", way))
                        .interpolationMethod(method)
                    }
                }
            }
        )
        add(
            "line-styles",
            Chart("Widths, dashes, opacity") {
                for (index, style) in [LineStyle(width: 1), LineStyle(width: 4), .dashed, .dotted]
                    .enumerated()
                {
                    for step in 0..<5 {
                        LineMark(
                            x: .value("Step", step),
                            y: .value("Value", step * (index + 1)),
                            series: .value("Line", index)
                        )
                        .lineStyle(style)
                        .opacity(1 - Double(index) / 5)
                        .foregroundStyle(.magenta)
                    }
                }
            }
        )
        add(
            "points",
            Chart("Actual and predicted values of a wave") {
                for step in 0..<20 {
                    PointMark(x: .value("Time", step), y: .value("Value", wave(Double(step))))
                        .foregroundStyle(by: .value("Kind", "Actual"))
                    PointMark(x: .value("Time", step), y: .value("Value", 0.93 * wave(Double(step)) + 0.02))
                        .foregroundStyle(by: .value("Kind", "Predicted"))
                }
            }
        )
        add(
            "points-symbols",
            Chart("A shape for each kind") {
                for (index, kind) in ["RNN", "LSTM", "GRU", "Attention", "Linear", "Mean"].enumerated() {
                    for run in 0..<4 {
                        PointMark(
                            x: .value("Parameters", 100 * (index + 1) + 40 * run),
                            y: .value("Error", (index * 7 + run * 3) % 11)
                        )
                        .symbol(by: .value("Model", kind))
                        .foregroundStyle(by: .value("Model", kind))
                    }
                }
            }
        )
        add(
            "points-numbers",
            Chart("Points colored by a number") {
                for step in 0..<60 {
                    PointMark(
                        x: .value("First", wave(Double(step)) * Double(step)),
                        y: .value("Second", wave(Double(step) + 5) * Double(step))
                    )
                    .foregroundStyle(by: .value("Step", Double(step)))
                }
            }
        )
        add(
            "line-and-points",
            Chart("Accuracy, with a gap") {
                for epoch in 0..<12 {
                    let accuracy = epoch == 5 ? .nan : 1 - 1 / Double(epoch + 1)
                    LineMark(x: .value("Epoch", epoch), y: .value("Accuracy", accuracy))
                    PointMark(x: .value("Epoch", epoch), y: .value("Accuracy", accuracy))
                }
            }
        )
        add(
            "bars",
            Chart("Letters in the training names") {
                for (letter, count) in [("a", 120), ("e", 98), ("i", 60), ("n", 77), ("o", 44)] {
                    BarMark(x: .value("Letter", letter), y: .value("Count", count)).annotation("\(count)")
                }
            }
        )
        add(
            "bars-stacked",
            Chart("Names by language") {
                for (index, language) in ["Russian", "English", "Arabic", "Japanese"].enumerated() {
                    for (set, count) in [("Training", 9000), ("Test", 2000)] {
                        BarMark(x: .value("Language", language), y: .value("Names", count / (index + 1)))
                            .foregroundStyle(by: .value("Set", set))
                    }
                }
            }
        )
        add(
            "bars-grouped",
            Chart("Error by cell") {
                for (index, cell) in ["RNN", "LSTM", "GRU"].enumerated() {
                    for (place, set) in ["Training", "Validation", "Test"].enumerated() {
                        BarMark(
                            x: .value("Cell", cell),
                            y: .value("Error", 0.2 / Double(index + 1) + 0.04 * Double(place))
                        )
                        .foregroundStyle(by: .value("Set", set))
                        .position(by: .value("Set", set))
                    }
                }
            }
        )
        add(
            "bars-horizontal",
            Chart("Accuracy by model") {
                for (index, model) in ["A recurrent network with one layer", "LSTM with two layers", "GRU"]
                    .enumerated()
                {
                    BarMark(x: .value("Accuracy", 0.7 + 0.1 * Double(index)), y: .value("Model", model))
                        .annotation("\(70 + 10 * index) %")
                }
            }
        )
        add(
            "bars-histogram",
            Chart("Gradients") {
                for bin in -5...5 {
                    BarMark(x: .value("Gradient", Double(bin) / 10), y: .value("Count", 30 - bin * bin))
                }
            }
        )
        add(
            "bars-negative",
            Chart("Change by step") {
                for step in 0..<8 {
                    BarMark(x: .value("Step", step), y: .value("Change", wave(Double(step) * 3)))
                }
            }
        )
        add(
            "area-band",
            Chart("Loss of five seeds") {
                for epoch in 0..<60 {
                    let mean = 2 * decay(Double(epoch)) + 0.1
                    AreaMark(
                        x: .value("Epoch", epoch),
                        yStart: .value("Least", mean * 0.8),
                        yEnd: .value("Greatest", mean * 1.25)
                    )
                    LineMark(x: .value("Epoch", epoch), y: .value("Mean loss", mean))
                }
                RuleMark(y: .value("Loss of guessing", 1.2))
            }
        )
        add(
            "area-stacked",
            Chart("Time by part") {
                for layers in 1...10 {
                    for (index, part) in ["Forward", "Backward", "Update"].enumerated() {
                        AreaMark(
                            x: .value("Layers", layers),
                            y: .value("Milliseconds", Double(layers + index * 2))
                        )
                        .foregroundStyle(by: .value("Part", part))
                    }
                }
            }
        )
        add(
            "rules-and-text",
            Chart("When it stopped") {
                RectangleMark(xStart: .value("Epoch", 5), xEnd: .value("Epoch", 12))
                for epoch in 0..<50 {
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", 1 / Double(epoch + 1)))
                }
                RuleMark(x: .value("Early stop", 31))
                RuleMark(y: .value("Target", 0.1)).foregroundStyle(.orange)
                TextMark("warm-up", x: .value("Epoch", 8.5), y: .value("Loss", 0.9))
            }
        )
        add(
            "error-bars",
            Chart("Error bars") {
                for (index, cell) in ["RNN", "LSTM", "GRU"].enumerated() {
                    let mean = 0.3 - 0.05 * Double(index)
                    RuleMark(
                        x: .value("Cell", cell),
                        yStart: .value("Low", mean - 0.04),
                        yEnd: .value("High", mean + 0.06)
                    )
                    PointMark(x: .value("Cell", cell), y: .value("Error", mean))
                }
            }
        )
    }
}
