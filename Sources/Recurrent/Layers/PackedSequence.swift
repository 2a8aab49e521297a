/// Sequences of several lengths, without padding: step after step, the rows of those sequences that are still running.
///
/// Sequences are kept from the longest to the shortest, so that those running are always the first ones. Of lengths
/// 2, 1, 3 the rows are `a₀ b₀ c₀ …` in the order of the sequences 2, 0, 1.
///
///     let packed = packed(x, lengths: [2, 1, 3], batchFirst: true)
///     let (output, state) = lstm(packed)
///     let (padded, lengths) = output.padded(batchFirst: true)
///
/// Source: PyTorch's `PackedSequence`.
public struct PackedSequence {
    /// The rows [sum of lengths, feature].
    public let data: Tensor
    /// The number of sequences that are running at each step; never increasing.
    public let batchSizes: [Int]
    /// The caller's indices of the sequences, from the longest to the shortest.
    public let sortedIndices: [Int]
    /// The position of each of the caller's sequences in that order.
    public let unsortedIndices: [Int]

    /// The same sequences with other rows.
    func replacing(data: Tensor) -> PackedSequence {
        PackedSequence(
            data: data,
            batchSizes: batchSizes,
            sortedIndices: sortedIndices,
            unsortedIndices: unsortedIndices
        )
    }

    /// The lengths of the caller's sequences, in the caller's order.
    public var lengths: [Int] {
        unsortedIndices.map { place in batchSizes.count { $0 > place } }
    }

    /// The first row of each step.
    var offsets: [Int] {
        var sum = 0
        return batchSizes.map { size in
            defer { sum += size }
            return sum
        }
    }

    /// The sequences side by side again, in the caller's order, filled up at their ends.
    ///
    /// - Parameters:
    ///   - batchFirst: Whether the batch is axis 0 of the result.
    ///   - paddingValue: The number that fills the positions past the ends.
    ///   - totalLength: The number of steps of the result; by default the longest sequence's.
    /// - Returns: [time, batch, feature], or [batch, time, feature]; and the lengths.
    @export(interface)
    public func padded(
        batchFirst: Bool = false,
        paddingValue: Float = 0,
        totalLength: Int? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> (sequences: Tensor, lengths: [Int]) {
        let time = totalLength ?? batchSizes.count
        require(
            time >= batchSizes.count,
            "padded: a total length of \(time) is less than the longest sequence, which has "
                + "\(batchSizes.count) steps.",
            file: file,
            line: line
        )
        let batch = unsortedIndices.count
        let feature = Array(data.shape.dropFirst())
        let shape = (batchFirst ? [batch, time] : [time, batch]) + feature
        _ = Shape.count(shape, of: "padded", file: file, line: line)
        let offsets = offsets
        // The row past the last one holds the padding.
        let padding = Tensor.full([1] + feature, paddingValue)
        let rows = concatenated([data, padding], axis: 0)
        var places: [Int] = []
        for outer in 0..<(batchFirst ? batch : time) {
            for inner in 0..<(batchFirst ? time : batch) {
                let (step, sequence) = batchFirst ? (inner, outer) : (outer, inner)
                let place = unsortedIndices[sequence]
                let isRunning = step < batchSizes.count && place < batchSizes[step]
                places.append(isRunning ? offsets[step] + place : data.shape[0])
            }
        }
        return (rows.gatheringRows(places).reshaped(shape), lengths)
    }
}

/// Packs padded sequences, leaving out what lies past their ends.
///
/// - Parameters:
///   - sequences: [time, batch, feature], or [batch, time, feature] if `batchFirst`.
///   - lengths: The number of steps of each sequence that count, each from 1 to the number of steps.
///   - batchFirst: Whether the batch is axis 0.
///   - enforceSorted: Whether lengths out of order, longest first, are an error.
@export(interface)
public func packed(
    _ sequences: Tensor,
    lengths: [Int],
    batchFirst: Bool = false,
    enforceSorted: Bool = false,
    file: StaticString = #filePath,
    line: UInt = #line
) -> PackedSequence {
    require(
        sequences.rank >= 2,
        "packed: expected sequences side by side, [time, batch, ...], not a tensor of shape "
            + "\(Shape.text(sequences.shape)).",
        file: file,
        line: line
    )
    let (batch, time) = (sequences.shape[batchFirst ? 0 : 1], sequences.shape[batchFirst ? 1 : 0])
    let axes = batchFirst ? "[batch \(batch), time \(time), ...]" : "[time \(time), batch \(batch), ...]"
    require(
        lengths.count == batch,
        "packed: there are \(lengths.count) lengths for \(batch) sequences, \(axes). "
            + "Is batchFirst: \(!batchFirst) meant?",
        file: file,
        line: line
    )
    require(
        batch > 0,
        "packed: there are no sequences to pack, \(axes). Leave such a batch out.",
        file: file,
        line: line
    )
    for length in lengths {
        require(
            length >= 1 && length <= time,
            "packed: a length of \(length) for sequences of \(time) steps, \(axes); each must be from 1 to \(time).",
            file: file,
            line: line
        )
    }
    // The longest first; sequences of one length keep their order.
    let order = lengths.indices.sorted { lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1 }
    require(
        !enforceSorted || zip(lengths, lengths.dropFirst()).allSatisfy { $0 >= $1 },
        "packed: the lengths \(lengths) are not sorted, longest first. Sort the sequences, or pass "
            + "enforceSorted: false.",
        file: file,
        line: line
    )
    var unsorted = order
    for (place, sequence) in order.enumerated() { unsorted[sequence] = place }
    let batchSizes = (0..<(lengths.max() ?? 0)).map { step in lengths.count { $0 > step } }
    let places = batchSizes.enumerated().flatMap { step, size in
        order[..<size].map { batchFirst ? $0 * time + step : step * batch + $0 }
    }
    let feature = Array(sequences.shape.dropFirst(2))
    return PackedSequence(
        data: sequences.reshaped([time * batch] + feature).gatheringRows(places),
        batchSizes: batchSizes,
        sortedIndices: order,
        unsortedIndices: unsorted
    )
}

/// Packs sequences of several lengths.
///
/// - Shape: n tensors [time, ...] of several lengths → the rows [sum of lengths, ...]
/// - Parameters:
///   - sequences: At least one, none of them empty; all axes but the first must agree.
///   - enforceSorted: Whether lengths out of order, longest first, are an error.
///
/// Source: PyTorch's `pack_sequence`.
@export(interface)
public func packed(
    _ sequences: [Tensor],
    enforceSorted: Bool = false,
    file: StaticString = #filePath,
    line: UInt = #line
) -> PackedSequence {
    let (batch, lengths) = padded(sequences, file: file, line: line)
    return packed(batch, lengths: lengths, enforceSorted: enforceSorted, file: file, line: line)
}
