import Charting
import Testing

@Suite("Plots side by side, and within each other") struct PanelGridTests {
    @Test func `One plot for each value of a facet`() throws {
        try expectDrawing(
            "facets",
            Chart("Four seeds") {
                for seed in 0..<4 {
                    for epoch in 0..<20 {
                        let loss = decay(Double(epoch), over: Double(3 + 2 * seed))
                        LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                            .facet(by: .value("Seed", "Seed \(seed)"))
                    }
                }
                RuleMark(y: .value("Target", 0.1))
            }
        )
    }

    @Test func `Plots of bars share their axes`() throws {
        try expectDrawing(
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
    }

    @Test func `Charts in a row have axes of their own`() throws {
        try expectDrawing(
            "row",
            ChartRow("Two learning rates") {
                for (rate, scale) in [("0.1", 4.0), ("0.01", 20)] {
                    Chart(rate) {
                        for epoch in 0..<30 {
                            let loss = decay(Double(epoch), over: scale)
                            LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                        }
                    }
                }
            }
        )
    }

    @Test func `A part of a plot is enlarged in a free corner`() throws {
        try expectDrawing(
            "inset",
            Chart("Loss, and its end in detail") {
                for epoch in 0..<150 {
                    let loss = decay(Double(epoch)) + 0.003 * wave(Double(epoch))
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                }
            }
            .inset(x: 100...140)
        )
    }

    @Test func `A part is enlarged below the plot where no corner is free`() throws {
        try expectDrawing(
            "inset-below",
            Chart("No corner is free") {
                for step in 0..<200 {
                    LineMark(x: .value("Step", step), y: .value("Value", wave(Double(step))))
                }
            }.inset(x: 20...50)
        )
    }

    @Test func `A second axis shows the same values in another measure`() throws {
        try expectDrawing(
            "trailing",
            Chart("Loss in nats and bits") {
                for epoch in 0..<30 {
                    let loss = 1 + 2 * decay(Double(epoch))
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                }
            }
            .yAxis(trailing: "Bits") { $0 / 0.6931471805599453 }
        )
    }

    @Test func `A second axis stands beside the last plot of a row`() throws {
        try expectDrawing(
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
    }
}
