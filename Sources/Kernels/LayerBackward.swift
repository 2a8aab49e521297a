package import KernelInterface

extension LayerPass {
    /// Takes the gradients of outputs and final states back to those of inputs, initial states,
    /// weights and biases.
    ///
    /// All gradients are added to what stands there, chains of fused multiply-adds go on from it:
    /// to the bit what a tape does that takes the steps one by one, in this order.
    ///
    /// - The gradient of h starts from the output's, then for GRU h' z is added, then the chain over
    ///   W_hh goes on. Where sequences have ended or begun between two steps, the chain starts from
    ///   zero and is added to the output's gradient.
    /// - W_ih and b_ih collect rows by `rows`, from the last to the first, in either direction.
    /// - W_hh and b_hh collect steps from the one that was taken last to the first, and inside a step
    ///   sequences from the last to the first.
    /// - x goes on with one chain over the rows of W_ih.
    package func runBackward(_ gradients: RecurrentGradients) {
        withScratch(count: rows.rowCount * gradientWidth) { sums in
            withScratch(count: kernels.packedHiddenWeightCount(of: self)) { packed in
                kernels.packHiddenWeight(of: self, transposed: false, into: packed)
                kernels.runStepsBack(
                    of: self,
                    sequences: 0..<rows.sequenceCount,
                    packedWeight: packed,
                    gradients: gradients,
                    into: sums
                )
            }
            if let target = gradients.input { addInputGradient(sums, to: target) }
            addInputWeightGradients(sums, gradients)
            addHiddenWeightGradients(sums, gradients)
        }
    }

    /// ∂L/∂x = ∂L/∂a · W_ih.
    private func addInputGradient(
        _ sums: UnsafePointer<Float>,
        to target: UnsafeMutablePointer<Float>
    ) {
        for block in inputBlocks {
            multiply(
                Matrix(
                    sums + block.column,
                    rows: rows.rowCount,
                    columns: block.gates.count,
                    rowStride: gradientWidth
                ),
                Matrix(
                    inputWeight + block.gates.lowerBound * inputSize,
                    rows: block.gates.count,
                    columns: inputSize
                ),
                into: .continuing(target, rowStride: inputSize)
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
        let order = rowsLastToFirst
        withPointers(order.count) { left, right in
            for (index, row) in order.enumerated() {
                left[index] = sums + row * gradientWidth
                right[index] = input + row * inputSize
            }
            for block in inputBlocks {
                // Columns of `sums` and rows of the weight differ by a shift.
                let shift = block.column - block.gates.lowerBound
                let columns = block.column..<block.column + block.gates.count
                if let target = gradients.inputWeight {
                    kernels.accumulateOuterProducts(
                        left,
                        right,
                        count: order.count,
                        leftColumns: columns,
                        rightCount: inputSize,
                        into: target - shift * inputSize,
                        rowStride: inputSize
                    )
                }
                if let target = gradients.inputBias {
                    kernels.addRows(left, count: order.count, columns: columns, to: target - shift)
                }
            }
        }
    }

    private func addHiddenWeightGradients(_ sums: UnsafePointer<Float>, _ gradients: RecurrentGradients) {
        guard gradients.hiddenWeight != nil || gradients.hiddenBias != nil else { return }
        withPointers(rows.rowCount) { left, right in
            var index = 0
            for place in (0..<rows.stepCount).reversed() {
                let step = step(at: place)
                for sequence in (0..<rows.count(at: step)).reversed() {
                    left[index] = sums + rows.row(step, sequence) * gradientWidth
                    right[index] = previousHidden(place, sequence)
                    index += 1
                }
            }
            if let target = gradients.hiddenWeight {
                kernels.accumulateOuterProducts(
                    left,
                    right,
                    count: index,
                    leftColumns: 0..<gateWidth,
                    rightCount: hiddenSize,
                    into: target,
                    rowStride: hiddenSize
                )
            }
            if let target = gradients.hiddenBias {
                kernels.addRows(left, count: index, columns: 0..<gateWidth, to: target)
            }
        }
    }

    /// The rows in the order of time-major numbering, backward.
    private var rowsLastToFirst: [Int] {
        (0..<rows.stepCount).reversed().flatMap { step in
            (0..<rows.count(at: step)).reversed().map { rows.row(step, $0) }
        }
    }

    private func withPointers(
        _ count: Int,
        _ body: (
            UnsafeMutablePointer<UnsafePointer<Float>>, UnsafeMutablePointer<UnsafePointer<Float>>
        ) -> Void
    ) {
        let left = UnsafeMutablePointer<UnsafePointer<Float>>.allocate(capacity: 2 * count)
        defer { left.deallocate() }
        body(left, left + count)
    }
}
