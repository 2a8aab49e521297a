import Charting
import Testing

@Suite("Bars") struct BarMarkTests {
    private static let changes = [
        ("dropout", 3.0), ("weight decay", -2), ("more layers", 0), ("GRU", 1.5), ("clip", -4),
    ]

    @Test func `Bars start at zero and carry texts`() throws {
        let counts = [("a", 120), ("e", 98), ("i", 60), ("n", 77), ("o", 44)]

        try expectDrawing(
            "bars",
            Chart("Letters in the training names") {
                for (letter, count) in counts {
                    BarMark(x: .value("Letter", letter), y: .value("Count", count))
                        .annotation("\(count)")
                }
            }
        )
    }

    @Test func `Bars at one place stand on each other`() throws {
        try expectDrawing(
            "stacked",
            Chart("Names by language") {
                let languages = ["Russian", "English", "Arabic", "Japanese"]
                for (index, language) in languages.enumerated() {
                    for (set, count) in [("Training", 9000), ("Test", 2000)] {
                        let names = count / (index + 1)
                        BarMark(x: .value("Language", language), y: .value("Names", names))
                            .foregroundStyle(by: .value("Set", set))
                    }
                }
            }
        )
    }

    @Test func `Bars at one place stand side by side`() throws {
        try expectDrawing(
            "grouped",
            Chart("Error by cell") {
                for (index, cell) in ["RNN", "LSTM", "GRU"].enumerated() {
                    for (place, set) in ["Training", "Validation", "Test"].enumerated() {
                        let error = 0.2 / Double(index + 1) + 0.04 * Double(place)
                        BarMark(x: .value("Cell", cell), y: .value("Error", error))
                            .foregroundStyle(by: .value("Set", set))
                            .position(by: .value("Set", set))
                    }
                }
            }
        )
    }

    @Test func `Bars lie where the vertical value is a category`() throws {
        let accuracies = [
            ("A recurrent network with one layer", 0.7), ("LSTM with two layers", 0.8),
            ("GRU", 0.9),
        ]

        try expectDrawing(
            "lying",
            Chart("Accuracy by model") {
                for (model, accuracy) in accuracies {
                    BarMark(x: .value("Accuracy", accuracy), y: .value("Model", model))
                        .annotation("\(accuracy)")
                }
            }
        )
    }

    @Test func `Bars at numbers touch`() throws {
        try expectDrawing(
            "histogram",
            Chart("Gradients of one step") {
                for bin in -8...8 {
                    let count = 600 / (4 + bin * bin)
                    BarMark(x: .value("Gradient", Double(bin) / 10), y: .value("Count", count))
                }
            }
        )
    }

    @Test func `Bars at tenths are as wide as those are apart`() throws {
        try expectDrawing(
            "bars-histogram",
            Chart("Gradients") {
                for bin in -5...5 {
                    BarMark(x: .value("Gradient", Double(bin) / 10), y: .value("Count", 30 - bin * bin))
                }
            }
        )
    }

    @Test func `Bars below zero hang from the line at zero`() throws {
        try expectDrawing(
            "bars-negative",
            Chart("Change by step") {
                for step in 0..<8 {
                    BarMark(x: .value("Step", step), y: .value("Change", wave(Double(step) * 3)))
                }
            }
        )
    }

    @Test func `Places that differ by rounding are one`() throws {
        try expectDrawing(
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
    }

    @Test func `Places of single and double precision are one, side by side`() throws {
        try expectDrawing(
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
    }

    @Test func `Bars thinner than a hairline are drawn as one, and the reader is told`() throws {
        try expectDrawing(
            "bars-thin",
            Chart("Two of three stand close together") {
                for (place, count) in [(0.0, 3), (1.0, 5), (1.0001, 4)] {
                    BarMark(x: .value("Value", place), y: .value("Count", count))
                }
            }
        )
    }

    @Test func `Texts of lying bars below zero stand left of them`() throws {
        try expectDrawing(
            "bars-lying-negative",
            Chart("Change of the loss") {
                for (name, change) in BarMarkTests.changes {
                    BarMark(x: .value("Change", change), y: .value("Name", name)).annotation("\(change)")
                }
            }
        )
    }

    @Test func `Texts of lying bars have room between plots, on a reversed axis, too`() throws {
        try expectDrawing(
            "bars-lying-facets",
            Chart("Change of the loss by set") {
                for set in ["Train", "Test"] {
                    for (name, change) in BarMarkTests.changes {
                        BarMark(x: .value("Change", change), y: .value("Name", name))
                            .annotation("\(change) %")
                            .facet(by: .value("Set", set))
                    }
                }
            }.xScale(.linear, reversed: true)
        )
    }

    @Test func `A text without room is left out, and the reader is told`() throws {
        try expectDrawing(
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
    }

    @Test func `Bars on a log scale start below the least of them`() throws {
        try expectDrawing(
            "log-bars",
            Chart("The least of them is one") {
                for (letter, count) in [("a", 1), ("b", 30), ("c", 1000), ("d", 0)] {
                    BarMark(x: .value("Letter", letter), y: .value("Count", count))
                }
            }.yScale(.log)
        )
    }

    @Test func `Lying stacks on a log scale start below the least of them`() throws {
        try expectDrawing(
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
    }
}
