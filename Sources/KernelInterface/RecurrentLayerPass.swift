/// A kind of recurrent layer, by its formula for a time step.
package enum RecurrentKind: Sendable {
    /// h' = tanh(b + a).
    case tanh
    /// h' = max(b + a, 0).
    case relu
    /// Gates i, f, g, o: c' = σ(f) c + σ(i) tanh(g), h' = σ(o) tanh(c').
    case lstm
    /// Gates r, z, n: n = tanh(a_n + r b_n), h' = (h - n) z + n.
    case gru

    /// The number of blocks of `hidden` rows in the weights.
    @inlinable package var gateCount: Int {
        switch self {
        case .tanh, .relu: 1
        case .lstm: 4
        case .gru: 3
        }
    }

    /// The number of blocks of `hidden` numbers saved for each row until the backward pass.
    ///
    /// LSTM: i, f, g, o, c', tanh(c'), gates after their activation. GRU: r, z, n, b_n. The others
    /// need only their output.
    @inlinable package var savedBlocks: Int {
        switch self {
        case .tanh, .relu: 0
        case .lstm: 6
        case .gru: 4
        }
    }

    /// The number of blocks of `hidden` numbers in the gradient of a row's a and b.
    @inlinable package var gradientBlocks: Int { self == .gru ? 4 : gateCount }
}

/// One recurrent layer in one direction over whole sequences: sizes, weights and numbers in memory.
///
/// With a = W_ih x + b_ih and b = W_hh h + b_hh, each sum a chain of fused multiply-adds that starts
/// from its bias. All matrices are row-major; rows of x, y and what is saved are numbered by `rows`.
package struct RecurrentLayerPass {
    package let kind: RecurrentKind
    package let inputSize: Int
    package let hiddenSize: Int
    package let rows: SequenceRows
    /// Whether the steps are taken from the last to the first.
    package let isReversed: Bool

    /// W_ih [gates · hidden, input].
    package let inputWeight: UnsafePointer<Float>
    /// W_hh [gates · hidden, hidden].
    package let hiddenWeight: UnsafePointer<Float>
    /// b_ih [gates · hidden].
    package let inputBias: UnsafePointer<Float>?
    /// b_hh [gates · hidden].
    package let hiddenBias: UnsafePointer<Float>?

    /// x [rows, input].
    package let input: UnsafePointer<Float>
    /// h₀ [sequences, hidden].
    package let initialHidden: UnsafePointer<Float>
    /// c₀ [sequences, hidden]; LSTM only.
    package let initialCell: UnsafePointer<Float>?

    /// y [rows, hidden], whose rows stand `outputStride` apart.
    package let output: UnsafeMutablePointer<Float>
    package let outputStride: Int
    /// [rows, `kind.savedBlocks` · hidden], from the forward to the backward pass; `savedRows` tells in which order.
    package let saved: UnsafeMutablePointer<Float>?

    @inlinable package init(
        kind: RecurrentKind,
        inputSize: Int,
        hiddenSize: Int,
        rows: SequenceRows,
        isReversed: Bool,
        inputWeight: UnsafePointer<Float>,
        hiddenWeight: UnsafePointer<Float>,
        inputBias: UnsafePointer<Float>?,
        hiddenBias: UnsafePointer<Float>?,
        input: UnsafePointer<Float>,
        initialHidden: UnsafePointer<Float>,
        initialCell: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>,
        outputStride: Int,
        saved: UnsafeMutablePointer<Float>?
    ) {
        self.kind = kind
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        self.rows = rows
        self.isReversed = isReversed
        self.inputWeight = inputWeight
        self.hiddenWeight = hiddenWeight
        self.inputBias = inputBias
        self.hiddenBias = hiddenBias
        self.input = input
        self.initialHidden = initialHidden
        self.initialCell = initialCell
        self.output = output
        self.outputStride = outputStride
        self.saved = saved
    }

    /// The rows of W_ih and W_hh.
    @inlinable package var gateWidth: Int { kind.gateCount * hiddenSize }
    /// The number of values saved for a row.
    @inlinable package var savedWidth: Int { kind.savedBlocks * hiddenSize }
    /// The number of values in the gradient of a row's a and b.
    @inlinable package var gradientWidth: Int { kind.gradientBlocks * hiddenSize }

    /// Whether a is made inside the time loop, step by step, where it stays in the nearest cache. For few sequences
    /// one product of all steps at once is faster, and for not many where the weights are too large for that cache.
    @inlinable package var projectsStepwise: Bool {
        rows.sequenceCount >= (gateWidth * inputSize <= 1 << 16 ? 4 : 32)
    }

    /// Whether the gradients of weights, biases and inputs are added up inside the time loop, where a step's numbers
    /// still are in the nearest caches, and not from those of all steps. For weights that fit there as well.
    ///
    /// Then steps must be taken in the order in which the gradients collect them, and groups of rows hold the same
    /// sequences at each step.
    @inlinable package var accumulatesStepwise: Bool {
        !isReversed && gateWidth * (inputSize + hiddenSize) <= 1 << 15
            && (rows.haveOneLength || groupCount == 1)
    }

    /// The number of groups of rows in a step with all sequences.
    @inlinable package var groupCount: Int {
        (rows.sequenceCount + RowPairs.largestGroup - 1) / RowPairs.largestGroup
    }

    /// The step that is taken at a position in the order.
    @inlinable package func step(at place: Int) -> Int { isReversed ? rows.stepCount - 1 - place : place }
}

