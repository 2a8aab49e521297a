package import KernelInterface

/// How many sequences go through all steps together: few enough for their numbers to stay in the
/// nearest caches, enough for whole tiles.
let sequenceBlock = 48

extension Implementation {
    package static func packedHiddenWeightCount(of pass: LayerPass) -> Int {
        let forward = packedCount(pass.gateWidth, depth: pass.hiddenSize, panels: Panel.width)
        let backward = packedCount(pass.hiddenSize, depth: pass.gateWidth, panels: Panel.width)
        return max(forward, backward)
    }

    package static func packHiddenWeight(
        of pass: LayerPass,
        transposed: Bool,
        into packed: UnsafeMutablePointer<Float>
    ) {
        let weight = Matrix(pass.hiddenWeight, rows: pass.gateWidth, columns: pass.hiddenSize)
        pack(transposed ? weight.transposed : weight, panels: Panel.width, into: packed)
    }

    package static func runSteps(
        of pass: LayerPass,
        sequences: Range<Int>,
        packedWeight: UnsafePointer<Float>,
        finalHidden: UnsafeMutablePointer<Float>,
        finalCell: UnsafeMutablePointer<Float>?
    ) {
        withScratch(count: min(sequenceBlock, sequences.count) * pass.gateWidth) { sums in
            for first in stride(from: sequences.lowerBound, to: sequences.upperBound, by: sequenceBlock) {
                let loop = StepLoop(
                    pass: pass,
                    sequences: first..<min(first + sequenceBlock, sequences.upperBound),
                    packedWeight: packedWeight,
                    sums: sums,
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
}

/// Some sequences on their way through all steps of a layer.
private struct StepLoop {
    let pass: LayerPass
    let sequences: Range<Int>
    let packedWeight: UnsafePointer<Float>
    /// b [sequences, gates · hidden].
    let sums: UnsafeMutablePointer<Float>
    let finalHidden: UnsafeMutablePointer<Float>
    let finalCell: UnsafeMutablePointer<Float>?

    @inline(__always)
    func run<Cell: RecurrentCell>(_: Cell.Type) {
        for place in 0..<pass.rows.stepCount {
            let step = pass.step(at: place)
            let running = sequences.clamped(to: 0..<pass.rows.count(at: step))
            makeSums(place, running)
            for sequence in running { advance(Cell.self, place, sequence) }
        }
        for sequence in sequences { keepFinalState(of: sequence) }
    }

    /// b = W_hh h + b_hh for the running sequences.
    private func makeSums(_ place: Int, _ running: Range<Int>) {
        let carried = pass.carried(at: place, among: running)
        let joining = carried.upperBound..<running.upperBound
        if !carried.isEmpty {
            let previous = pass.step(at: place - 1)
            let first = pass.rows.row(previous, carried.lowerBound)
            makeSums(
                from: pass.output + first * pass.outputStride,
                carried,
                rowStride: pass.rows.sequenceStride * pass.outputStride
            )
        }
        if !joining.isEmpty {
            makeSums(
                from: pass.initialHidden + joining.lowerBound * pass.hiddenSize,
                joining,
                rowStride: pass.hiddenSize
            )
        }
    }

    private func makeSums(from hidden: UnsafePointer<Float>, _ range: Range<Int>, rowStride: Int) {
        let offset = (range.lowerBound - sequences.lowerBound) * pass.gateWidth
        multiply(
            Matrix(hidden, rows: range.count, columns: pass.hiddenSize, rowStride: rowStride),
            byPanels: packedWeight,
            columns: pass.gateWidth,
            into: .startingFrom(row: pass.hiddenBias, sums + offset, rowStride: pass.gateWidth)
        )
    }

    @inline(__always)
    private func advance<Cell: RecurrentCell>(_: Cell.Type, _ place: Int, _ sequence: Int) {
        let row = pass.rows.row(pass.step(at: place), sequence)
        let output = pass.output + row * pass.outputStride
        StepWork<Cell>(
            row: StepRow(
                hiddenSize: pass.hiddenSize,
                sums: sums + (sequence - sequences.lowerBound) * pass.gateWidth,
                saved: pass.saved.map { $0 + row * pass.savedWidth } ?? output,
                output: output,
                previousHidden: pass.previousHidden(place, sequence),
                previousCell: pass.previousCell(place, sequence)
            )
        ).run(count: pass.hiddenSize)
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
