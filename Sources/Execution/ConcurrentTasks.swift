extension Array where Element: Sendable {
    /// Returns what a function makes of the elements, in their order, some of which are under way at a time. When the task is
    /// cancelled, those that wait are left out.
    ///
    /// - Parameters:
    ///   - jobs: The number under way at a time.
    ///   - transform: The function.
    package func concurrentlyMapped<Result: Sendable>(
        jobs: Int,
        _ transform: @Sendable @escaping (Element) async -> Result
    ) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: count)
            var waiting = indices[...]
            func startNext() {
                guard !Task.isCancelled, let index = waiting.popFirst() else { return }
                group.addTask { (index, await transform(self[index])) }
            }
            for _ in 0..<Swift.max(1, jobs) { startNext() }
            for await (index, result) in group {
                results[index] = result
                startNext()
            }
            return results.compactMap(\.self)
        }
    }
}
