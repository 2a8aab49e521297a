import Charting

extension Gallery {
    static func scales(_ add: (String, any Drawing) -> Void) {
        add(
            "log",
            Chart("Loss while training, on a log scale") {
                for epoch in 0..<200 {
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", decay(Double(epoch), 0.2)))
                }
                RuleMark(y: .value("Loss of guessing", 0.5))
            }.yScale(.log)
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
            "symmetric-log",
            Chart("Gradients of both signs") {
                for step in 0..<60 {
                    let size = [0.001, 0.01, 0.1, 1, 10, 100, 1000][step % 7]
                    PointMark(x: .value("Step", step), y: .value("Gradient", step % 2 == 0 ? size : -size))
                }
            }.yScale(.symmetricLog())
        )
        add(
            "tiny",
            Chart("Tiny numbers") {
                for epoch in 0..<40 {
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", 1e-8 + 3e-6 * Double(epoch) / 40))
                }
            }
        )
        add(
            "near-one",
            Chart("Near one") {
                for epoch in 0..<41 {
                    LineMark(
                        x: .value("Epoch", epoch),
                        y: .value("Accuracy", 0.9999 + 2e-4 * Double(epoch) / 40)
                    )
                }
            }
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
            "domain",
            Chart("A domain cuts the line") {
                for step in 0..<100 {
                    LineMark(x: .value("Step", step), y: .value("Value", 1 + 3 * wave(Double(step))))
                }
            }.yScale(domain: 0...2)
        )
        add(
            "trailing",
            Chart("Loss and perplexity") {
                for epoch in 0..<40 {
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", 1 + 3 * decay(Double(epoch))))
                }
            }.yAxis(trailing: "Squared loss") { $0 * $0 }
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
            "reversed",
            Chart("Ranks, best on top") {
                for epoch in 0..<10 {
                    LineMark(x: .value("Epoch", epoch), y: .value("Rank", 1 + (epoch * 7) % 5))
                    PointMark(x: .value("Epoch", epoch), y: .value("Rank", 1 + (epoch * 7) % 5))
                }
            }.yScale(reversed: true)
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
            "dense",
            Chart("A hundred thousand points") {
                for step in 0..<100_000 {
                    let noise = Double((step * step) % 997) / 997 - 0.5
                    LineMark(
                        x: .value("Step", step),
                        y: .value("Loss", decay(Double(step), 20_000) + 0.2 * noise)
                    )
                }
            }
        )
    }

    static func compositions(_ add: (String, any Drawing) -> Void) {
        add(
            "facets",
            Chart("Four seeds") {
                for seed in 0..<4 {
                    for epoch in 0..<30 {
                        LineMark(
                            x: .value("Epoch", epoch),
                            y: .value("Loss", decay(Double(epoch), Double(3 + 2 * seed)))
                        )
                        .facet(by: .value("Seed", "Seed \(seed)"))
                    }
                }
                RuleMark(y: .value("Target", 0.1))
            }
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
            "row",
            ChartRow("Two learning rates") {
                for (rate, scale) in [("0.1", 4.0), ("0.01", 20)] {
                    Chart(rate) {
                        for epoch in 0..<50 {
                            LineMark(
                                x: .value("Epoch", epoch),
                                y: .value("Loss", decay(Double(epoch), scale))
                            )
                        }
                    }
                }
            }
        )
        add(
            "inset",
            Chart("Loss, and its end in detail") {
                for epoch in 0..<200 {
                    LineMark(
                        x: .value("Epoch", epoch),
                        y: .value("Loss", decay(Double(epoch)) + 0.003 * wave(Double(epoch)))
                    )
                }
            }.inset(x: 140...190)
        )
        add(
            "inset-below",
            Chart("No corner is free") {
                for step in 0..<200 {
                    LineMark(x: .value("Step", step), y: .value("Value", wave(Double(step))))
                }
            }.inset(x: 20...50)
        )
    }
}
