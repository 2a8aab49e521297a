/// A model's layers, what each puts out, and how many parameters it has.
///
///     print(model.summary { model(x) })
///     // layer                            output         parameters
///     // SineForecaster                                       1,153
///     //   rnn   RNN(1 → 32)              [8, 49, 32]         1,120
///     //   head  Linear(32 → 1)           [8, 1]                 33
///
/// Behind the parameters of a layer that is frozen stands `frozen`; behind others', how many are.
public struct ModelSummary: CustomStringConvertible {
    /// One layer.
    public struct Row {
        /// The depth in the model; 0 for the model itself.
        public let depth: Int
        /// The name; empty for the model itself.
        public let name: String
        /// Its type and sizes.
        public let kind: String
        /// The shape of what it has put out; nil if it did not run or is not a layer of the engine.
        public let output: [Int]?
        /// The number of elements in its parameters, those of its sublayers included.
        public let parameterCount: Int
        /// The number of elements in those parameters that are frozen.
        public let frozenCount: Int
    }

    /// The model, then its layers, each followed by its own.
    public let rows: [Row]

    init(_ structure: LayerStructure, _ recorder: Recorder?) {
        var rows: [Row] = []
        func add(_ structure: LayerStructure, _ name: String, _ depth: Int) {
            let parameters = structure.distinctParameters.map { $0.tensor }
            rows.append(
                Row(
                    depth: depth,
                    name: name,
                    kind: structure.kind,
                    output: recorder?.output(of: structure),
                    parameterCount: parameters.reduce(0) { $0 + $1.count },
                    frozenCount: parameters.reduce(0) { $0 + ($1.isFrozen ? $1.count : 0) }
                )
            )
            for (name, sublayer) in structure.sublayers { add(sublayer, name, depth + 1) }
        }
        add(structure, "", 0)
        self.rows = rows
    }

    /// The summary as a table.
    public var description: String {
        let nameWidth = rows.map { 2 * $0.depth + $0.name.count }.max() ?? 0
        let layers = rows.map { row in
            let indent = String(repeating: " ", count: 2 * row.depth)
            return row.depth == 0 ? row.kind : filled(indent + row.name, nameWidth) + "  " + row.kind
        }
        let outputs = rows.map { $0.output.map { Shape.text($0) } ?? "" }
        let counts = rows.map { grouped($0.parameterCount) }
        let width = (layers + ["layer"]).map { $0.count }.max() ?? 0
        let outputWidth = (outputs + ["output"]).map { $0.count }.max() ?? 0
        let countWidth = (counts + ["parameters"]).map { $0.count }.max() ?? 0
        let states = rows.map { row in
            switch row.frozenCount {
            case 0: ""
            case row.parameterCount: "  frozen"
            default: "  " + grouped(row.frozenCount) + " frozen"
            }
        }
        let lines = zip(
            zip(["layer"] + layers, ["output"] + outputs),
            zip(["parameters"] + counts, [""] + states)
        ).map { texts, numbers in
            filled(texts.0, width) + "  " + filled(texts.1, outputWidth) + "  "
                + String(repeating: " ", count: countWidth - numbers.0.count) + numbers.0 + numbers.1
        }
        return lines.joined(separator: "\n")
    }

    private func filled(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Returns a number with its digits grouped: 1234567 as 1,234,567.
    private func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }
}

extension Layer {
    /// The model's layers and how many parameters each has.
    public func summary() -> ModelSummary { ModelSummary(structure, nil) }

    /// The model's layers, what each puts out when `run` runs the model, and how many parameters each has.
    public func summary<Result>(_ run: () -> Result) -> ModelSummary {
        let recorder = Recorder()
        _ = withoutGradients { Recorder.looking(recorder, run) }
        return ModelSummary(structure, recorder)
    }
}
