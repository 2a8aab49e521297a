package import KernelInterface

/// How many sequences go through all steps together: few enough for their numbers to stay in the
/// nearest caches, or where weights do not fit there, many for each time that these are read.
func sequenceBlock(of pass: LayerPass) -> Int {
    pass.gateWidth * pass.hiddenSize <= 1 << 16 ? 48 : 96
}

extension Implementation {
    package static func packedForwardCount(of pass: LayerPass) -> Int {
        packedCount(pass.gateWidth, depth: pass.hiddenSize + pass.inputSize, panels: Panel.width)
    }

    package static func packForward(of pass: LayerPass, into packed: UnsafeMutablePointer<Float>) {
        let hidden = Matrix(pass.hiddenWeight, rows: pass.gateWidth, columns: pass.hiddenSize)
        pack(hidden.transposed, panels: Panel.width, into: packed)
        guard pass.projectsStepwise else { return }
        let input = Matrix(pass.inputWeight, rows: pass.gateWidth, columns: pass.inputSize)
        pack(input.transposed, panels: Panel.width, into: packed + packedHiddenCount(of: pass))
    }

    package static func runSteps(
        of pass: LayerPass,
        sequences: Range<Int>,
        packed: UnsafePointer<Float>,
        finalHidden: UnsafeMutablePointer<Float>,
        finalCell: UnsafeMutablePointer<Float>?
    ) {
        let block = sequenceBlock(of: pass)
        let blockSize = min(block, sequences.count) * pass.gateWidth
        withScratch(count: 2 * blockSize) { scratch in
            for first in stride(from: sequences.lowerBound, to: sequences.upperBound, by: block) {
                let loop = StepLoop(
                    pass: pass,
                    sequences: first..<min(first + block, sequences.upperBound),
                    hiddenWeight: packed,
                    inputWeight: packed + packedHiddenCount(of: pass),
                    hiddenSums: scratch,
                    inputSums: scratch + blockSize,
                    finalHidden: finalHidden,
                    finalCell: finalCell
                )
                switch pass.kind {
                case .tanh: loop.run(TanhCell.self)
                case .relu: loop.run(ReluCell.self)
                case .lstm: loop.run(LSTMCell.self)
                case .gru: loop.run(GRUCell.self)
                }
            }
        }
    }

    private static func packedHiddenCount(of pass: LayerPass) -> Int {
        packedCount(pass.gateWidth, depth: pass.hiddenSize, panels: Panel.width)
    }
}

/// Some sequences on their way through all steps of a layer.
private struct StepLoop {
    let pass: LayerPass
    let sequences: Range<Int>
    /// W_hhᵀ and W_ihᵀ in panels.
    let hiddenWeight: UnsafePointer<Float>
    let inputWeight: UnsafePointer<Float>
    /// b and a of one step, [sequences, gates · hidden].
    let hiddenSums: UnsafeMutablePointer<Float>
    let inputSums: UnsafeMutablePointer<Float>
    let finalHidden: UnsafeMutablePointer<Float>
    let finalCell: UnsafeMutablePointer<Float>?

    @inline(__always)
    func run<Cell: RecurrentCell>(_: Cell.Type) {
        for place in 0..<pass.rows.stepCount {
            let step = pass.step(at: place)
            let running = sequences.clamped(to: 0..<pass.rows.count(at: step))
            if running.isEmpty { continue }
            multiplyHidden(place, running)
            if pass.projectsStepwise { multiplyInput(step, running) }
            if Cell.isElementwise, pass.hasAdjacentOutputs {
                advance(Cell.self, place, running.lowerBound, count: running.count * pass.hiddenSize)
            } else {
                for sequence in running {
                    advance(Cell.self, place, sequence, count: pass.hiddenSize)
                }
            }
        }
        for sequence in sequences { keepFinalState(of: sequence) }
    }

    /// b = W_hh h + b_hh for the running sequences.
    private func multiplyHidden(_ place: Int, _ running: Range<Int>) {
        let carried = pass.carried(at: place, among: running)
        let joining = carried.upperBound..<running.upperBound
        if !carried.isEmpty {
            let row = pass.rows.row(pass.step(at: place - 1), carried.lowerBound)
            let hidden = pass.output + row * pass.outputStride
            multiplyHidden(hidden, carried, rowStride: pass.rows.sequenceStride * pass.outputStride)
        }
        if !joining.isEmpty {
            let hidden = pass.initialHidden + joining.lowerBound * pass.hiddenSize
            multiplyHidden(hidden, joining, rowStride: pass.hiddenSize)
        }
    }

    private func multiplyHidden(_ hidden: UnsafePointer<Float>, _ range: Range<Int>, rowStride: Int) {
        multiply(
            Matrix(hidden, rows: range.count, columns: pass.hiddenSize, rowStride: rowStride),
            byPanels: hiddenWeight,
            columns: pass.gateWidth,
            into: .startingFrom(
                row: pass.hiddenBias,
                hiddenSums + offset(range.lowerBound),
                rowStride: pass.gateWidth
            )
        )
    }

    /// a = W_ih x + b_ih for the running sequences.
    private func multiplyInput(_ step: Int, _ running: Range<Int>) {
        let row = pass.rows.row(step, running.lowerBound)
        multiply(
            Matrix(
                pass.input + row * pass.inputSize,
                rows: running.count,
                columns: pass.inputSize,
                rowStride: pass.rows.sequenceStride * pass.inputSize
            ),
            byPanels: inputWeight,
            columns: pass.gateWidth,
            into: .startingFrom(
                row: pass.inputBias,
                inputSums + offset(running.lowerBound),
                rowStride: pass.gateWidth
            )
        )
    }

    private func offset(_ sequence: Int) -> Int { (sequence - sequences.lowerBound) * pass.gateWidth }

    /// Compiled once for each kind; the loop around it stays small.
    @inline(never)
    private func advance<Cell: RecurrentCell>(_: Cell.Type, _ place: Int, _ sequence: Int, count: Int) {
        let row = pass.rows.row(pass.step(at: place), sequence)
        let output = pass.output + row * pass.outputStride
        let saved = pass.saved.map { $0 + row * pass.savedWidth } ?? output
        let work = StepWork<Cell>(
            row: StepRow(
                hiddenSize: pass.hiddenSize,
                hiddenSums: hiddenSums + offset(sequence),
                inputSums: UnsafePointer(
                    pass.projectsStepwise ? inputSums + offset(sequence) : saved
                ),
                saved: saved,
                output: output,
                previousHidden: pass.previousHidden(place, sequence),
                previousCell: pass.previousCell(place, sequence)
            )
        )
        work.run(count: count)
    }

    private func keepFinalState(of sequence: Int) {
        let row = pass.rows.row(pass.lastStep(of: sequence), sequence)
        let offset = sequence * pass.hiddenSize
        (finalHidden + offset).update(
            from: pass.output + row * pass.outputStride,
            count: pass.hiddenSize
        )
        guard let finalCell else { return }
        (finalCell + offset).update(from: pass.cell(row), count: pass.hiddenSize)
    }
}

private struct StepWork<Cell: RecurrentCell>: LaneWork {
    let row: StepRow

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) { Cell.step(L.self, row, at: index) }
}
