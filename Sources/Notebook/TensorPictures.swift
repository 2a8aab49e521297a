public import Charting
public import Recurrent

extension HeatMap {
    /// A heat map of a matrix, such as weights or attention.
    ///
    ///     HeatMap("Attention", weights, rows: "Query", named: target, columns: "Key", named: source, values: "Weight")
    ///
    /// - Shape: tensor [rows, columns], or [columns] for a single row.
    /// - Parameters:
    ///   - title: The title.
    ///   - tensor: The values.
    ///   - rows: The name of the vertical axis, such as "Unit".
    ///   - rowNames: The names of the rows, such as tokens; the numbers from 0 when there are none.
    ///   - columns: The name of the horizontal axis, such as "Step".
    ///   - columnNames: The names of the columns; the numbers from 0 when there are none.
    ///   - values: The name of the values, such as "State".
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    public init(
        _ title: String = "",
        _ tensor: Tensor,
        rows: String = "Row",
        named rowNames: [String] = [],
        columns: String = "Column",
        named columnNames: [String] = [],
        values: String = "Value",
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        self.init(
            title,
            tensor.rank == 1 ? [tensor.scalars] : tensor.lines("HeatMap", file, line),
            rows: rows,
            named: rowNames,
            columns: columns,
            named: columnNames,
            values: values,
            file: file,
            line: line
        )
    }

    /// The hidden state over time, as a recording has it: a row for each unit, a column for each step.
    ///
    ///     let (_, recording) = record(model) { model(x) }
    ///     HeatMap.hiddenStates(of: recording["rnn"][0])
    ///
    /// - Parameters:
    ///   - pass: A layer's pass over sequences.
    ///   - sample: The index of the sequence in the batch.
    ///   - title: The title.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    public static func hiddenStates(
        of pass: RecordedPass,
        sample: Int = 0,
        _ title: String = "Hidden state over time",
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> HeatMap {
        overTime(pass.steps.map { $0.hidden }, sample, title, values: "State", file, line)
    }

    /// A gate's activation over time, as a recording has it: a row for each unit, a column for each step.
    ///
    ///     HeatMap.gate("f", of: recording["lstm"][0])
    ///
    /// - Parameters:
    ///   - name: The gate: `i f g o` of an LSTM, `r z n` of a GRU, `h` of an RNN.
    ///   - pass: A layer's pass over sequences.
    ///   - sample: The index of the sequence in the batch.
    ///   - title: The title; the gate's name unless given.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    public static func gate(
        _ name: String,
        of pass: RecordedPass,
        sample: Int = 0,
        _ title: String = "",
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> HeatMap {
        let title = title.isEmpty ? "Gate \(name) over time" : title
        let gates = pass.steps.map { $0.gate(name, file: file, line: line) }
        return overTime(gates, sample, title, values: "Activation", file, line)
    }

    private static func overTime(
        _ steps: [Tensor],
        _ sample: Int,
        _ title: String,
        values: String,
        _ file: StaticString,
        _ line: UInt
    ) -> HeatMap {
        let columns = steps.map { step in
            let rows = step.rank == 1 ? [step.scalars] : step.lines("HeatMap", file, line)
            Recurrent.require(
                rows.indices.contains(sample),
                "HeatMap: there is no sample \(sample) in a batch of \(rows.count); samples count from 0",
                file: file,
                line: line
            )
            return rows[sample]
        }
        let units = columns.first?.indices ?? 0..<0
        return HeatMap(
            title,
            units.map { unit in columns.map { $0[unit] } },
            rows: "Unit",
            columns: "Step",
            values: values,
            file: file,
            line: line
        )
    }
}

extension EmbeddingMap {
    /// A map of vectors, such as the rows of an embedding's weights.
    ///
    ///     EmbeddingMap("Letters", embedding.weight, named: letters)
    ///
    /// - Shape: vectors [vector, feature]
    /// - Parameters:
    ///   - title: The title.
    ///   - vectors: The vectors.
    ///   - names: The vectors' names.
    ///   - kinds: The category of each vector, shown by its color; none for a single color.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    public init(
        _ title: String = "",
        _ vectors: Tensor,
        named names: [String],
        kinds: [String] = [],
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        self.init(
            title,
            vectors.lines("EmbeddingMap", file, line),
            named: names,
            kinds: kinds,
            file: file,
            line: line
        )
    }
}

extension Tensor {
    /// The numbers row by row.
    fileprivate func lines(_ user: String, _ file: StaticString, _ line: UInt) -> [[Float]] {
        Recurrent.require(
            rank == 2,
            "\(user): the tensor must have 2 axes, rows and columns, but has the shape \(shape.shown); "
                + "pick a part of it, such as x[0]",
            file: file,
            line: line
        )
        let scalars = scalars
        return (0..<shape[0]).map { row in Array(scalars[row * shape[1]..<(row + 1) * shape[1]]) }
    }
}
