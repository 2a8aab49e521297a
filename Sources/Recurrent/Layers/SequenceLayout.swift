internal import KernelInterface

/// The order of time steps and sequences in the rows of a matrix.
enum SequenceLayout {
    /// Time-major: all sequences' first step, then their second, …
    case timeMajor(steps: Int, sequences: Int)
    /// Batch-major: all steps of the first sequence, then of the second, …
    case batchMajor(steps: Int, sequences: Int)
    /// Packed: time-major without the rows of sequences that have ended; the first row of each step, and the end.
    case packed(starts: [Int])

    /// The layout of a packed sequence.
    init(batchSizes: [Int]) {
        self = .packed(starts: batchSizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) })
    }

    /// The number of sequences that are running at each step.
    var batchSizes: [Int] {
        switch self {
        case .timeMajor(let steps, let sequences), .batchMajor(let steps, let sequences):
            [Int](repeating: sequences, count: steps)
        case .packed(let starts): zip(starts.dropFirst(), starts).map { $0 - $1 }
        }
    }

    /// The number of time steps of the longest sequence.
    var stepCount: Int {
        switch self {
        case .timeMajor(let steps, _), .batchMajor(let steps, _): steps
        case .packed(let starts): starts.count - 1
        }
    }

    /// The number of sequences.
    var sequenceCount: Int {
        switch self {
        case .timeMajor(_, let sequences), .batchMajor(_, let sequences): sequences
        case .packed(let starts): starts[1]
        }
    }

    /// The layout as the kernels want it, valid within `body`.
    func withRows(_ body: (SequenceRows) -> Void) {
        switch self {
        case .timeMajor(let steps, let sequences): body(.timeMajor(steps: steps, sequences: sequences))
        case .batchMajor(let steps, let sequences): body(.batchMajor(steps: steps, sequences: sequences))
        case .packed(let starts):
            starts.withUnsafeBufferPointer { body(.packed(steps: $0.count - 1, starts: $0.baseAddress!)) }
        }
    }
}
