import Charting

extension Gallery {
    static func matrices(_ add: (String, any Drawing) -> Void) {
        let weights = matrix(7, 6) { row, column in wave(Double(row * 3 + column * 2)) }
        add("heat-map", HeatMap("Weights", weights, rows: "Input", columns: "Hidden unit", values: "Weight"))
        let states = matrix(12, 40) { unit, step in wave(Double(step + unit * 3)) * decay(Double(unit), 30) }
        add(
            "hidden-states",
            HeatMap("Hidden state over time", states, rows: "Unit", columns: "Step", values: "State")
        )
        let attention = matrix(6, 6) { query, key in 1 / Double(1 + (query - key) * (query - key) * 3) }
        let source = ["le", "chat", "s’est", "assis", "sur", "le tapis"]
        let target = ["the", "cat", "sat", "on", "the", "mat"]
        add(
            "attention",
            HeatMap("Attention", attention, rows: "Query", named: target, columns: "Key", named: source)
        )
        add("heat-map-missing", HeatMap("A value is missing", [[1, 2, 3], [4, Double.nan, 6]]))
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        let vectors = matrix(26, 16) { letter, feature in
            wave(Double(letter * feature + letter)) + ("aeiou".contains(letters[letter]) ? 1.5 : 0)
        }
        let kinds = letters.map { "aeiou".contains($0) ? "Vowel" : "Consonant" }
        add("embedding", EmbeddingMap("Letters as a model sees them", vectors, named: letters, kinds: kinds))
    }

    private static func matrix(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Double) -> [[Double]] {
        (0..<rows).map { row in (0..<columns).map { column in value(row, column) } }
    }

    static func diagrams(_ add: (String, any Drawing) -> Void) {
        add(
            "flow",
            FlowDiagram("How the network learns") {
                FlowStep("Draw random weights", shape: .terminal)
                FlowStep("Forward pass", detail: "state and output, step by step")
                FlowStep("Loss", detail: "how far the outputs are from the targets")
                FlowStep("Backward pass", detail: "gradients of all weights")
                FlowStep("Update weights")
                FlowStep("All epochs done?", shape: .decision)
                FlowStep("Predict", shape: .terminal, label: "yes")
                FlowArrow(from: "All epochs done?", to: "Forward pass", label: "no")
            }
        )
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
            "network",
            NetworkDiagram(
                "A forecaster",
                input: "[batch, 20, 1]",
                layers: [
                    NetworkDiagram.Layer(
                        "rnn",
                        kind: "RNN 1 → 32",
                        output: "[batch, 20, 32]",
                        parameters: 1120,
                        isRecurrent: true
                    ),
                    NetworkDiagram.Layer("last", kind: "the last step", output: "[batch, 32]"),
                    NetworkDiagram.Layer("head", kind: "Linear 32 → 1", output: "[batch, 1]", parameters: 33),
                ]
            )
        )
        add("unrolled", UnrolledDiagram("Three steps of one cell", steps: 3))
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
            "unrolled-many",
            UnrolledDiagram("Twenty steps, one answer", steps: 20, cell: "LSTM", outputs: .last)
        )
        for kind in CellDiagram.Kind.allCases { add("cell-\(kind.rawValue)", CellDiagram(kind)) }
    }

    static func badInput(_ add: (String, any Drawing) -> Void) {
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
