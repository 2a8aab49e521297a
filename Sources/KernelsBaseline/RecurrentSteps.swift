package import KernelInterface

/// The number of sequences that go through all steps together: few enough for their numbers to stay in the
/// nearest caches, or where weights do not fit there, many for each time that these are read.
func sequenceBlock(of pass: RecurrentLayerPass) -> Int {
    pass.gateWidth * pass.hiddenSize <= 1 << 16 ? 48 : 96
}

extension Implementation {
    @export(interface)
    package static func packedForwardCount(of pass: RecurrentLayerPass) -> Int {
        packedCount(pass.gateWidth, depth: pass.hiddenSize + pass.inputSize, panels: Panel.width)
    }

    @export(interface)
    package static func packForward(of pass: RecurrentLayerPass, into packed: UnsafeMutablePointer<Float>) {
        let hidden = Matrix(pass.hiddenWeight, rows: pass.gateWidth, columns: pass.hiddenSize)
        pack(hidden.transposed, panels: Panel.width, into: packed)
        guard pass.projectsStepwise else { return }
        let input = Matrix(pass.inputWeight, rows: pass.gateWidth, columns: pass.inputSize)
        pack(input.transposed, panels: Panel.width, into: packed + packedHiddenCount(of: pass))
    }

    @export(interface)
    package static func runSteps(
        of pass: RecurrentLayerPass,
        sequences: Range<Int>,
        packed: UnsafePointer<Float>,
        finalHidden: UnsafeMutablePointer<Float>,
        finalCell: UnsafeMutablePointer<Float>?
    ) {
        let block = sequenceBlock(of: pass)
        let largest = min(block, sequences.count)
        let (stateSize, sumSize) = (largest * pass.hiddenSize, largest * pass.gateWidth)
        withScratch(count: 2 * (stateSize + sumSize)) { scratch in
            for first in stride(from: sequences.lowerBound, to: sequences.upperBound, by: block) {
                let loop = StepLoop(
                    pass: pass,
                    sequences: first..<min(first + block, sequences.upperBound),
                    hiddenWeight: packed,
                    inputWeight: packed + packedHiddenCount(of: pass),
                    hiddenSums: scratch,
                    inputSums: scratch + sumSize,
                    hidden: scratch + 2 * sumSize,
                    cell: scratch + 2 * sumSize + stateSize
                )
                switch pass.kind {
                case .tanh: loop.run(TanhCell.self, finalHidden: finalHidden, finalCell: finalCell)
                case .relu: loop.run(ReluCell.self, finalHidden: finalHidden, finalCell: finalCell)
                case .lstm: loop.run(LSTMCell.self, finalHidden: finalHidden, finalCell: finalCell)
                case .gru: loop.run(GRUCell.self, finalHidden: finalHidden, finalCell: finalCell)
                }
            }
        }
    }

    private static func packedHiddenCount(of pass: RecurrentLayerPass) -> Int {
        packedCount(pass.gateWidth, depth: pass.hiddenSize, panels: Panel.width)
    }
}

/// The time loop of some sequences through all steps of a layer.
private struct StepLoop {
    let pass: RecurrentLayerPass
    let sequences: Range<Int>
    /// W_hhᵀ and W_ihᵀ in panels.
    let hiddenWeight: UnsafePointer<Float>
    let inputWeight: UnsafePointer<Float>
    /// b and a of one step, [sequences, gates · hidden].
    let hiddenSums: UnsafeMutablePointer<Float>
    let inputSums: UnsafeMutablePointer<Float>
    /// h and c between two steps, [sequences, hidden]: wherever the rows of y stand, here they lie together.
    let hidden: UnsafeMutablePointer<Float>
    let cell: UnsafeMutablePointer<Float>

    private var size: Int { pass.hiddenSize }

    @inline(__always)
    func run<Cell: CellArithmetic>(
        _: Cell.Type,
        finalHidden: UnsafeMutablePointer<Float>,
        finalCell: UnsafeMutablePointer<Float>?
    ) {
        let offset = sequences.lowerBound * size
        let count = sequences.count * size
        hidden.update(from: pass.initialHidden + offset, count: count)
        if let initialCell = pass.initialCell { cell.update(from: initialCell + offset, count: count) }
        for place in 0..<pass.rows.stepCount {
            let step = pass.step(at: place)
            // The first ones: a sequence that has ended, or not begun, keeps its state.
            let running = sequences.clamped(to: 0..<pass.rows.count(at: step)).count
            if running == 0 { continue }
            multiplyHidden(running)
            if pass.projectsStepwise { multiplyInput(step, running) }
            advance(Cell.self, step, running)
        }
        (finalHidden + offset).update(from: hidden, count: count)
        if let finalCell { (finalCell + offset).update(from: cell, count: count) }
    }

    /// b = W_hh h + b_hh for the running sequences.
    private func multiplyHidden(_ running: Int) {
        multiply(
            Matrix(hidden, rows: running, columns: size),
            byPanels: hiddenWeight,
            columns: pass.gateWidth,
            into: .startingFrom(row: pass.hiddenBias, hiddenSums, rowStride: pass.gateWidth)
        )
    }

    /// a = W_ih x + b_ih for the running sequences.
    private func multiplyInput(_ step: Int, _ running: Int) {
        let row = pass.rows.row(step, sequences.lowerBound)
        multiply(
            Matrix(
                pass.input + row * pass.inputSize,
                rows: running,
                columns: pass.inputSize,
                rowStride: pass.rows.sequenceStride * pass.inputSize
            ),
            byPanels: inputWeight,
            columns: pass.gateWidth,
            into: .startingFrom(row: pass.inputBias, inputSums, rowStride: pass.gateWidth)
        )
    }

    /// Takes a step of the running sequences.
    ///
    /// It is compiled once for each kind, so that the loop around it stays small.
    @inline(never)
    private func advance<Cell: CellArithmetic>(_: Cell.Type, _ step: Int, _ running: Int) {
        let first = pass.rows.row(step, sequences.lowerBound)
        let stride = pass.rows.sequenceStride
        var output = pass.output + first * pass.outputStride
        if Cell.isElementwise, pass.projectsStepwise {
            StepWork<Cell>(row: row(inputSums: inputSums, saved: hidden, output: hidden))
                .run(count: running * size)
            for sequence in 0..<running {
                copy(hidden + sequence * size, to: output, count: size)
                output += stride * pass.outputStride
            }
            return
        }
        let kept = pass.savedRows(step, sequences.lowerBound)
        var saved = kept.first
        for sequence in 0..<running {
            var row = row(
                inputSums: pass.projectsStepwise ? inputSums + sequence * pass.gateWidth : saved,
                saved: saved,
                output: output
            )
            row.hiddenSums += sequence * pass.gateWidth
            row.hidden += sequence * size
            row.cell += sequence * size
            StepWork<Cell>(row: row).run(count: size)
            output += stride * pass.outputStride
            saved += kept.stride
        }
    }

    /// The row of the first sequence.
    @inline(__always)
    private func row(
        inputSums: UnsafePointer<Float>,
        saved: UnsafeMutablePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) -> StepRow {
        StepRow(
            hiddenSize: size,
            hiddenSums: UnsafePointer(hiddenSums),
            inputSums: inputSums,
            saved: saved,
            output: output,
            hidden: hidden,
            cell: cell
        )
    }
}

private struct StepWork<Cell: CellArithmetic>: LaneWork {
    let row: StepRow

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) { Cell.step(L.self, row, at: index) }
}
