public import Charting
public import Recurrent

/// A diagram of a model: its layers in the order in which they are declared, with their numbers of parameters.
///
///     diagram(of: model)
public func diagram(of model: some Layer, _ title: String = "") -> NetworkDiagram {
    NetworkDiagram(model.summary(), title: title, input: nil)
}

/// A diagram of a model with the shapes that enter and leave its layers.
///
///     diagram(of: model, on: x) { model($0) }
///
/// - Parameters:
///   - model: The model.
///   - x: The input.
///   - title: The title; the model's type unless given.
///   - run: The call of the model on `x`; nothing that it computes is kept.
public func diagram<Result>(
    of model: some Layer,
    on x: Tensor,
    _ title: String = "",
    run: (Tensor) -> Result
) -> NetworkDiagram {
    NetworkDiagram(model.summary { run(x) }, title: title, input: x.shape)
}

/// A diagram of a model that takes indices, such as those of characters.
///
/// - Parameters:
///   - model: The model.
///   - x: The input.
///   - title: The title; the model's type unless given.
///   - run: The call of the model on `x`; nothing that it computes is kept.
public func diagram<Result>(
    of model: some Layer,
    on x: IntTensor,
    _ title: String = "",
    run: (IntTensor) -> Result
) -> NetworkDiagram {
    NetworkDiagram(model.summary { run(x) }, title: title, input: x.shape)
}

/// A model's first recurrent layer, folded and unrolled through time, with the weights that all steps share.
///
///     unrolled(model, steps: 4)
///
/// The weights bear the names of the layer's parameters: `W_ih` those of the input, `W_hh` those of the state.
///
/// - Parameters:
///   - model: The model.
///   - steps: The number of time steps, at least 1.
///   - outputs: The steps that have an output: every one, or only the last.
///   - title: The title.
///   - file: The caller's file.
///   - line: The caller's line.
/// - Precondition: The model has a recurrent layer; otherwise the lesson stops at the caller's line.
public func unrolled(
    _ model: some Layer,
    steps: Int,
    outputs: UnrolledDiagram.Outputs = .every,
    _ title: String = "",
    file: StaticString = #filePath,
    line: UInt = #line
) -> UnrolledDiagram {
    let blocks = model.summary().blocks
    guard let index = blocks.firstIndex(where: { $0.isRecurrent }) else {
        let kinds = blocks.map { $0.kind }.joined(separator: ", ")
        Recurrent.stop(
            "unrolled(_:steps:): the model has no recurrent layer, only \(kinds); give it an RNN, an LSTM or a GRU",
            file: file,
            line: line
        )
    }
    let hasHead = blocks[(index + 1)...].contains { $0.parameters > 0 }
    return UnrolledDiagram(
        title.isEmpty ? "\(blocks[index].kind), unrolled through time" : title,
        steps: steps,
        cell: blocks[index].cell,
        outputs: outputs,
        inputWeights: "W_ih",
        stateWeights: "W_hh",
        outputWeights: hasHead ? "W_y" : "",
        file: file,
        line: line
    )
}

/// One step of a recurrent cell: its gates and its states.
///
///     cell(.lstm)
public func cell(_ kind: CellDiagram.Kind, _ title: String = "") -> CellDiagram {
    CellDiagram(kind, title)
}

extension NetworkDiagram {
    fileprivate init(_ summary: ModelSummary, title: String, input: [Int]?) {
        self.init(
            title.isEmpty ? summary.rows[0].kind : title,
            input: input.map { $0.shown } ?? "",
            layers: summary.blocks.map { block in
                Layer(
                    block.name.isEmpty ? block.kind : block.name,
                    kind: block.name.isEmpty ? "" : block.kind,
                    output: block.output.map { $0.shown } ?? "",
                    parameters: block.parameters,
                    isRecurrent: block.isRecurrent
                )
            }
        )
    }
}

/// A layer as a diagram shows it: one that holds no others, or a cell with the loop around it.
private struct Block {
    /// The path through the model to the layer: `encoder.rnn`.
    var name: String
    var kind: String
    var output: [Int]?
    var parameters: Int

    /// The kind without its sizes: `LSTM`.
    var type: String { String(kind.prefix { $0 != "(" }) }
    var isRecurrent: Bool { ["RNN", "LSTM", "GRU"].contains(type) || type.hasSuffix("Cell") }
    /// The text in a recurrent layer's cell.
    var cell: String { type.hasSuffix("Cell") ? String(type.dropLast(4)) : type }
}

extension ModelSummary {
    fileprivate var blocks: [Block] {
        var names: [String] = []
        var blocks: [Block] = []
        var loop: Row?
        for (index, row) in rows.enumerated() {
            if let loop, row.depth > loop.depth + 1 { continue }
            names = names.prefix(max(0, row.depth - 1)) + (row.depth > 0 ? [row.name] : [])
            if row.kind == "Unrolled" {
                loop = row
                continue
            }
            let isCell = loop.map { row.depth == $0.depth + 1 } ?? false
            if !isCell { loop = nil }
            let hasLayers = index + 1 < rows.count && rows[index + 1].depth > row.depth
            guard isCell || !hasLayers, row.depth > 0 || rows.count == 1 else { continue }
            var block = Block(
                name: (isCell ? names.dropLast() : names[...]).joined(separator: "."),
                kind: row.kind,
                output: row.output,
                parameters: row.parameterCount
            )
            if isCell, !block.type.hasSuffix("Cell") { block.kind += "Cell" }
            blocks.append(block)
        }
        return blocks
    }
}
