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
        if rows.areInTimeOrder {
            for block in inputBlocks {
                let gradient = Matrix(
                    sums + block.column,
                    rows: rows.rowCount,
                    columns: block.gates.count,
                    rowStride: gradientWidth
                )
                add(
                    gradient,
                    Matrix(input, rows: rows.rowCount, columns: inputSize),
                    weight: gradients.inputWeight.map { $0 + block.gates.lowerBound * inputSize },
                    bias: gradients.inputBias.map { $0 + block.gates.lowerBound }
                )
            }
            return
        }
        let products = rowsLastToFirst(sums)
        for block in inputBlocks {
            let columns = block.column..<block.column + block.gates.count
            let first = block.gates.lowerBound
            if let target = gradients.inputWeight {
                products.add(
                    columns,
                    inputSize,
                    to: target + first * inputSize
                )
            }
            if let target = gradients.inputBias { products.addSums(columns, to: target + first) }
        }
        products.deallocate()
    }

    private func addHiddenWeightGradients(_ sums: UnsafePointer<Float>, _ gradients: RecurrentGradients) {
        guard gradients.hiddenWeight != nil || gradients.hiddenBias != nil else { return }
        if rows.areInTimeOrder, rows.haveOneLength, !isReversed {
            let all = Matrix(sums, rows: rows.rowCount, columns: gateWidth, rowStride: gradientWidth)
            let outputs = Matrix(output, rows: rows.rowCount, columns: hiddenSize, rowStride: outputStride)
            let first = rows.sequenceCount
            add(
                all.rows(first..<rows.rowCount),
                outputs.rows(0..<rows.rowCount - first),
                weight: gradients.hiddenWeight,
                bias: gradients.hiddenBias
            )
            add(
                all.rows(0..<first),
                Matrix(initialHidden, rows: first, columns: hiddenSize),
                weight: gradients.hiddenWeight,
                bias: gradients.hiddenBias
            )
            return
        }
        let products = stepsLastToFirst(sums)
        if let target = gradients.hiddenWeight { products.add(0..<gateWidth, hiddenSize, to: target) }
        if let target = gradients.hiddenBias { products.addSums(0..<gateWidth, to: target) }
        products.deallocate()
    }

    /// Rows that stand in the order of the sums: nothing needs to be looked up.
    private func add(
        _ gradient: Matrix,
        _ input: Matrix,
        weight: UnsafeMutablePointer<Float>?,
        bias: UnsafeMutablePointer<Float>?
    ) {
        if let weight { accumulateWeightGradient(outputGradient: gradient, input: input, into: weight) }
        if let bias { accumulateBiasGradient(outputGradient: gradient, into: bias) }
    }

    /// Rows of the gradient of a, and of x, in the order of time-major numbering, backward.
    private func rowsLastToFirst(_ sums: UnsafePointer<Float>) -> RowPairs {
        var pairs = RowPairs(capacity: rows.rowCount)
        for step in (0..<rows.stepCount).reversed() {
            for sequence in (0..<rows.count(at: step)).reversed() {
                let row = rows.row(step, sequence)
                pairs.append(sums + row * gradientWidth, input + row * inputSize)
            }
        }
        return pairs
    }

    /// Rows of the gradient of b, and of the h before, in the reverse of the order of the steps.
    private func stepsLastToFirst(_ sums: UnsafePointer<Float>) -> RowPairs {
        var pairs = RowPairs(capacity: rows.rowCount)
        for place in (0..<rows.stepCount).reversed() {
            let step = step(at: place)
            for sequence in (0..<rows.count(at: step)).reversed() {
                let row = rows.row(step, sequence)
                pairs.append(sums + row * gradientWidth, previousHidden(place, sequence))
            }
        }
        return pairs
    }
}

/// Pairs of rows, anywhere in memory, whose outer products are summed in their order.
private struct RowPairs {
    private let left: UnsafeMutablePointer<UnsafePointer<Float>>
    private let right: UnsafeMutablePointer<UnsafePointer<Float>>
    private var count = 0

    init(capacity: Int) {
        left = .allocate(capacity: 2 * capacity)
        right = left + capacity
    }

    func deallocate() { left.deallocate() }

    mutating func append(_ leftRow: UnsafePointer<Float>, _ rightRow: UnsafePointer<Float>) {
        left[count] = leftRow
        right[count] = rightRow
        count += 1
    }

    /// Goes on with the chains of target(i, j) over left(columns[i]) · right(j).
    func add(_ columns: Range<Int>, _ rightCount: Int, to target: UnsafeMutablePointer<Float>) {
        share(columns.count, grain: 32, work: count * columns.count * rightCount) { part in
            kernels.accumulateOuterProducts(
                left,
                right,
                count: count,
                leftColumns: columns.lowerBound + part.lowerBound..<columns.lowerBound + part.upperBound,
                rightCount: rightCount,
                into: target + part.lowerBound * rightCount,
                rowStride: rightCount
            )
        }
    }

    /// Adds the left rows' columns to the sums, row by row.
    func addSums(_ columns: Range<Int>, to sums: UnsafeMutablePointer<Float>) {
        kernels.addRows(left, count: count, columns: columns, to: sums)
    }
}
