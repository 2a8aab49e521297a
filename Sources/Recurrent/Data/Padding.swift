/// Sequences of several lengths side by side, filled up at their ends.
///
/// - Shape: n tensors [time, ...] of several lengths → [longest, n, ...], or [n, longest, ...] if `batchFirst`
/// - Parameters:
///   - sequences: At least one; all axes but the first must agree.
///   - batchFirst: Whether the batch is axis 0 of the result.
///   - paddingValue: The number that fills the positions past the ends.
/// - Returns: The tensor, and the lengths, as `packed(_:lengths:)` wants them.
///
/// Source: PyTorch's `pad_sequence`.
@export(interface)
public func padded(
    _ sequences: [Tensor],
    batchFirst: Bool = false,
    paddingValue: Float = 0,
    file: StaticString = #filePath,
    line: UInt = #line
) -> (sequences: Tensor, lengths: [Int]) {
    let feature = sequences.first.map { Array($0.shape.dropFirst()) } ?? []
    for (index, sequence) in sequences.enumerated() {
        require(
            sequence.rank >= 1 && Array(sequence.shape.dropFirst()) == feature,
            "padded: sequence 0 has shape \(Shape.text(sequences[0].shape)), sequence \(index) "
                + "\(Shape.text(sequence.shape)); only their lengths, axis 0, may differ.",
            file: file,
            line: line
        )
    }
    require(!sequences.isEmpty, "padded: there are no sequences.", file: file, line: line)
    let lengths = sequences.map { $0.shape[0] }
    let longest = lengths.max() ?? 0
    let filled = sequences.map { sequence in
        let missing = longest - sequence.shape[0]
        return missing == 0
            ? sequence : concatenated([sequence, Tensor.full([missing] + feature, paddingValue)], axis: 0)
    }
    let batch = stacked(filled)
    return (batchFirst ? batch : batch.transposed(0, 1), lengths)
}

/// Lists of numbers of several lengths, filled up at their ends to the longest.
///
///     let (sentences, lengths) = padded([[5, 2, 7], [3]], with: 0)       // [[5, 2, 7], [3, 0, 0]]
@export(interface)
public func padded(_ sequences: [[Int]], with filler: Int = 0) -> (sequences: [[Int]], lengths: [Int]) {
    let longest = sequences.map { $0.count }.max() ?? 0
    let filled = sequences.map { $0 + [Int](repeating: filler, count: longest - $0.count) }
    return (filled, sequences.map { $0.count })
}
