package import KernelInterface

extension RecurrentLayerPass {
    /// Takes the gradients of outputs and final states back to those of inputs, initial states,
    /// weights and biases.
    ///
    /// All gradients are added to what stands there: to the bit what a tape does that takes the steps
    /// one by one, in this order.
    ///
    /// - The gradient of h starts from the output's, then for GRU h' z is added, then the chain over
    ///   W_hh goes on. Where sequences have ended or begun between two steps, the chain starts from
    ///   zero and is added to the output's gradient.
    /// - W_ih and b_ih collect steps from the last to the first, in either direction; W_hh and b_hh from the
    ///   one that was taken last to the first. Inside a step sequences go from the last to the first, in the
    ///   groups of `RowPairs`.
    /// - x goes on with one chain over the rows of W_ih.
    @export(interface)
    package func runBackward(_ gradients: RecurrentGradients) {
        withScratch(count: chosenKernels.packedBackwardCount(of: self)) { packed in
            chosenKernels.packBackward(of: self, into: packed)
            withScratch(count: 2 * rows.sequenceCount * hiddenSize) { state in
                let loop = LoopBack(packed: packed, gradients: gradients, state: state)
                if !accumulatesStepwise {
                    addInStretches(loop)
                } else if pieceCount(groupCount, grain: 1, work: recurrentWork) == 1 {
                    run(loop, 0..<rows.sequenceCount, 0..<rows.stepCount, into: nil)
                } else {
                    addStepwiseShared(loop)
                }
            }
        }
    }

    /// The number of multiply-adds in the time loop.
    var recurrentWork: Int64 { multiplyAdds(rows.rowCount, gateWidth, hiddenSize) }

    private func run(
        _ loop: LoopBack,
        _ sequences: Range<Int>,
        _ places: Range<Int>,
        into sums: UnsafeMutablePointer<Float>?
    ) {
        chosenKernels.runStepsBack(
            of: self,
            sequences: sequences,
            places: places,
            packed: loop.packed,
            gradients: loop.gradients,
            state: loop.state,
            into: sums
        )
    }

    // MARK: Inside the time loop

    /// Threads take whole groups of rows. What each group gives is added up at the end, in the order in which one
    /// thread would have done it.
    private func addStepwiseShared(_ loop: LoopBack) {
        let gradients = loop.gradients
        let starts = [0, inputSize, inputSize + hiddenSize, inputSize + hiddenSize + 1].map { gateWidth * $0 }
        let size = starts[3] + gateWidth
        let count = rows.stepCount * groupCount
        withScratch(count: count * size) { sums in
            sums.update(repeating: 0, count: count * size)
            var partial = loop
            partial.gradients.inputWeight = gradients.inputWeight.map { _ in sums + starts[0] }
            partial.gradients.hiddenWeight = gradients.hiddenWeight.map { _ in sums + starts[1] }
            partial.gradients.inputBias = gradients.inputBias.map { _ in sums + starts[2] }
            partial.gradients.hiddenBias = gradients.hiddenBias.map { _ in sums + starts[3] }
            partial.gradients.groupStride = size
            share(groupCount, grain: 1, work: recurrentWork) { groups in
                run(partial, sequences(inGroups: groups), 0..<rows.stepCount, into: nil)
            }
            withRowPairs(capacity: count) { list in
                for place in (0..<rows.stepCount).reversed() {
                    for group in 0..<groupCount {
                        let row = sums + (place * groupCount + group) * size
                        list.append(row, row)
                        list.endStep()
                    }
                }
                let targets = [
                    gradients.inputWeight, gradients.hiddenWeight, gradients.inputBias, gradients.hiddenBias,
                ]
                for (target, columns) in zip(targets, zip(starts, starts.dropFirst() + [size])) {
                    chosenKernels.addRows(list.pairs, columns: columns.0..<columns.1, to: target, and: nil)
                }
            }
        }
    }

    /// Groups count from the last sequence.
    private func sequences(inGroups groups: Range<Int>) -> Range<Int> {
        let last = rows.sequenceCount - groups.lowerBound * RowPairs.largestGroup
        return max(0, last - groups.count * RowPairs.largestGroup)..<last
    }

    // MARK: After some steps

    /// Takes some steps at a time, for large products of what still is in the cache.
    private func addInStretches(_ loop: LoopBack) {
        let stretch = stretchLength
        let largest = min(rows.rowCount, stretch * rows.sequenceCount)
        withScratch(count: largest * gradientWidth) { sums in
            for first in stride(from: 0, to: rows.stepCount, by: stretch).reversed() {
                let places = first..<min(first + stretch, rows.stepCount)
                let work = recurrentWork / Int64(rows.stepCount) * Int64(places.count)
                share(rows.sequenceCount, grain: 8, work: work) {
                    run(loop, $0, places, into: sums)
                }
                let sums = GateGradients(sums, firstRow: isReversed ? 0 : rows.orderedRow(first, 0))
                addInputGradient(sums, places, loop.gradients)
                addInputWeightGradients(sums, places, loop.gradients)
                addHiddenWeightGradients(sums, places, loop.gradients)
            }
        }
    }

