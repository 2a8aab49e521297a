internal import KernelInterface

/// The gradients of weights, biases and inputs, added up step after step inside the time loop.
struct StepGradients {
    let pass: RecurrentLayerPass
    let gradients: RecurrentGradients
    /// The gradients of a and b of a group of rows [rows, gradientWidth].
    let sums: UnsafeMutablePointer<Float>
    /// h before the step [rows, hidden].
    fileprivate let previous: UnsafeMutablePointer<Float>
    /// The rows of `sums`, of `previous` and of x, from the last to the first.
    fileprivate let sumRows: UnsafeMutablePointer<UnsafePointer<Float>>
    fileprivate let previousRows: UnsafeMutablePointer<UnsafePointer<Float>>
    fileprivate let inputRows: UnsafeMutablePointer<UnsafePointer<Float>>

    /// Adds what some sequences give at a step: a group of rows.
    func add(_ place: Int, _ part: Range<Int>) {
        let step = pass.step(at: place)
        if let target = gradients.input { addInputGradient(step, part, to: target) }
        copyPreviousHidden(place, part)
        let row = pass.rows.row(step, part.lowerBound)
        let stride = pass.rows.sequenceStride * pass.inputSize
        for index in 0..<part.count {
            inputRows[part.count - 1 - index] = pass.input + row * pass.inputSize + index * stride
        }
        withUnsafePointer(to: part.count) { end in
            let left = UnsafePointer(sumRows + (RowPairs.largestGroup - part.count))
            let right = UnsafePointer(previousRows + (RowPairs.largestGroup - part.count))
            let group =
                place * pass.groupCount + (pass.rows.count(at: step) - part.upperBound)
                / RowPairs.largestGroup
            let offset = group * gradients.groupStride
            addInputWeights(RowPairs(left: left, right: inputRows, ends: end, groupCount: 1), offset)
            addHiddenWeightsAndBiases(RowPairs(left: left, right: right, ends: end, groupCount: 1), offset)
        }
    }

    private func addInputGradient(_ step: Int, _ part: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        let (size, rows) = (pass.inputSize, pass.rows)
        pass.forEachInputBlock { gates, column in
            Implementation.multiply(
                Matrix(sums + column, rows: part.count, columns: gates.count, rowStride: pass.gradientWidth),
                Matrix(pass.inputWeight + gates.lowerBound * size, rows: gates.count, columns: size),
                into: .continuing(
                    target + rows.row(step, part.lowerBound) * size,
                    rowStride: rows.sequenceStride * size
                )
            )
        }
    }

    /// Copies h before the step: side by side its rows stay in the nearest cache, whatever the distance of those of y.
    private func copyPreviousHidden(_ place: Int, _ part: Range<Int>) {
        let size = pass.hiddenSize
        let carried = pass.carried(at: place, among: part)
        copyPreviousHidden(place, carried, to: previous)
        copyPreviousHidden(place, carried.upperBound..<part.upperBound, to: previous + carried.count * size)
    }

    /// Copies h before the step of sequences that all come from another, or all begin.
    private func copyPreviousHidden(_ place: Int, _ range: Range<Int>, to target: UnsafeMutablePointer<Float>)
    {
        if range.isEmpty { return }
        let (size, rows) = (pass.hiddenSize, pass.previousRows(place, range))
        for index in 0..<range.count {
            copy(rows.hidden + index * rows.hiddenStride, to: target + index * size, count: size)
        }
    }

    private func addInputWeights(_ pairs: RowPairs, _ offset: Int) {
        guard let target = gradients.inputWeight else { return }
        let size = pass.inputSize
        pass.forEachInputBlock { gates, column in
            Implementation.addOuterProductsInPlace(
                pairs,
                leftColumns: column..<column + gates.count,
                rightCount: size,
                into: target + offset + gates.lowerBound * size
            )
        }
    }

    private func addHiddenWeightsAndBiases(_ pairs: RowPairs, _ offset: Int) {
        if let target = gradients.hiddenWeight {
            Implementation.addOuterProductsInPlace(
                pairs,
                leftColumns: 0..<pass.gateWidth,
                rightCount: pass.hiddenSize,
                into: target + offset
            )
        }
        Implementation.addBiasGradients(
            of: pass,
            pairs,
            input: gradients.inputBias.map { $0 + offset },
            hidden: gradients.hiddenBias.map { $0 + offset }
        )
    }
}

/// Calls `body` with room for the numbers of a group of rows.
func withStepGradients(
    of pass: RecurrentLayerPass,
    _ gradients: RecurrentGradients,
    _ body: (StepGradients) -> Void
) {
    let group = RowPairs.largestGroup
    withScratch(count: group * (pass.gradientWidth + pass.hiddenSize)) { sums in
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: 3 * group) { rows in
            let previous = sums + group * pass.gradientWidth
            let rows = rows.baseAddress!
            for index in 0..<group {
                rows[group - 1 - index] = UnsafePointer(sums + index * pass.gradientWidth)
                rows[2 * group - 1 - index] = UnsafePointer(previous + index * pass.hiddenSize)
            }
            body(
                StepGradients(
                    pass: pass,
                    gradients: gradients,
                    sums: sums,
                    previous: previous,
                    sumRows: rows,
                    previousRows: rows + group,
                    inputRows: rows + 2 * group
                )
            )
        }
    }
}
