/// A diagram of one step of a recurrent cell: its gates, and the ways of its states.
///
///     CellDiagram(.lstm)
///
/// The gates are those of PyTorch's cells; the GRU's reset gate acts after the product with the weights.
public struct CellDiagram: Drawing {
    /// A kind of cell.
    public enum Kind: String, Sendable, CaseIterable {
        /// Elman's cell: the state is a squashed sum of input and state.
        case rnn = "RNN"
        /// Long short-term memory: gates guard a second state.
        ///
        /// Hochreiter and Schmidhuber, "Long short-term memory", 1997; with a forget gate, Gers et al., 2000.
        case lstm = "LSTM"
        /// The gated recurrent unit: one gate weighs old against new, one forgets.
        ///
        /// Cho et al., "Learning phrase representations using RNN encoder–decoder", 2014.
        case gru = "GRU"
    }

    private let kind: Kind
    private let title: String

    /// A diagram of a kind of cell.
    public init(_ kind: Kind, _ title: String = "") {
        self.kind = kind
        self.title = title.isEmpty ? "One step of \(kind == .gru ? "a" : "an") \(kind.rawValue) cell" : title
    }

    /// Draws the diagram.
    @export(interface)
    public func rendered(id: String) -> RenderedChart {
        let heading = Heading(title, width: ChartLayout.width)
        let sketch =
            switch kind {
            case .rnn: CellSketch.rnn(top: heading.height)
            case .lstm: CellSketch.lstm(top: heading.height)
            case .gru: CellSketch.gru(top: heading.height)
            }
        return RenderedChart(
            id: id,
            title: title,
            summary: summary,
            data: RenderedChart.Table(columns: ["Symbol", "What it is", "Formula"], rows: formulas),
            height: heading.height + sketch.height,
            heading.elements + sketch.elements
        )
    }

    private var summary: String {
        "\(kind.rawValue) cell: " + formulas.map { "\($0[1]) \($0[0]) = \($0[2])" }.joined(separator: "; ")
            + "."
    }

    /// The parts as symbol, name and formula.
    private var formulas: [[String]] {
        switch kind {
        case .rnn: [["h′", "new hidden state", "tanh(W_ih x + b_ih + W_hh h + b_hh)"]]
        case .lstm:
            [
                ["i", "input gate", "σ(W_ii x + b_ii + W_hi h + b_hi)"],
                ["f", "forget gate", "σ(W_if x + b_if + W_hf h + b_hf)"],
                ["g", "candidate", "tanh(W_ig x + b_ig + W_hg h + b_hg)"],
                ["o", "output gate", "σ(W_io x + b_io + W_ho h + b_ho)"],
                ["c′", "new cell state", "f ⊙ c + i ⊙ g"],
                ["h′", "new hidden state", "o ⊙ tanh(c′)"],
            ]
        case .gru:
            [
                ["r", "reset gate", "σ(W_ir x + b_ir + W_hr h + b_hr)"],
                ["z", "update gate", "σ(W_iz x + b_iz + W_hz h + b_hz)"],
                ["n", "candidate", "tanh(W_in x + b_in + r ⊙ (W_hn h + b_hn))"],
                ["h′", "new hidden state", "(1 − z) ⊙ n + z ⊙ h"],
            ]
        }
    }
}