    /// The number of steps taken at a time: as many as make products of some depth, or as fit half of a usual
    /// second cache. In reverse all of them, for W_ih collects them the other way round.
    private var stretchLength: Int {
        if isReversed { return rows.stepCount }
        let deep = (4 * RowPairs.largestGroup + rows.sequenceCount - 1) / rows.sequenceCount
        return max(deep, (1 << 17) / (rows.sequenceCount * gradientWidth))
    }

    /// ∂L/∂x = ∂L/∂a · W_ih, whose rows may stand in another order than those of `sums`.
    private func addInputGradient(
        _ sums: GateGradients,
        _ places: Range<Int>,
        _ gradients: RecurrentGradients
    ) {
        guard let target = gradients.input else { return }
        if rows.areInTimeOrder {
            let first = isReversed ? 0 : rows.row(places.lowerBound, 0)
            let end = isReversed ? rows.rowCount : rows.row(places.upperBound, 0)
            return addInputGradient(
                sums.row(first, gradientWidth),
                end - first,
                to: target + first * inputSize,
                rowStride: inputSize
            )
        }
        for place in places {
            let step = step(at: place)
            addInputGradient(
                sums.row(rows.orderedRow(step, 0), gradientWidth),
                rows.count(at: step),
                to: target + rows.row(step, 0) * inputSize,
                rowStride: rows.sequenceStride * inputSize
            )
        }
    }

    private func addInputGradient(
        _ sums: UnsafePointer<Float>,
        _ count: Int,
        to target: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) {
        forEachInputBlock { gates, column in
            multiply(
                Matrix(sums + column, rows: count, columns: gates.count, rowStride: gradientWidth),
                Matrix(inputWeight + gates.lowerBound * inputSize, rows: gates.count, columns: inputSize),
                into: .continuing(target, rowStride: rowStride)
            )
        }
    }

    private func addInputWeightGradients(
        _ sums: GateGradients,
        _ places: Range<Int>,
        _ gradients: RecurrentGradients
    ) {
        guard gradients.inputWeight != nil || gradients.inputBias != nil else { return }
        let steps = isReversed ? 0..<rows.stepCount : places
        withRowPairs(capacity: steps.count * rows.sequenceCount) { list in
            for step in steps.reversed() {
                for sequence in (0..<rows.count(at: step)).reversed() {
                    list.append(
                        sums.row(rows.orderedRow(step, sequence), gradientWidth),
                        input + rows.row(step, sequence) * inputSize
                    )
                }
                list.endStep()
            }
            if let target = gradients.inputWeight {
                let pairs = list.pairs
                forEachInputBlock { gates, column in
                    pairs.addOuterProducts(
                        leftColumns: column..<column + gates.count,
                        rightCount: inputSize,
                        to: target + gates.lowerBound * inputSize
                    )
                }
            }
            if isReversed {
                chosenKernels.addBiasGradients(of: self, list.pairs, input: gradients.inputBias, hidden: nil)
            }
        }
    }

    private func addHiddenWeightGradients(
        _ sums: GateGradients,
        _ places: Range<Int>,
        _ gradients: RecurrentGradients
    ) {
        withRowPairs(capacity: places.count * rows.sequenceCount) { list in
            for place in places.reversed() {
                let step = step(at: place)
                let running = 0..<rows.count(at: step)
                let carried = carried(at: place, among: running)
                for range in [carried.upperBound..<running.upperBound, carried] where !range.isEmpty {
                    let previous = previousRows(place, range)
                    for sequence in range.reversed() {
                        list.append(
                            sums.row(rows.orderedRow(step, sequence), gradientWidth),
                            previous.hidden + (sequence - range.lowerBound) * previous.hiddenStride
                        )
                    }
                }
                list.endStep()
            }
            if let target = gradients.hiddenWeight {
                list.pairs.addOuterProducts(leftColumns: 0..<gateWidth, rightCount: hiddenSize, to: target)
            }
            // Both biases collect the same rows in the same order.
            chosenKernels.addBiasGradients(
                of: self,
                list.pairs,
                input: isReversed ? nil : gradients.inputBias,
                hidden: gradients.hiddenBias
            )
        }
    }
}

/// The operands of the backward time loop.
private struct LoopBack {
    /// W_hh in panels.
    let packed: UnsafePointer<Float>
    var gradients: RecurrentGradients
    let state: UnsafeMutablePointer<Float>
}

/// The gradients of a and b of some rows in time order.
private struct GateGradients {
    private let base: UnsafePointer<Float>
    private let firstRow: Int

    init(_ base: UnsafePointer<Float>, firstRow: Int) {
        self.base = base
        self.firstRow = firstRow
    }

    func row(_ row: Int, _ width: Int) -> UnsafePointer<Float> { base + (row - firstRow) * width }
}
