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
        withScratch(count: rows.rowCount * gradientWidth) { sums in
            withScratch(count: kernels.packedBackwardCount(of: self)) { packed in
                kernels.packBackward(of: self, into: packed)
                share(rows.sequenceCount, grain: 8, work: rows.rowCount * gateWidth * hiddenSize) {
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

    /// Where the gradient of a stands: some rows of W_ih, and the first of their columns in `sums`.
    private var inputBlocks: [(gates: Range<Int>, column: Int)] {
        guard kind == .gru else { return [(0..<gateWidth, 0)] }
        // The gradients of a_n and b_n differ.
        return [(0..<2 * hiddenSize, 0), (2 * hiddenSize..<gateWidth, 3 * hiddenSize)]
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
                for sequence in (0..<rows.count(at: step)).reversed() {
                    list.append(
                        sums + rows.orderedRow(step, sequence) * gradientWidth,
                        previousHidden(place, sequence)
                    )
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
