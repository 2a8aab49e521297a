import Charting
import Testing

@Suite("Scales and axes") struct ScaleTests {
    @Test func `On a log scale equal distances are equal ratios`() throws {
        try expectDrawing(
            "log",
            Chart("Loss on a log scale") {
                for epoch in 0..<60 {
                    let loss = 1 / Double(1 + epoch * epoch)
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                }
            }
            .yScale(.log)
        )
    }

    @Test func `Two log scales, axis titles and names of points`() throws {
        try expectDrawing(
            "powers",
            Chart("Time by size") {
                for (index, name) in ["XS", "S", "M", "L", "XL"].enumerated() {
                    let size = 16 << (2 * index)
                    let time = 3e-4 * Double(size * size)
                    PointMark(x: .value("Size", size), y: .value("ms", time))
                        .identified(by: .value("Model", name))
                }
            }
            .xScale(.log)
            .yScale(.log)
            .xAxis("Hidden units")
            .yAxis("Milliseconds")
        )
    }

    @Test func `A symmetric log scale runs in both directions from zero`() throws {
        try expectDrawing(
            "symmetric",
            Chart("Gradients of both signs") {
                for step in 0..<35 {
                    let size = [0.001, 0.01, 0.1, 1, 10, 100, 1000][step % 7]
                    let gradient = step % 2 == 0 ? size : -size
                    PointMark(x: .value("Step", step), y: .value("Gradient", gradient))
                }
            }
            .yScale(.symmetricLog())
        )
    }

    @Test func `A power of ten that all ticks share moves into the title`() throws {
        try expectDrawing(
            "tiny",
            Chart("Tiny numbers") {
                for epoch in 0..<40 {
                    let loss = 1e-8 + 3e-6 * Double(epoch) / 40
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                }
            }
        )
    }

    @Test func `Ticks have as many digits as tell them apart`() throws {
        try expectDrawing(
            "near",
            Chart("Near one") {
                for epoch in 0...40 {
                    let accuracy = 0.9999 + 2e-4 * Double(epoch) / 40
                    LineMark(x: .value("Epoch", epoch), y: .value("Accuracy", accuracy))
                }
            }
        )
    }

    @Test func `An axis runs the other way`() throws {
        try expectDrawing(
            "reversed",
            Chart("Ranks") {
                for epoch in 0..<10 {
                    let rank = 1 + (epoch * 7) % 5
                    LineMark(x: .value("Epoch", epoch), y: .value("Rank", rank))
                    PointMark(x: .value("Epoch", epoch), y: .value("Rank", rank))
                }
            }
            .yScale(reversed: true)
        )
    }

    @Test func `Values beyond the ends of an axis are counted`() throws {
        try expectDrawing(
            "domain",
            Chart("The first ten percent") {
                for step in 0..<40 {
                    LineMark(x: .value("Step", step), y: .value("Loss", decay(Double(step))))
                }
            }
            .yScale(domain: 0...0.1)
        )
    }

    @Test func `Names without room side by side stand at a slant`() throws {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ]

        try expectDrawing(
            "leaning",
            Chart("Lessons read by month") {
                for (index, month) in months.enumerated() {
                    let lessons = 12 + index * 7 % 11
                    BarMark(x: .value("Month", month), y: .value("Lessons", lessons))
                        .foregroundStyle(.green)
                }
            }
            .plotHeight(160)
        )
    }

    @Test func `Of two hundred names every so many are written`() throws {
        try expectDrawing(
            "categories-many",
            Chart("Two hundred categories") {
                for index in 0..<200 {
                    BarMark(x: .value("Word", "word \(index)"), y: .value("Count", 200 - index))
                }
            }
        )
    }

    @Test func `Names in narrow plots stand upright`() throws {
        try expectDrawing(
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
    }

    @Test func `Two log scales over many decades`() throws {
        try expectDrawing(
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
    }

    @Test func `A log scale of less than two decades`() throws {
        try expectDrawing(
            "log-short",
            Chart("Less than two decades") {
                for step in 1..<40 {
                    LineMark(x: .value("Step", step), y: .value("Seconds", 3 * Double(step)))
                }
            }.yScale(.log)
        )
    }

    @Test func `A log scale within one step`() throws {
        try expectDrawing(
            "log-narrow",
            Chart("From 41 to 42 on a log axis") {
                for step in 0..<20 {
                    LineMark(x: .value("Step", step), y: .value("Loss", 41 + Double(step) / 19))
                }
            }.yScale(.log)
        )
    }

    @Test func `What all ticks share moves into a note`() throws {
        try expectDrawing(
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
    }
}
