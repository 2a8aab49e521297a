import Charting
import Testing

@Suite("Lines") struct LineMarkTests {
    @Test func `Two labels make two series, named at the ends of the lines`() throws {
        try expectDrawing(
            "lines",
            Chart("Two losses") {
                for epoch in 0..<40 {
                    let loss = decay(Double(epoch))
                    LineMark(x: .value("Epoch", epoch), y: .value("Training", loss))
                    LineMark(x: .value("Epoch", epoch), y: .value("Validation", loss + 0.2))
                }
            }
            .yAxis("Loss")
        )
    }

    @Test func `Points are joined by straight lines, a smooth curve, or steps`() throws {
        let ways: [(String, InterpolationMethod, Double)] = [
            ("Linear", .linear, 0), ("Monotone", .monotone, 3),
            ("Mid step", .stepCenter, 6), ("End step", .stepEnd, 9),
        ]

        try expectDrawing(
            "interpolation",
            Chart("Four ways to join points") {
                for (name, method, offset) in ways {
                    for (step, value) in [1.0, 3, 2.8, 6, 5, 7, 7.2].enumerated() {
                        LineMark(x: .value("Step", step), y: .value("Value", value + offset))
                            .foregroundStyle(by: .value("Way", name))
                            .interpolationMethod(method)
                    }
                }
            }
        )
    }

    @Test func `Lines have widths, dashes and an opacity`() throws {
        let styles = [LineStyle(width: 1), LineStyle(width: 4), .dashed, .dotted]

        try expectDrawing(
            "styles",
            Chart("Widths, dashes, opacity") {
                for (index, style) in styles.enumerated() {
                    for step in 0..<5 {
                        let value = step * (index + 1)
                        LineMark(x: .value("Step", step), y: .value("Value", value))
                            .lineStyle(style)
                            .foregroundStyle(.magenta)
                            .opacity(1 - 0.15 * Double(index))
                    }
                }
            }
        )
    }

    @Test func `A value that is not finite breaks the line`() throws {
        try expectDrawing(
            "gap",
            Chart("Accuracy, with a gap") {
                for epoch in 0..<12 {
                    let accuracy = epoch == 5 ? Double.nan : 1 - 1 / Double(epoch + 1)
                    LineMark(x: .value("Epoch", epoch), y: .value("Accuracy", accuracy))
                    PointMark(x: .value("Epoch", epoch), y: .value("Accuracy", accuracy))
                }
            }
        )
    }

    @Test func `Of a hundred thousand points those that can be seen are drawn`() throws {
        try expectDrawing(
            "dense",
            Chart("A hundred thousand points") {
                for step in 0..<100_000 {
                    let loss = decay(Double(step), over: 10_000) + 0.1 * wave(Double(step))
                    LineMark(x: .value("Step", step), y: .value("Loss", loss))
                }
            }
        )
    }

    @Test func `Names of lines that end close together stand apart`() throws {
        try expectDrawing(
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
    }

    @Test func `Two loops of one name are two lines of one color`() throws {
        try expectDrawing(
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
    }
}
