/// Rows of two matrices, anywhere in memory, in the order in which their outer products are summed up.
///
/// The gradient of a weight is such a sum, over rows of the output's gradient and of the input. Rows fall into groups.
/// The products of a group make a chain of fused multiply-adds that starts from zero, and the chain's sum is then
/// added to what stands in the gradient:
///
///     for group in groups {
///         var sum = 0
///         for k in group { sum = fma(left(k, i), right(k, j), sum) }
///         gradient(i, j) += sum
///     }
///
/// So the rounding errors of thousands of rows do not pile up in one chain.
package struct RowPairs {
    /// The rows on the left.
    package let left: UnsafePointer<UnsafePointer<Float>>
    /// The rows on the right; nothing where sums of the left rows alone are wanted.
    package let right: UnsafePointer<UnsafePointer<Float>>
    /// The end of each group; it starts where the one before ends.
    package let ends: UnsafePointer<Int>
    package let groupCount: Int

    @inlinable package init(
        left: UnsafePointer<UnsafePointer<Float>>,
        right: UnsafePointer<UnsafePointer<Float>>,
        ends: UnsafePointer<Int>,
        groupCount: Int
    ) {
        self.left = left
        self.right = right
        self.ends = ends
        self.groupCount = groupCount
    }

    /// The most rows that a group has: a chain of this length is short enough, and packed it fits the nearest cache.
    @inlinable package static var largestGroup: Int { 128 }

    /// The number of rows.
    @inlinable package var count: Int { groupCount == 0 ? 0 : ends[groupCount - 1] }

    /// The rows of a group.
    @inlinable package func group(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    /// The groups from `first` on whose rows are no more than `limit` together; at least one.
    @inlinable package func groups(from first: Int, holding limit: Int) -> Range<Int> {
        let start = group(first).lowerBound
        var last = first + 1
        while last < groupCount, ends[last] - start <= limit { last += 1 }
        return first..<last
    }
}
