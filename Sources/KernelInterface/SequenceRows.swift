/// The row of a matrix in which each time step of each sequence stands.
///
/// Time-major, batch-major, or packed: time-major without the rows of sequences that have ended, the
/// longest sequence first.
package struct SequenceRows {
    /// The number of time steps of the longest sequence.
    package let stepCount: Int
    /// The number of sequences.
    package let sequenceCount: Int
    /// The distance in rows from one sequence to the next.
    package let sequenceStride: Int
    @usableFromInline let stepStride: Int
    @usableFromInline let packedStarts: UnsafePointer<Int>?

    @usableFromInline init(
        _ steps: Int,
        _ sequences: Int,
        _ sequenceStride: Int,
        _ stepStride: Int,
        _ starts: UnsafePointer<Int>?
    ) {
        stepCount = steps
        sequenceCount = sequences
        self.sequenceStride = sequenceStride
        self.stepStride = stepStride
        packedStarts = starts
    }

    /// Rows in time order: all sequences of one step, then those of the next.
    @inlinable package static func timeMajor(steps: Int, sequences: Int) -> SequenceRows {
        SequenceRows(steps, sequences, 1, sequences, nil)
    }

    /// Rows in batch order: all steps of one sequence, then those of the next.
    @inlinable package static func batchMajor(steps: Int, sequences: Int) -> SequenceRows {
        SequenceRows(steps, sequences, steps, 1, nil)
    }

    /// Step t has the rows `starts[t] ..< starts[t + 1]`; no step has more than the one before.
    ///
    /// - Parameter starts: `steps + 1` numbers that outlive the value.
    @inlinable package static func packed(steps: Int, starts: UnsafePointer<Int>) -> SequenceRows {
        SequenceRows(steps, starts[1] - starts[0], 1, 0, starts)
    }

    /// The number of rows.
    @inlinable package var rowCount: Int {
        packedStarts.map { $0[stepCount] } ?? stepCount * sequenceCount
    }

    /// Whether all rows of a step stand before those of the next, without gaps.
    @inlinable package var areInTimeOrder: Bool {
        sequenceStride == 1 && (packedStarts != nil || stepStride == sequenceCount)
    }

    /// Whether all sequences have all steps.
    @inlinable package var haveOneLength: Bool { packedStarts == nil }

    /// The number of sequences that have the step: the first ones.
    @inlinable package func count(at step: Int) -> Int {
        packedStarts.map { $0[step + 1] - $0[step] } ?? sequenceCount
    }

    /// The row of a step of a sequence.
    @inlinable package func row(_ step: Int, _ sequence: Int) -> Int {
        (packedStarts.map { $0[step] } ?? step * stepStride) + sequence * sequenceStride
    }

    /// The row that a step of a sequence would have if all rows of a step stood before those of the next: where the
    /// backward pass puts what it works with.
    @inlinable package func orderedRow(_ step: Int, _ sequence: Int) -> Int {
        (packedStarts.map { $0[step] } ?? step * sequenceCount) + sequence
    }
}
