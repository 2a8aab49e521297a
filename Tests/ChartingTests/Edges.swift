import Charting
import Golden
import Testing
import Turns

/// Charts beyond those of the gallery, whose goldens are in the record of its lesson.
@Suite(.inTurns) struct EdgeTests {
    @Test(arguments: Edges.drawings.keys.sorted())
    func `A chart that the gallery does not show is as recorded`(name: String) throws {
        let rendered = Edges.drawings[name]!.rendered(id: name)
        #expect(!rendered.summary.isEmpty)
        try WellFormed.check(rendered.svg)
        try expectGolden("edges/\(name).svg", rendered.svg)
    }
}

/// Drawings whose marks, scales or layouts meet, and drawings of bad input.
enum Edges {
    static let drawings: [String: any Drawing] = {
        var drawings: [String: any Drawing] = [:]
        for section in [combinations, bars, badInput] {
            section { name, drawing in
                precondition(drawings.updateValue(drawing, forKey: name) == nil, "\(name) twice")
            }
        }
        return drawings
    }()

    /// A number that swings between −1 and 1 with period 20, and needs no library function.
    private static func wave(_ t: Double) -> Double {
        let phase = t.truncatingRemainder(dividingBy: 20)
        let half = phase.truncatingRemainder(dividingBy: 10)
        return (phase < 10 ? 1 : -1) * half * (10 - half) / 25
    }

