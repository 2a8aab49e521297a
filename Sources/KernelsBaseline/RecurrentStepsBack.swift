package import KernelInterface

extension Implementation {
    package static func packedBackwardCount(of pass: LayerPass) -> Int {
        packedCount(pass.hiddenSize, depth: pass.gateWidth, panels: Panel.width)
    }

    package static func packBackward(of pass: LayerPass, into packed: UnsafeMutablePointer<Float>) {
        let weight = Matrix(pass.hiddenWeight, rows: pass.gateWidth, columns: pass.hiddenSize)
        pack(weight, panels: Panel.width, into: packed)
    }

    package static func runStepsBack(
        of pass: LayerPass,
        sequences: Range<Int>,
        packed: UnsafePointer<Float>,
        gradients: RecurrentGradients,
        into sums: UnsafeMutablePointer<Float>?
    ) {
        if sums == nil {
            return withStepGradients(of: pass, gradients) {
                runBlocks(pass, sequences, packed, gradients, $0.sums, $0, block: sequences.count)
            }
        }
        runBlocks(pass, sequences, packed, gradients, sums!, nil, block: sequenceBlock(of: pass))
    }

    private static func runBlocks(
        _ pass: LayerPass,
        _ sequences: Range<Int>,
        _ packed: UnsafePointer<Float>,
        _ gradients: RecurrentGradients,
        _ sums: UnsafeMutablePointer<Float>,
        _ stepGradients: StepGradients?,
        block: Int
    ) {
        let blockSize = min(block, sequences.count) * pass.hiddenSize
        withScratch(count: 2 * blockSize) { scratch in
            for first in stride(from: sequences.lowerBound, to: sequences.upperBound, by: block) {
                let loop = StepBackLoop(
                    pass: pass,
                    sequences: first..<min(first + block, sequences.upperBound),
                    packed: packed,
                    gradients: gradients,
                    sums: sums,
                    stepGradients: stepGradients,
                    hidden: scratch,
                    cell: scratch + blockSize
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

/// Some sequences on their way back through all steps of a layer.
private struct StepBackLoop {
    let pass: LayerPass
    let sequences: Range<Int>
    let packed: UnsafePointer<Float>
    let gradients: RecurrentGradients
    /// The gradients of a and b: of all steps [ordered rows, gradientWidth], or where each step's are put to use
    /// at once, of a group of rows.
    let sums: UnsafeMutablePointer<Float>
    let stepGradients: StepGradients?
    /// The gradients of the state between two steps [sequences, hidden].
    let hidden: UnsafeMutablePointer<Float>
    let cell: UnsafeMutablePointer<Float>

    private var size: Int { pass.hiddenSize }

    @inline(__always)
    func run<Cell: RecurrentCell>(_: Cell.Type) {
        let partSize = stepGradients == nil ? sequences.count : RowPairs.largestGroup
        var next = sequences.lowerBound..<sequences.lowerBound
        for place in (0..<pass.rows.stepCount).reversed() {
            let running = sequences.clamped(to: 0..<pass.rows.count(at: pass.step(at: place)))
            for sequence in running where !next.contains(sequence) {
                startFromFinalState(sequence, place)
            }
            var end = running.upperBound
            while end > running.lowerBound {
                let part = max(end - partSize, running.lowerBound)..<end
                let carried = pass.carried(at: place, among: part)
                let sums = stepGradients == nil ? sums + orderedRow(place, part.lowerBound) : sums
                advance(Cell.self, place, carried, sums)
                advance(
                    Cell.self,
                    place,
                    carried.upperBound..<part.upperBound,
                    sums + carried.count * pass.gradientWidth
                )
                stepGradients?.add(place, part)
                if place > 0 || gradients.initialHidden != nil || gradients.initialCell != nil {
                    carry(place, part, sums)
                }
                end = part.lowerBound
            }
            next = running
        }
    }

    /// ∂L/∂h of a sequence's last step: from the output, and from the final state.
    private func startFromFinalState(_ sequence: Int, _ place: Int) {
        let offset = sequence * size
        fill(hidden(of: sequence), gradients.finalHidden.map { $0 + offset })
        fill(cell(of: sequence), gradients.finalCell.map { $0 + offset })
        add(outputGradient(place, sequence), to: hidden(of: sequence))
    }

    /// Takes sequences back over a step that all of them have come to from another, or that all begin with.
    ///
    /// Compiled once for each kind; the loop around it stays small.
    @inline(never)
    private func advance<Cell: RecurrentCell>(
        _: Cell.Type,
        _ place: Int,
        _ range: Range<Int>,
        _ sums: UnsafeMutablePointer<Float>
    ) {
        guard let first = range.first else { return }
        let firstRow = pass.rows.row(pass.step(at: place), first)
        let stride = pass.rows.sequenceStride
        let previous = pass.previousRows(place, range)
        let output = UnsafePointer(pass.output + firstRow * pass.outputStride)
        var row = StepBackRow(
            hiddenSize: size,
            saved: pass.saved.map { UnsafePointer($0 + firstRow * pass.savedWidth) } ?? output,
            output: output,
            previousHidden: previous.hidden,
            previousCell: previous.cell,
            hidden: hidden(of: first),
            cell: cell(of: first),
            sums: sums
        )
        if Cell.isElementwise, stride * pass.outputStride == size {
            return StepBackWork<Cell>(row: row).run(count: range.count * size)
        }
        for _ in range {
            StepBackWork<Cell>(row: row).run(count: size)
            row.saved += stride * (pass.saved == nil ? pass.outputStride : pass.savedWidth)
            row.output += stride * pass.outputStride
            row.previousHidden += previous.hiddenStride
            row.previousCell += previous.cellStride
            row.hidden += size
            row.cell += size
            row.sums += pass.gradientWidth
        }
    }

    /// The gradient of the state before a step, for the step before or for the initial state.
    ///
    /// Where the same sequences were running, the product goes on with the chain that starts from the
    /// output's gradient. Where sequences had ended or begun, their states were cut out or joined, which
    /// sums a gradient of its own first.
    private func carry(_ place: Int, _ running: Range<Int>, _ sums: UnsafePointer<Float>) {
        let carried = pass.carried(at: place, among: running)
        let joining = carried.upperBound..<running.upperBound
        let goesOn =
            place > 0
            && pass.rows.count(at: pass.step(at: place)) == pass.rows.count(at: pass.step(at: place - 1))
        if goesOn, pass.kind != .gru, let start = outputGradient(place - 1, running.lowerBound) {
            multiplyBack(
                sums,
                running,
                start: start,
                startStride: pass.rows.sequenceStride * pass.outputStride
            )
        } else {
            for sequence in running {
                if pass.kind != .gru { fill(hidden(of: sequence), nil) }
                if goesOn { add(outputGradient(place - 1, sequence), to: hidden(of: sequence)) }
            }
            multiplyBack(sums, running, start: hidden(of: running.lowerBound), startStride: size)
        }
        for sequence in carried where !goesOn {
            add(outputGradient(place - 1, sequence), to: hidden(of: sequence))
        }
        for sequence in joining {
            let offset = sequence * size
            gradients.initialHidden.map { add(UnsafePointer(hidden(of: sequence)), to: $0 + offset) }
            gradients.initialCell.map { add(UnsafePointer(cell(of: sequence)), to: $0 + offset) }
        }
    }

    /// ∂L/∂h = start + ∂L/∂b · W_hh.
    private func multiplyBack(
        _ sums: UnsafePointer<Float>,
        _ running: Range<Int>,
        start: UnsafePointer<Float>,
        startStride: Int
    ) {
        multiply(
            Matrix(
                sums,
                rows: running.count,
                columns: pass.gateWidth,
                rowStride: pass.gradientWidth
            ),
            byPanels: packed,
            columns: size,
            into: .startingFrom(
                matrix: start,
                matrixStride: startStride,
                hidden(of: running.lowerBound),
                rowStride: size
            )
        )
    }

    private func orderedRow(_ place: Int, _ sequence: Int) -> Int {
        pass.rows.orderedRow(pass.step(at: place), sequence) * pass.gradientWidth
    }

    private func hidden(of sequence: Int) -> UnsafeMutablePointer<Float> {
        hidden + (sequence - sequences.lowerBound) * size
    }

    private func cell(of sequence: Int) -> UnsafeMutablePointer<Float> {
        cell + (sequence - sequences.lowerBound) * size
    }

    private func outputGradient(_ place: Int, _ sequence: Int) -> UnsafePointer<Float>? {
        gradients.output.map {
            $0 + pass.rows.row(pass.step(at: place), sequence) * pass.outputStride
        }
    }

    private func fill(_ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>?) {
        if let source {
            target.update(from: source, count: size)
        } else {
            target.update(repeating: 0, count: size)
        }
    }

    private func add(_ source: UnsafePointer<Float>?, to target: UnsafeMutablePointer<Float>) {
        guard let source else { return }
        AddWork(source: source, target: target).run(count: size)
    }
}

private struct StepBackWork<Cell: RecurrentCell>: LaneWork {
    let row: StepBackRow

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) { Cell.stepBack(L.self, row, at: index) }
}

private struct AddWork: LaneWork {
    let source: UnsafePointer<Float>
    let target: UnsafeMutablePointer<Float>

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        (L(from: target + index) + L(from: source + index)).store(to: target + index)
    }
}
