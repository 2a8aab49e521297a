package import KernelInterface

extension LayerPass {
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
    package func runBackward(_ gradients: RecurrentGradients) {
        let pieces = pieceCount(rows.sequenceCount, grain: 8, work: recurrentWork)
        if accumulatesStepwise, pieces == 1 || groupCount > 1 {
            return addStepwise(gradients)
        }
        withScratch(count: rows.rowCount * gradientWidth) { sums in
            withPackedWeights { packed in
                share(rows.sequenceCount, grain: 8, work: recurrentWork) {
                    kernels.runStepsBack(
                        of: self,
                        sequences: $0,
                        packed: packed,
                        gradients: gradients,
                        into: sums
                    )
                }
            }
            if let target = gradients.input { addInputGradient(sums, to: target) }
            addInputWeightGradients(sums, gradients)
            addHiddenWeightGradients(sums, gradients)
        }
    }

    /// How many multiply-adds the time loop takes.
    private var recurrentWork: Int { rows.rowCount * gateWidth * hiddenSize }

    private func withPackedWeights(_ body: (UnsafePointer<Float>) -> Void) {
        withScratch(count: kernels.packedBackwardCount(of: self)) { packed in
            kernels.packBackward(of: self, into: packed)
            body(packed)
        }
    }

    // MARK: Inside the time loop

    private func addStepwise(_ gradients: RecurrentGradients) {
        withPackedWeights { packed in
            if pieceCount(groupCount, grain: 1, work: recurrentWork) == 1 {
                let all = 0..<rows.sequenceCount
                kernels.runStepsBack(
                    of: self,
                    sequences: all,
                    packed: packed,
                    gradients: gradients,
                    into: nil
                )
            } else {
                addStepwiseShared(gradients, packed)
            }
        }
    }

    /// Threads take whole groups of rows. What each group gives is added up at the end, in the order in which one
    /// thread would have done it.
    private func addStepwiseShared(_ gradients: RecurrentGradients, _ packed: UnsafePointer<Float>) {
        let starts = [0, inputSize, inputSize + hiddenSize, inputSize + hiddenSize + 1].map { gateWidth * $0 }
        let size = starts[3] + gateWidth
        let count = rows.stepCount * groupCount
        withScratch(count: count * size) { sums in
            sums.update(repeating: 0, count: count * size)
            var partial = gradients
            partial.inputWeight = gradients.inputWeight.map { _ in sums + starts[0] }
            partial.hiddenWeight = gradients.hiddenWeight.map { _ in sums + starts[1] }
            partial.inputBias = gradients.inputBias.map { _ in sums + starts[2] }
            partial.hiddenBias = gradients.hiddenBias.map { _ in sums + starts[3] }
            partial.groupStride = size
            share(groupCount, grain: 1, work: recurrentWork) { groups in
                let sequences = sequences(inGroups: groups)
                kernels.runStepsBack(
                    of: self,
                    sequences: sequences,
                    packed: packed,
                    gradients: partial,
                    into: nil
                )
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
                    if let target { kernels.addRows(list.pairs, columns: columns.0..<columns.1, to: target) }
                }
            }
        }
    }

    /// Groups count from the last sequence.
    private func sequences(inGroups groups: Range<Int>) -> Range<Int> {
        let last = rows.sequenceCount - groups.lowerBound * RowPairs.largestGroup
        return max(0, last - groups.count * RowPairs.largestGroup)..<last
    }

    // MARK: After the time loop

    /// ∂L/∂x = ∂L/∂a · W_ih, whose rows may stand in another order than those of `sums`.
    private func addInputGradient(
        _ sums: UnsafePointer<Float>,
        to target: UnsafeMutablePointer<Float>
    ) {
        if rows.areInTimeOrder {
            return addInputGradient(sums, rows.rowCount, to: target, rowStride: inputSize)
        }
        for step in 0..<rows.stepCount {
            addInputGradient(
                sums + rows.orderedRow(step, 0) * gradientWidth,
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
        for block in inputBlocks {
            multiply(
                Matrix(
                    sums + block.column,
                    rows: count,
                    columns: block.gates.count,
                    rowStride: gradientWidth
                ),
                Matrix(
                    inputWeight + block.gates.lowerBound * inputSize,
                    rows: block.gates.count,
                    columns: inputSize
                ),
                into: .continuing(target, rowStride: rowStride)
            )
        }
    }

    private func addInputWeightGradients(_ sums: UnsafePointer<Float>, _ gradients: RecurrentGradients) {
        guard gradients.inputWeight != nil || gradients.inputBias != nil else { return }
        withRowPairs(capacity: rows.rowCount) { list in
            for step in (0..<rows.stepCount).reversed() {
                for sequence in (0..<rows.count(at: step)).reversed() {
                    list.append(
                        sums + rows.orderedRow(step, sequence) * gradientWidth,
                        input + rows.row(step, sequence) * inputSize
                    )
                }
                list.endStep()
            }
            for block in inputBlocks {
                let columns = block.column..<block.column + block.gates.count
                let first = block.gates.lowerBound
                if let target = gradients.inputWeight {
                    list.pairs.addOuterProducts(
                        leftColumns: columns,
                        rightCount: inputSize,
                        to: target + first * inputSize
                    )
                }
                if let target = gradients.inputBias {
                    kernels.addRows(list.pairs, columns: columns, to: target + first)
                }
            }
        }
    }

    private func addHiddenWeightGradients(_ sums: UnsafePointer<Float>, _ gradients: RecurrentGradients) {
        guard gradients.hiddenWeight != nil || gradients.hiddenBias != nil else { return }
        withRowPairs(capacity: rows.rowCount) { list in
            for place in (0..<rows.stepCount).reversed() {
                let step = step(at: place)
                let running = 0..<rows.count(at: step)
                let carried = carried(at: place, among: running)
                for range in [carried.upperBound..<running.upperBound, carried] where !range.isEmpty {
                    let previous = previousRows(place, range)
                    for sequence in range.reversed() {
                        list.append(
                            sums + rows.orderedRow(step, sequence) * gradientWidth,
                            previous.hidden + (sequence - range.lowerBound) * previous.hiddenStride
                        )
                    }
                }
                list.endStep()
            }
            if let target = gradients.hiddenWeight {
                list.pairs.addOuterProducts(leftColumns: 0..<gateWidth, rightCount: hiddenSize, to: target)
            }
            if let target = gradients.hiddenBias {
                kernels.addRows(list.pairs, columns: 0..<gateWidth, to: target)
            }
        }
    }
}