    private static func combinations(_ add: (String, any Drawing) -> Void) {
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
            "log-both",
            Chart("Time by size") {
                for power in 0..<10 {
                    PointMark(
                        x: .value("Size", 1 << power),
                        y: .value("Seconds", 1e-5 * Double(1 << (2 * power)))
                    )
                }
            }.xScale(.log).yScale(.log)
        )
        add(
            "offset",
            Chart("A billionth above one") {
                for step in 0..<40 {
                    LineMark(
                        x: .value("Step", 1_000_000 + step),
                        y: .value("Ratio", 1 + 2e-9 * Double(step) / 40)
                    )
                }
            }
        )
        add(
            "trailing-facets",
            Chart("Temperatures") {
                for place in 0..<3 {
                    for step in 0..<30 {
                        LineMark(
                            x: .value("Step", step),
                            y: .value("Celsius", 15 + 10 * wave(Double(step + place * 5)))
                        )
                        .facet(by: .value("Place", "Place \(place)"))
                    }
                }
            }.yAxis(trailing: "Fahrenheit") { $0 * 1.8 + 32 }
        )
        add(
            "facets-bars",
            Chart("Errors by cell and set") {
                for cell in ["RNN", "LSTM", "GRU"] {
                    for (index, set) in ["Train", "Test"].enumerated() {
                        BarMark(x: .value("Set", set), y: .value("Error", cell.utf8.count + 2 * index))
                            .facet(by: .value("Cell", cell))
                    }
                }
            }
        )
        add(
            "inset-below",
            Chart("No corner is free") {
                for step in 0..<200 {
                    LineMark(x: .value("Step", step), y: .value("Value", wave(Double(step))))
                }
            }.inset(x: 20...50)
        )
        add(
            "categories-many",
            Chart("Two hundred categories") {
                for index in 0..<200 {
                    BarMark(x: .value("Word", "word \(index)"), y: .value("Count", 200 - index))
                }
            }
        )
        add(
            "heat-map-letters",
            HeatMap(
                "Each letter stands",
                [(0..<24).map { wave(Double($0)) }],
                named: ["t"],
                named: "abcdefghijklmnopqrstuvwx".map { String($0) }
            )
        )
        add("heat-map-missing", HeatMap("A value is missing", [[1, 2, 3], [4, Double.nan, 6]]))
        add(
            "flow-branches",
            FlowDiagram("A sequence-to-sequence network") {
                FlowStep("Source sentence", shape: .data)
                FlowStep("Encoder", detail: "one state for each token", shape: .memory)
                FlowStep("Last state", after: ["Encoder"])
                FlowStep("All states", after: ["Encoder"])
                FlowStep("Attention", after: ["All states", "Decoder"])
                FlowStep("Decoder", shape: .memory, after: ["Last state"])
                FlowStep("Next token", shape: .data, after: ["Attention"])
                FlowArrow(from: "Next token", to: "Decoder", label: "as input")
                FlowArrow(from: "Encoder", to: "Next token")
            }
        )
        add(
            "unrolled-four",
            UnrolledDiagram(
                "Four steps whose output is the state",
                steps: 4,
                cell: "LSTM",
                inputWeights: "W_ih",
                stateWeights: "W_hh",
                outputWeights: ""
            )
        )
        add(
            "categories-facets",
            Chart("Names that stand upright") {
                for set in ["Training", "Test"] {
                    for index in 0..<9 {
                        BarMark(x: .value("Language", "language \(index)"), y: .value("Names", 9 - index))
                            .facet(by: .value("Set", set))
                    }
                }
            }
        )
        add(
            "line-ends",
            Chart("Lines that end close together") {
                for (index, cell) in ["RNN", "LSTM", "GRU", "Attention"].enumerated() {
                    for epoch in 0..<100 {
                        LineMark(
                            x: .value("Epoch", epoch),
                            y: .value("Loss", 10 / Double(epoch + 5) + 0.02 * Double(index))
                        )
                        .foregroundStyle(by: .value("Cell", cell))
                    }
                }
            }
        )
        add(
            "log-short",
            Chart("Less than two decades") {
                for step in 1..<40 {
                    LineMark(x: .value("Step", step), y: .value("Seconds", 3 * Double(step)))
                }
            }.yScale(.log)
        )
        add(
            "embedding-dense",
            EmbeddingMap(
                "Names that crowd",
                (0..<60).map { [wave(Double($0 * 7)), wave(Double($0 * 3 + 5))] },
                named: (0..<60).map { "token \($0)" }
            )
        )
    }

    private static func bars(_ add: (String, any Drawing) -> Void) {
        add(
            "bars-rounding",
            Chart("Places that differ by rounding") {
                for bin in 0..<10 {
                    BarMark(x: .value("Value", Double(bin) * 0.1), y: .value("Count", bin + 1))
                        .foregroundStyle(by: .value("Set", "train"))
                    BarMark(x: .value("Value", Double(bin) / 10), y: .value("Count", 10 - bin))
                        .foregroundStyle(by: .value("Set", "test"))
                }
            }
        )
        add(
            "bars-rounding-grouped",
            Chart("Single precision, side by side") {
                for bin in -3...3 {
                    BarMark(x: .value("Count", bin + 4), y: .value("Value", Float(bin) * 0.1))
                        .position(by: .value("Set", "train"))
                        .foregroundStyle(by: .value("Set", "train"))
                    BarMark(x: .value("Count", 4 - bin), y: .value("Value", Double(bin) / 10))
                        .position(by: .value("Set", "test"))
                        .foregroundStyle(by: .value("Set", "test"))
                }
            }
        )
        add(
            "cells-rounding",
            Chart("Cells at sums of tenths") {
                for row in 0..<4 {
                    for column in 0..<4 {
                        RectangleMark(
                            x: .value("Column", column % 2 == 0 ? Double(column) / 10 : Double(column) * 0.1),
                            y: .value("Row", row == 3 ? 0.1 + 0.1 + 0.1 : Double(row) / 10)
                        )
                        .foregroundStyle(by: .value("Value", row * column))
                    }
                }
            }
        )
        add(
            "areas-rounding",
            Chart("Areas upon each other") {
                for step in 0..<8 {
                    AreaMark(x: .value("Time", Double(step) * 0.1), y: .value("Count", step + 1))
                        .foregroundStyle(by: .value("Set", "train"))
                    AreaMark(x: .value("Time", Double(step) / 10), y: .value("Count", 2))
                        .foregroundStyle(by: .value("Set", "test"))
                }
            }
        )
        add(
            "bars-thin",
            Chart("Two of three stand close together") {
                for (place, count) in [(0.0, 3), (1.0, 5), (1.0001, 4)] {
                    BarMark(x: .value("Value", place), y: .value("Count", count))
                }
            }
        )
        let changes = [
            ("dropout", 3.0), ("weight decay", -2), ("more layers", 0), ("GRU", 1.5), ("clip", -4),
        ]
        add(
            "bars-lying-negative",
            Chart("Change of the loss") {
                for (name, change) in changes {
                    BarMark(x: .value("Change", change), y: .value("Name", name)).annotation("\(change)")
                }
            }
        )
        add(
            "bars-lying-facets",
            Chart("Change of the loss by set") {
                for set in ["Train", "Test"] {
                    for (name, change) in changes {
                        BarMark(x: .value("Change", change), y: .value("Name", name))
                            .annotation("\(change) %")
                            .facet(by: .value("Set", set))
                    }
                }
            }.xScale(.linear, reversed: true)
        )
        add(
            "bars-one-long-label",
            Chart("One label has no room") {
                for index in 0..<8 {
                    BarMark(
                        x: .value("Letter", String("abcdefgh".dropFirst(index).prefix(1))),
                        y: .value("Count", index + 3)
                    )
                    .annotation(index == 4 ? "far more than its bar is wide" : "\(index + 3)")
                }
            }
        )
        add(
            "log-bars",
            Chart("The least of them is one") {
                for (letter, count) in [("a", 1), ("b", 30), ("c", 1000), ("d", 0)] {
                    BarMark(x: .value("Letter", letter), y: .value("Count", count))
                }
            }.yScale(.log)
        )
        add(
            "log-bars-lying",
            Chart("Stacked and lying") {
                for (letter, count) in [("a", 2), ("b", 30), ("c", 1000)] {
                    for set in ["train", "test"] {
                        BarMark(x: .value("Count", count), y: .value("Letter", letter))
                            .foregroundStyle(by: .value("Set", set))
                    }
                }
            }.xScale(.log)
        )
        add(
            "log-area",
            Chart("An area that ends at one") {
                for step in 0..<8 {
                    AreaMark(x: .value("Step", step), y: .value("Count", 1 << (7 - step)))
                }
            }.yScale(.log)
        )
        add(
            "log-narrow",
            Chart("From 41 to 42 on a log axis") {
                for step in 0..<20 {
                    LineMark(x: .value("Step", step), y: .value("Loss", 41 + Double(step) / 19))
                }
            }.yScale(.log)
        )
    }

    private static func badInput(_ add: (String, any Drawing) -> Void) {
        add("bad-none", Chart("No data") {})
        add(
            "bad-not-finite",
            Chart("No finite value") {
                for step in 0..<3 { LineMark(x: .value("Step", step), y: .value("Loss", Double.nan)) }
            }
        )
        add("bad-one", Chart("One point") { LineMark(x: .value("Epoch", 3), y: .value("Loss", 0.5)) })
        add(
            "bad-equal",
            Chart("All equal") {
                for epoch in 0..<5 { LineMark(x: .value("Epoch", epoch), y: .value("Loss", 0.25)) }
            }
        )
        add(
            "bad-log",
            Chart("Zero and below on a log scale") {
                for step in -3..<6 { PointMark(x: .value("Step", step), y: .value("Loss", Double(step))) }
            }.yScale(.log)
        )
        let words = "<b>&\"quotes\"</b> 循环神经网络 شبكة عصبية רשת 👩‍👩‍👧 "
        let long = String(repeating: words, count: 8)
        add(
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
        add(
            "bad-text-categories",
            Chart("Long names") {
                for index in 0..<6 {
                    BarMark(x: .value("Word", "\(index) " + long), y: .value("Count", index))
                }
            }
        )
        add(
            "bad-duplicates",
            Chart("Two loops of one name") {
                for run in 0..<2 {
                    for step in 0..<10 {
                        LineMark(x: .value("Step", step), y: .value("Value", step * (run + 1)))
                            .foregroundStyle(by: .value("Run", "same"))
                    }
                }
            }
        )
        add(
            "bad-huge",
            Chart("As far as numbers go") {
                for (index, value) in [-1.7e308, 0, 1.7e308, .infinity].enumerated() {
                    LineMark(x: .value("Step", index), y: .value("Value", value))
                }
            }
        )
    }
}
