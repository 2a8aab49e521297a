package import KernelInterface

extension RecurrentLayerPass {
    /// Runs the layer over whole sequences: writes y, what the backward pass needs, and final states.
    ///
    /// The loop over the steps allocates nothing. Step by step the same numbers come out, bit for bit,
    /// if a = W_ih x + b_ih and b = W_hh h + b_hh are made with `multiply(_:_:into:)` starting from
    /// the bias, and everything else with sums and products that are rounded one by one, in the order
    /// of the formulas at `RecurrentKind`.
    ///
    /// - Parameters:
    ///   - finalHidden: [sequences, hidden], the state after each sequence's last step in this direction.
    ///   - finalCell: The same for c; LSTM only.
    @export(interface)
    package func runForward(
        finalHidden: UnsafeMutablePointer<Float>,
        finalCell: UnsafeMutablePointer<Float>?
    ) {
        if !projectsStepwise { projectInput() }
        withScratch(count: chosenKernels.packedForwardCount(of: self)) { packed in
            chosenKernels.packForward(of: self, into: packed)
            share(rows.sequenceCount, grain: 8, work: recurrentWork) {
                chosenKernels.runSteps(
                    of: self,
                    sequences: $0,
                    packed: packed,
                    finalHidden: finalHidden,
                    finalCell: finalCell
                )
            }
        }
    }

    /// Makes a for all steps at once, and puts it where the time loop looks for it.
    private func projectInput() {
        let (target, stride) = saved.map { ($0, savedWidth) } ?? (output, outputStride)
        multiply(
            Matrix(input, rows: rows.rowCount, columns: inputSize),
            Matrix(inputWeight, rows: gateWidth, columns: inputSize).transposed,
            into: .startingFrom(row: inputBias, target, rowStride: stride)
        )
    }
}

/// Calls `body` with uninitialized room for `count` numbers, aligned to a cache line.
func withScratch(count: Int, body: (UnsafeMutablePointer<Float>) -> Void) {
    let room = MemoryPool.take(byteCount: count * 4)
    defer { MemoryPool.give(room, byteCount: count * 4) }
    body(room.bindMemory(to: Float.self, capacity: count))
}
