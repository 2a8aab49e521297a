import Charting
import Testing

@Suite("Areas") struct AreaMarkTests {
    @Test func `An area between two values is a band`() throws {
        try expectDrawing(
            "band",
            Chart("Loss of five seeds") {
                for epoch in 0..<30 {
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
    }

    @Test func `Areas from zero stand on each other`() throws {
        try expectDrawing(
            "stack",
            Chart("Time by part") {
                for layers in 1...10 {
                    for (index, part) in ["Forward", "Backward", "Update"].enumerated() {
                        let time = layers + index * 2
                        AreaMark(x: .value("Layers", layers), y: .value("Milliseconds", time))
                            .foregroundStyle(by: .value("Part", part))
                    }
                }
            }
        )
    }

    @Test func `Areas stand on each other where places differ by rounding`() throws {
        try expectDrawing(
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
    }

    @Test func `An area on a log scale starts below its least value`() throws {
        try expectDrawing(
            "log-area",
            Chart("An area that ends at one") {
                for step in 0..<8 {
                    AreaMark(x: .value("Step", step), y: .value("Count", 1 << (7 - step)))
                }
            }.yScale(.log)
        )
    }
}
