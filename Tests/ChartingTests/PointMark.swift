import Charting
import Testing

@Suite("Points") struct PointMarkTests {
    @Test func `Each kind has a color and a shape`() throws {
        try expectDrawing(
            "points-kinds",
            Chart("Actual and predicted values of a wave") {
                for step in 0..<20 {
                    PointMark(x: .value("Time", step), y: .value("Value", wave(Double(step))))
                        .foregroundStyle(by: .value("Kind", "Actual"))
                    let predicted = 0.93 * wave(Double(step)) + 0.02
                    PointMark(x: .value("Time", step), y: .value("Value", predicted))
                        .foregroundStyle(by: .value("Kind", "Predicted"))
                }
            }
        )
    }

    @Test func `The shape stands for one thing and the color for another`() throws {
        try expectDrawing(
            "symbols",
            Chart("Error by size") {
                for (place, cell) in ["RNN", "LSTM"].enumerated() {
                    for (rank, size) in [8, 32, 128].enumerated() {
                        for run in 0..<3 {
                            let error = 9 - 2 * rank - place + run % 2
                            PointMark(
                                x: .value("Seconds", 1 + 2 * rank + place + run),
                                y: .value("Error", error)
                            )
                            .foregroundStyle(by: .value("Cell", cell))
                            .symbol(by: .value("Hidden size", "\(size)"))
                        }
                    }
                }
            }
        )
    }

    @Test func `A color stands for a number`() throws {
        try expectDrawing(
            "hues",
            Chart("Points colored by a number") {
                for step in 0..<30 {
                    let t = Double(step)
                    let (first, second) = (wave(t) * t, wave(t + 5) * t)
                    PointMark(x: .value("First", first), y: .value("Second", second))
                        .foregroundStyle(by: .value("Step", t))
                }
            }
        )
    }
}
