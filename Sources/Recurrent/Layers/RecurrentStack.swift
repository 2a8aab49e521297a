/// The common part of `RNN`, `LSTM` and `GRU`: stacked layers, in one or two directions, over whole sequences.
///
/// Inside, rows lie step after step, as in a `PackedSequence`; sequences of one length are those that all run
/// to the end.
struct RecurrentStack<Kind: Recurrence> {
    let kind: Kind
    let inputSize: Int
    let hiddenSize: Int
    /// The number of features of a projected hidden state; nil if it is not projected.
    let projectionSize: Int?
    let layerCount: Int
    let batchFirst: Bool
    let directions: Int
    let dropout: Dropout
    /// Layer by layer, within a layer first forward, then in reverse.
    let weights: [RecurrentWeights]

    init(
        _ kind: Kind,
        inputSize: Int,
        hiddenSize: Int,
        projectionSize: Int? = nil,
        layerCount: Int,
        bias: Bool,
        batchFirst: Bool,
        dropout: Double,
        bidirectional: Bool,
        generator: Generator,
        file: StaticString,
        line: UInt
    ) {
        requirePositive(inputSize, "inputSize", of: Kind.name, file: file, line: line)
        requirePositive(hiddenSize, "hiddenSize", of: Kind.name, file: file, line: line)
        requirePositive(layerCount, "layerCount", of: Kind.name, file: file, line: line)
        if let projectionSize {
            require(
                projectionSize > 0 && projectionSize < hiddenSize,
                "\(Kind.name): projectionSize is \(projectionSize); a projection makes the hidden state smaller than the cell "
                    + "state, so it must be from 1 to below the hiddenSize of \(hiddenSize).",
                file: file,
                line: line
            )
        }
        if dropout > 0 && layerCount == 1 {
            warn(
                "\(Kind.name): dropout acts between layers, so that a dropout of \(dropout) has no effect with one "
                    + "layer. Set layerCount to 2 or more, or use a Dropout after this layer.",
                file: file,
                line: line
            )
        }
        self.kind = kind
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        self.projectionSize = projectionSize
        self.layerCount = layerCount
        self.batchFirst = batchFirst
        let directions = bidirectional ? 2 : 1
        self.directions = directions
        self.dropout = Dropout(dropout, generator: generator, file: file, line: line)
        weights = (0..<layerCount * directions).map { index in
            RecurrentWeights(
                inputSize: index < directions ? inputSize : (projectionSize ?? hiddenSize) * directions,
                hiddenSize: hiddenSize,
                projectionSize: projectionSize,
                gates: Kind.gates,
                bias: bias,
                generator: generator
            )
        }
    }

    /// The name and the sizes, the weights with PyTorch's names, and the mode.
    var structure: LayerStructure {
        var kind = "\(Kind.name)(\(inputSize) → \(hiddenSize)"
        if let projectionSize { kind += " → \(projectionSize)" }
        if layerCount > 1 { kind += ", \(layerCount) layers" }
        if directions > 1 { kind += ", bidirectional" }
        let parameters = weights.enumerated().flatMap { index, weights in
            weights.named("_l\(index / directions)" + (index % directions == 1 ? "_reverse" : ""))
        }
        return LayerStructure(kind + ")", parameters: parameters, mode: dropout.mode)
    }

    /// The number of features of the hidden state, the first of the state's tensors, or of the cell state.
    private func stateSize(_ part: Int) -> Int { part == 0 ? projectionSize ?? hiddenSize : hiddenSize }

    /// A state of zeros for a batch; without a batch for nil.
    func zeroState(batchSize: Int?) -> Kind.State {
        let axes = [layerCount * directions] + (batchSize.map { [$0] } ?? [])
        return Kind.State(tensors: (0..<Kind.stateCount).map { Tensor.zeros(axes + [stateSize($0)]) })
    }

    /// Runs sequences of one length.
    func callAsFunction(_ x: Tensor, _ state: Kind.State?, file: StaticString, line: UInt) -> (
        Tensor, Kind.State
    ) {
        check(x, file: file, line: line)
        guard x.rank == 3 else { return runUnbatched(x, state, file: file, line: line) }
        let (time, batch) = (x.shape[batchFirst ? 1 : 0], x.shape[batchFirst ? 0 : 1])
        let initial = state ?? zeroState(batchSize: batch)
        check(initial, batch: batch, file: file, line: line)
        // Cells go step by step, and PyTorch draws dropout in that order.
        let swaps = batchFirst && (runsCells(x, initial) || dropout.isActive)
        let layout =
            batchFirst && !swaps
            ? SequenceLayout.batchMajor(steps: time, sequences: batch)
            : .timeMajor(steps: time, sequences: batch)
        let rows = (swaps ? x.transposed(0, 1) : x).reshaped([time * batch, inputSize])
        let (output, final) = run(rows, layout, initial)
        let width = stateSize(0) * directions
        let shaped =
            swaps
            ? output.reshaped([time, batch, width]).transposed(0, 1)
            : output.reshaped(Array(x.shape.dropLast()) + [width])
        Recorder.current?.note(output: shaped, of: structure)
        return (shaped, final)
    }

    /// Runs sequences of several lengths; states are in the caller's order.
    func callAsFunction(
        _ x: PackedSequence,
        _ state: Kind.State?,
        file: StaticString,
        line: UInt
    ) -> (PackedSequence, Kind.State) {
        require(
            x.data.shape.last == inputSize,
            "\(Kind.name): expected rows of \(inputSize) numbers, packed from [..., input \(inputSize)], not rows of "
                + "\(x.data.shape.last ?? 0).",
            file: file,
            line: line
        )
        let batch = x.sortedIndices.count
        let initial = state ?? zeroState(batchSize: batch)
        check(initial, batch: batch, file: file, line: line)
        let layout = SequenceLayout(batchSizes: x.batchSizes)
        let (output, final) = run(x.data, layout, initial.reordered(x.sortedIndices))
        return (x.replacing(data: output), final.reordered(x.unsortedIndices))
    }

