import Charting
import Testing

@Suite("Rules, regions and texts") struct RuleMarkTests {
    @Test func `Rules cross the plot and are named beside it, around a region and a text`() throws {
        try expectDrawing(
            "regions",
            Chart("When it stopped") {
                RectangleMark(xStart: .value("Epoch", 5), xEnd: .value("Epoch", 12))
                for epoch in 0..<40 {
                    let loss = 1 / Double(epoch + 1)
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                }
                RuleMark(x: .value("Early stop", 31))
                RuleMark(y: .value("Target", 0.1)).foregroundStyle(.orange)
                TextMark("warm-up", x: .value("Epoch", 8.5), y: .value("Loss", 0.9))
            }
        )
    }

    @Test func `A rule between two values is an error bar`() throws {
        try expectDrawing(
            "errors",
            Chart("Error of three cells") {
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
