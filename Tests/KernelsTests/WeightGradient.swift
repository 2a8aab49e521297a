import KernelInterface
import Kernels
import Testing
import Turns

@Suite(.inTurns) struct WeightGradient {
    /// Rows, outputs, inputs: around the edges of groups, tiles, panels and blocks.
    private static let sizes: [(Int, Int, Int)] = [
        (1, 1, 1), (1, 7, 6), (5, 32, 1), (5, 1, 32), (127, 9, 33), (128, 33, 9), (129, 8, 32), (300, 65, 40),
        (40, 70, 130), (257, 200, 37), (16, 96, 515),
    ]

    @Test(arguments: Build.all)
    func `is summed from the last row, in groups that start from zero`(_ build: Build) {
        for (rows, outputs, inputs) in Self.sizes {
            var samples = Samples(seed: UInt64(rows + outputs))
            let x = samples.numbers(rows * inputs)
            let dy = samples.numbers(rows * outputs)
            let old = samples.numbers(outputs * inputs)
            var plain = old
            for o in 0..<outputs {
                for i in 0..<inputs {
                    for end in stride(from: rows, to: 0, by: -128) {
                        var sum: Float = 0
                        for r in (max(0, end - 128)..<end).reversed() {
                            sum.addProduct(dy[r * outputs + o], x[r * inputs + i])
                        }
                        plain[o * inputs + i] += sum
                    }
                }
            }
            var ours = old
            withPairs(dy, outputs, x, inputs) { pairs in
                build.kernels.addOuterProducts(
                    pairs,
                    leftColumns: 0..<outputs,
                    rightCount: inputs,
                    into: &ours,
                    rowStride: inputs
                )
            }
            #expect(sameBits(ours, plain), "\(build.name) \(rows) rows, \(outputs) × \(inputs)")
        }
    }

    /// Rows from the last to the first, 128 to a group.
    private func withPairs(
        _ dy: [Float],
        _ outputs: Int,
        _ x: [Float],
        _ inputs: Int,
        _ body: (RowPairs) -> Void
    ) {
        dy.withUnsafeBufferPointer { dy in
            x.withUnsafeBufferPointer { x in
                let rows = dy.count / outputs
                let left = (0..<rows).reversed().map { dy.baseAddress! + $0 * outputs }
                let right = (0..<rows).reversed().map { x.baseAddress! + $0 * inputs }
                let ends = stride(from: 128, to: rows, by: 128) + [rows]
                left.withUnsafeBufferPointer { left in
                    right.withUnsafeBufferPointer { right in
                        ends.withUnsafeBufferPointer { ends in
                            body(
                                RowPairs(
                                    left: left.baseAddress!,
                                    right: right.baseAddress!,
                                    ends: ends.baseAddress!,
                                    groupCount: ends.count
                                )
                            )
                        }
                    }
                }
            }
        }
    }

    @Test func `a sequence's weight gradient at once equals its steps, last first`() {
        let (steps, batch, inputs, outputs) = (5, 150, 4, 9)
        var samples = Samples(seed: 3)
        let x = samples.numbers(steps * batch * inputs)
        let dy = samples.numbers(steps * batch * outputs)
        var whole = samples.numbers(outputs * inputs)
        var stepwise = whole
        var bias = samples.numbers(outputs)
        var biasStepwise = bias
        x.withUnsafeBufferPointer { x in
            dy.withUnsafeBufferPointer { dy in
                let input = Matrix(x.baseAddress!, rows: steps * batch, columns: inputs)
                let gradient = Matrix(dy.baseAddress!, rows: steps * batch, columns: outputs)
                let sizes = [Int](repeating: batch, count: steps)
                addWeightGradient(outputGradient: gradient, input: input, steps: sizes, to: &whole)
                addBiasGradient(outputGradient: gradient, steps: sizes, to: &bias)
                for step in (0..<steps).reversed() {
                    let rows = step * batch..<(step + 1) * batch
                    addWeightGradient(
                        outputGradient: gradient.rows(rows),
                        input: input.rows(rows),
                        to: &stepwise
                    )
                    addBiasGradient(outputGradient: gradient.rows(rows), to: &biasStepwise)
                }
            }
        }
        #expect(sameBits(whole, stepwise))
        #expect(sameBits(bias, biasStepwise))
    }
}
