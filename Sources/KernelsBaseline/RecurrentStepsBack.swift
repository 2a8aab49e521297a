package import KernelInterface

extension Implementation {
    @export(interface)
    package static func packedBackwardCount(of pass: RecurrentLayerPass) -> Int {
        packedCount(pass.hiddenSize, depth: pass.gateWidth, panels: Panel.width)
    }

    @export(interface)
    package static func packBackward(of pass: RecurrentLayerPass, into packed: UnsafeMutablePointer<Float>) {
        let weight = Matrix(pass.hiddenWeight, rows: pass.gateWidth, columns: pass.hiddenSize)
        pack(weight, panels: Panel.width, into: packed)
    }

    @export(interface)
    package static func runStepsBack(
        of pass: RecurrentLayerPass,
        sequences: Range<Int>,
        places: Range<Int>,
        packed: UnsafePointer<Float>,
        gradients: RecurrentGradients,
        state: UnsafeMutablePointer<Float>,
        into sums: UnsafeMutablePointer<Float>?
    ) {
        var loop = StepBackLoop(
            pass: pass,
            sequences: sequences,
            packed: packed,
            gradients: gradients,
            hidden: state,
            cell: state + pass.rows.sequenceCount * pass.hiddenSize
        )
        guard let sums else {
            return withStepGradients(of: pass, gradients) {
                loop.stepGradients = $0
                loop.run(places, into: $0.sums)
            }
        }
        let block = sequenceBlock(of: pass)
        for first in stride(from: sequences.lowerBound, to: sequences.upperBound, by: block) {
            loop.sequences = first..<min(first + block, sequences.upperBound)
            loop.run(places, into: sums)
        }
    }
}

/// The backward time loop of some sequences through all steps of a layer.
private struct StepBackLoop {
    let pass: RecurrentLayerPass
    var sequences: Range<Int>
    let packed: UnsafePointer<Float>
    let gradients: RecurrentGradients
    /// The sums that take up each step's gradients of a and b at once; nil where `runBackward` sums them later.
    var stepGradients: StepGradients?
    /// The gradients of the state between two steps [sequences, hidden].
    let hidden: UnsafeMutablePointer<Float>
    let cell: UnsafeMutablePointer<Float>

    private var size: Int { pass.hiddenSize }

    /// - Parameter sums: For the gradients of a and b: of all rows of the places, or of a group of rows.
    func run(_ places: Range<Int>, into sums: UnsafeMutablePointer<Float>) {
        switch pass.kind {
        case .tanh: run(TanhCell.self, places, sums)
        case .relu: run(ReluCell.self, places, sums)
        case .lstm: run(LSTMCell.self, places, sums)
        case .gru: run(GRUCell.self, places, sums)
        }
    }

    @inline(__always)
    private func run<Cell: CellArithmetic>(
        _: Cell.Type,
        _ places: Range<Int>,
        _ sums: UnsafeMutablePointer<Float>
    ) {
        let firstRow = pass.rows.orderedRow(pass.isReversed ? 0 : places.lowerBound, 0)
        let partSize = stepGradients == nil ? sequences.count : RowPairs.largestGroup
        var next = running(at: places.upperBound)
        for place in places.reversed() {
            let running = running(at: place)
            for sequence in running where !next.contains(sequence) {
                startFromFinalState(sequence, place)
            }
            var end = running.upperBound
            while end > running.lowerBound {
                let part = max(end - partSize, running.lowerBound)..<end
                let carried = pass.carried(at: place, among: part)
                let row = pass.rows.orderedRow(pass.step(at: place), part.lowerBound)
                let sums = stepGradients == nil ? sums + (row - firstRow) * pass.gradientWidth : sums
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
    /// It is compiled once for each kind, so that the loop around it stays small.
    @inline(never)
    private func advance<Cell: CellArithmetic>(
        _: Cell.Type,
        _ place: Int,
        _ range: Range<Int>,
        _ sums: UnsafeMutablePointer<Float>
    ) {
        guard let first = range.first else { return }
        let firstRow = pass.rows.row(pass.step(at: place), first)
        let stride = pass.rows.sequenceStride
        let previous = pass.previousRows(place, range)
        let saved = pass.savedRows(pass.step(at: place), first)
        let output = UnsafePointer(pass.output + firstRow * pass.outputStride)
        var row = StepBackRow(
            hiddenSize: size,
            saved: UnsafePointer(saved.first),
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
            row.saved += saved.stride
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
        // Not `==` or `!=`, which would go through functions that all builds of the kernels share.
        let addsToHidden = if case .gru = pass.kind { true } else { false }
        let goesOn =
            place > 0
            && pass.rows.count(at: pass.step(at: place)) == pass.rows.count(at: pass.step(at: place - 1))
        if goesOn, !addsToHidden, let start = outputGradient(place - 1, running.lowerBound) {
            multiplyBack(
                sums,
                running,
                start: start,
                startStride: pass.rows.sequenceStride * pass.outputStride
            )
        } else {
            for sequence in running {
                if !addsToHidden { fill(hidden(of: sequence), nil) }
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

    /// The sequences that take a step; none after the last.
    private func running(at place: Int) -> Range<Int> {
        sequences.clamped(
            to: 0..<(place < pass.rows.stepCount ? pass.rows.count(at: pass.step(at: place)) : 0)
        )
    }

    private func hidden(of sequence: Int) -> UnsafeMutablePointer<Float> { hidden + sequence * size }

    private func cell(of sequence: Int) -> UnsafeMutablePointer<Float> { cell + sequence * size }

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

private struct StepBackWork<Cell: CellArithmetic>: LaneWork {
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
