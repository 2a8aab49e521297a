extension Generator {
    /// Integers from a range, as `torch.randint` and `random_(from, to)`: one word each, two for 2²⁸ values and more.
    ///
    /// As in PyTorch the remainder is taken, so that small numbers are a little likelier in very wide ranges.
    ///
    /// - Precondition: the range is not empty.
    /// - Returns: `count` numbers.
    @export(interface)
    public func integers(
        _ count: Int,
        in range: Range<Int>,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Int] {
        require(
            !range.isEmpty,
            "integers: the range \(range.lowerBound)..<\(range.upperBound) is empty, so there is nothing to draw.",
            file: file,
            line: line
        )
        requireCount(count, of: "integers", file: file, line: line)
        let values =
            UInt64(bitPattern: Int64(range.upperBound)) &- UInt64(bitPattern: Int64(range.lowerBound))
        return (0..<count).map { _ in
            let bits = values < 1 << 28 ? UInt64(nextWord()) : next()
            return range.lowerBound &+ Int(truncatingIfNeeded: bits % values)
        }
    }

    /// The numbers 0 ..< count in random order, as `torch.randperm`: one word for each but the last.
    @export(interface)
    public func permutation(
        _ count: Int,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> [Int] {
        requireCount(count, of: "permutation", file: file, line: line)
        var numbers = Array(0..<count)
        for index in stride(from: 0, to: count - 1, by: 1) {
            let other = index + Int(UInt64(nextWord()) % UInt64(count - index))
            numbers.swapAt(index, other)
        }
        return numbers
    }
}