extension RecurrentLayerPass {
    /// The sequences among `running` whose state comes from the step before; the others begin.
    @inlinable package func carried(at place: Int, among running: Range<Int>) -> Range<Int> {
        let count = place == 0 ? 0 : rows.count(at: step(at: place - 1))
        return running.clamped(to: running.lowerBound..<max(running.lowerBound, count))
    }

    /// The numbers saved of a sequence's step for the backward pass, and the distance to the next sequence's.
    ///
    /// The rows of a step stand together, or where a was put there for all steps at once, in the order of x. Where
    /// nothing is kept, a stands in y.
    @inlinable package func savedRows(
        _ step: Int,
        _ sequence: Int
    ) -> (first: UnsafeMutablePointer<Float>, stride: Int) {
        guard let saved else {
            return (output + rows.row(step, sequence) * outputStride, rows.sequenceStride * outputStride)
        }
        return projectsStepwise
            ? (saved + rows.orderedRow(step, sequence) * savedWidth, savedWidth)
            : (saved + rows.row(step, sequence) * savedWidth, rows.sequenceStride * savedWidth)
    }

    /// The states before a step of sequences that all come from another step, or all begin; `cell` points anywhere
    /// where there are no cells.
    @inlinable package func previousRows(_ place: Int, _ range: Range<Int>) -> PreviousRows {
        let first = range.lowerBound
        guard place > 0, first < rows.count(at: step(at: place - 1)) else {
            let offset = first * hiddenSize
            return PreviousRows(
                hidden: initialHidden + offset,
                hiddenStride: hiddenSize,
                cell: (initialCell ?? initialHidden) + offset,
                cellStride: hiddenSize
            )
        }
        let row = rows.row(step(at: place - 1), first)
        let saved = savedRows(step(at: place - 1), first)
        return PreviousRows(
            hidden: UnsafePointer(output) + row * outputStride,
            hiddenStride: rows.sequenceStride * outputStride,
            cell: UnsafePointer(saved.first) + (kind == .lstm ? 4 * hiddenSize : 0),
            cellStride: saved.stride
        )
    }

    /// Calls `body` with the blocks of the gradient of a: rows of W_ih, and the first of their columns among the
    /// gradients of a and b.
    @inlinable @inline(__always)
    package func forEachInputBlock(_ body: (_ gates: Range<Int>, _ column: Int) -> Void) {
        guard case .gru = kind else { return body(0..<gateWidth, 0) }
        // The gradients of a_n and b_n differ.
        body(0..<2 * hiddenSize, 0)
        body(2 * hiddenSize..<gateWidth, 3 * hiddenSize)
    }
}

/// The states of some sequences before a step.
package struct PreviousRows {
    /// h of the first sequence, and the distance to the next one's.
    package let hidden: UnsafePointer<Float>
    package let hiddenStride: Int
    /// c likewise.
    package let cell: UnsafePointer<Float>
    package let cellStride: Int

    @usableFromInline init(
        hidden: UnsafePointer<Float>,
        hiddenStride: Int,
        cell: UnsafePointer<Float>,
        cellStride: Int
    ) {
        self.hidden = hidden
        self.hiddenStride = hiddenStride
        self.cell = cell
        self.cellStride = cellStride
    }
}

/// The gradients that a recurrent layer's backward pass starts from and those that it makes.
package struct RecurrentGradients {
    /// ∂L/∂y [rows, hidden], whose rows stand `outputStride` of the pass apart.
    package var output: UnsafePointer<Float>?
    /// ∂L/∂h of the final states [sequences, hidden].
    package var finalHidden: UnsafePointer<Float>?
    /// ∂L/∂c of the final states [sequences, hidden].
    package var finalCell: UnsafePointer<Float>?

    /// ∂L/∂x [rows, input].
    package var input: UnsafeMutablePointer<Float>?
    /// ∂L/∂h₀ and ∂L/∂c₀ [sequences, hidden].
    package var initialHidden: UnsafeMutablePointer<Float>?
    package var initialCell: UnsafeMutablePointer<Float>?
    /// The gradients of weights and biases.
    package var inputWeight: UnsafeMutablePointer<Float>?
    package var hiddenWeight: UnsafeMutablePointer<Float>?
    package var inputBias: UnsafeMutablePointer<Float>?
    package var hiddenBias: UnsafeMutablePointer<Float>?
    /// The distance from the sums of one group of rows in these last four to those of the next, step by step and
    /// within a step from the last group to the first; 0 where all add to one place.
    package var groupStride = 0

    @inlinable package init() {}
}