    /// One sequence without a batch axis, as a batch of one.
    private func runUnbatched(
        _ x: Tensor,
        _ state: Kind.State?,
        file: StaticString,
        line: UInt
    ) -> (Tensor, Kind.State) {
        let initial = state ?? zeroState(batchSize: nil)
        let count = layerCount * directions
        for (part, tensor) in initial.tensors.enumerated() {
            let shape = [count, stateSize(part)]
            require(
                tensor.shape == shape,
                "\(Kind.name): expected an initial state of shape [layers · directions \(shape[0]), hidden "
                    + "\(shape[1])] for a sequence without a batch axis, not \(Shape.text(tensor.shape)).",
                file: file,
                line: line
            )
        }
        let batched = Kind.State(tensors: initial.tensors.map { $0.unsqueezed(axis: 1) })
        let (output, final) = run(x, .timeMajor(steps: x.shape[0], sequences: 1), batched)
        return (output, Kind.State(tensors: final.tensors.map { $0.squeezed(axis: 1) }))
    }

    /// Whether the pass is made cell by cell: in double precision, because someone looks on, or with a projection, which
    /// the kernels of whole sequences do not know.
    private func runsCells(_ x: Tensor, _ state: Kind.State) -> Bool {
        projectionSize != nil || x.storage.precision == .double
            || weights[0].input.storage.precision == .double
            || state.hidden.storage.precision == .double || Recorder.current != nil
    }

    /// Runs all layers over rows in some layout.
    private func run(_ rows: Tensor, _ layout: SequenceLayout, _ initial: Kind.State) -> (Tensor, Kind.State)
    {
        let cellByCell = runsCells(rows, initial)
        var rows = rows
        var finals: [Kind.State] = []
        for layer in 0..<layerCount {
            var outputs: [Tensor] = []
            for direction in 0..<directions {
                let index = layer * directions + direction
                let state = initial.layer(index)
                let (output, final) =
                    cellByCell
                    ? RecurrentPass(kind, weights[index], layout.batchSizes, isReverse: direction == 1)
                        .run(rows, state)
                    : FusedPass(
                        kind: kind,
                        weights: weights[index],
                        layout: layout,
                        isReverse: direction == 1
                    )
                    .run(rows, state)
                outputs.append(output)
                finals.append(final)
            }
            rows = directions == 1 ? outputs[0] : concatenated(outputs, axis: 1)
            if layer < layerCount - 1 { rows = dropout(rows) }
        }
        return (rows, .layers(finals))
    }

    private func check(_ x: Tensor, file: StaticString, line: UInt) {
        let axes = batchFirst ? "[batch, time, input \(inputSize)]" : "[time, batch, input \(inputSize)]"
        require(
            x.rank == 2 || x.rank == 3,
            "\(Kind.name): expected \(axes), or [time, input \(inputSize)] without a batch, not a tensor of "
                + "shape \(Shape.text(x.shape))."
                + (inputSize == 1 ? " Add an axis of length 1 at the end, with unsqueezed(axis: -1)?" : ""),
            file: file,
            line: line
        )
        require(
            x.shape.last == inputSize,
            "\(Kind.name): expected \(axes), but the last axis of \(Shape.text(x.shape)) has length "
                + "\(x.shape.last ?? 0). Is inputSize the number of features of each time step?",
            file: file,
            line: line
        )
        require(
            x.shape[x.rank == 3 && batchFirst ? 1 : 0] > 0,
            "\(Kind.name): the sequences of \(Shape.text(x.shape)), \(axes), have no time steps.",
            file: file,
            line: line
        )
    }

    private func check(_ state: Kind.State, batch: Int, file: StaticString, line: UInt) {
        let names = ["layers · directions", "batch", "hidden"]
        for (part, tensor) in state.tensors.enumerated() {
            let shape = [layerCount * directions, batch, stateSize(part)]
            require(
                tensor.shape == shape,
                "\(Kind.name): expected an initial state of shape \(Shape.text(shape, axes: names)), not "
                    + "\(Shape.text(tensor.shape))."
                    + (batchFirst ? " States have the layers first, even with batchFirst: true." : "")
                    + (tensor.rank == 3 && tensor.shape[1] != batch
                        ? " Was the state carried over from a batch of another size?" : ""),
                file: file,
                line: line
            )
        }
    }
}

extension RecurrentState {
    /// One layer's state in one direction, [batch, hidden].
    fileprivate func layer(_ index: Int) -> Self {
        // A single layer's numbers need no copy.
        Self(tensors: tensors.map { $0.shape[0] == 1 ? $0.reshaped(Array($0.shape.dropFirst())) : $0[index] })
    }

    /// All layers' states, [layers · directions, batch, hidden].
    fileprivate static func layers(_ states: [Self]) -> Self {
        Self(
            tensors: states[0].tensors.indices.map { part in
                states.count == 1
                    ? states[0].tensors[part].reshaped([1] + states[0].tensors[part].shape)
                    : stacked(states.map { $0.tensors[part] })
            }
        )
    }

    /// The states of the sequences in another order; [layers · directions, batch, hidden].
    fileprivate func reordered(_ order: [Int]) -> Self {
        if order.enumerated().allSatisfy({ $0 == $1 }) { return self }
        return Self(
            tensors: tensors.map { $0.transposed(0, 1).gatheringRows(order).transposed(0, 1) }
        )
    }
}
