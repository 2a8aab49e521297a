import Charting
import Testing

@Suite("Diagrams") struct DiagramsTests {
    @Test func `Steps follow each other, and an arrow leads back`() throws {
        try expectDrawing(
            "flow",
            FlowDiagram("How a network learns") {
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
    }

    @Test func `Paths part and meet again`() throws {
        try expectDrawing(
            "branches",
            FlowDiagram("A sequence-to-sequence network") {
                FlowStep("Source sentence", shape: .data)
                FlowStep("Encoder", detail: "one state for each token", shape: .memory)
                FlowStep("Last state", after: ["Encoder"])
                FlowStep("All states", after: ["Encoder"])
                FlowStep("Decoder", shape: .memory, after: ["Last state"])
                FlowStep("Attention", after: ["Decoder", "All states"])
                FlowStep("Next token", shape: .data, after: ["Attention"])
                FlowArrow(from: "Next token", to: "Decoder", label: "as input")
            }
        )
    }

    @Test func `Arrows pass beside boxes of layers between`() throws {
        try expectDrawing(
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
    }

    @Test func `A network shows the shapes between its layers`() throws {
        try expectDrawing(
            "network",
            NetworkDiagram(
                "A forecaster",
                input: "[1, 18, 1]",
                layers: [
                    .init(
                        "rnn",
                        kind: "LSTM(1, 8)",
                        output: "[1, 18, 8]",
                        parameters: 352,
                        isRecurrent: true
                    ),
                    .init("head", kind: "Linear(8, 1)", output: "[1, 1]", parameters: 9),
                ]
            )
        )
    }

    @Test func `A network unrolled through four steps`() throws {
        try expectDrawing(
            "unrolled",
            UnrolledDiagram(
                "LSTM(1, 8), unrolled through time",
                steps: 4,
                cell: "LSTM",
                outputs: .last,
                inputWeights: "W_ih",
                stateWeights: "W_hh"
            )
        )
    }

    @Test func `Of many steps the first and the last are drawn`() throws {
        try expectDrawing("unrolled-many", UnrolledDiagram("Twenty steps", steps: 20, cell: "RNN"))
    }

    @Test func `The state itself is the output`() throws {
        try expectDrawing(
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
    }

    @Test func `The cell of an RNN`() throws {
        try expectDrawing("cell-rnn", CellDiagram(.rnn))
    }

    @Test func `The cell of an LSTM`() throws {
        try expectDrawing("cell-lstm", CellDiagram(.lstm))
    }

    @Test func `The cell of a GRU`() throws {
        try expectDrawing("cell-gru", CellDiagram(.gru))
    }
}
