internal import Records
internal import Recurrent

#if canImport(Glibc)
    internal import Glibc
    internal import Synchronization
#elseif canImport(Darwin)
    internal import Darwin
    internal import Synchronization
#endif

/// Returns what a body returns for each point of a grid, in the order of the grid.
///
///     let losses = runs("map", over: rates.flatMap { rate in (0..<3).map { (rate, seed: $0) } }) { rate, seed in
///         manualSeed(seed)
///         return train(rate: rate).last!
///     }
///
/// The runs go on side by side, in as many threads as there are processors; in a page one after another. Nothing depends on
/// which: a run changes nothing that it did not make, seeds what it draws, and shows nothing. The lesson's record holds each
/// point with its result as it prints, or a digest of that where it is long, so that a check names the runs that moved.
///
/// - Parameters:
///   - name: The name of the runs, for the record and for the sentences about what goes wrong.
///   - grid: The points.
///   - file: The caller's file.
///   - line: The caller's line.
///   - body: A run.
/// - Returns: The results, one for each point.
public func runs<Point, Result>(
    _ name: String,
    over grid: [Point],
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: @Sendable (Point) -> Result
) -> [Result] {
    runs(name, over: grid, threads: processorCount, file: file, line: line, body)
}

/// The same in a number of threads.
package func runs<Point, Result>(
    _ name: String,
    over grid: [Point],
    threads: Int,
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: @Sendable (Point) -> Result
) -> [Result] {
    let session = Session.current
    let (isRecording, isKept) = (Tape.isRecording, session.keepsRuns)
    var results = [Result?](repeating: nil, count: grid.count)
    var texts = [String](repeating: "", count: isKept ? grid.count : 0)
    let shown = session.collecting {
        session.within(.runs(file: file, line: line)) {
            results.withUnsafeMutableBufferPointer { results in
                texts.withUnsafeMutableBufferPointer { texts in
                    sideBySide(grid.count, threads: threads) { index in
                        Generator.withoutSeed("run \(index + 1) of \"\(name)\"", file: file, line: line) {
                            let result =
                                isRecording ? body(grid[index]) : withoutGradients { body(grid[index]) }
                            results[index] = result
                            if isKept { texts[index] = RunsRecord.kept(of: text(of: result)) }
                        }
                        session.note(progress: index + 1, of: grid.count)
                    }
                }
            }
        }
    }
    Recurrent.require(
        shown.isEmpty,
        "runs(\"\(name)\") cannot print anything; return what was found, and print it after them",
        file: file,
        line: line
    )
    if isKept {
        let points = grid.map { RunsRecord.kept(of: text(of: $0)) }
        session.send(.runs(RunsRecord(name: name, points: points, results: texts)))
    }
    return results.compactMap { $0 }
}

#if canImport(Glibc) || canImport(Darwin)
    /// The number of processors of this machine.
    private var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Returns a value as it prints.
    private func text(of value: some Any) -> String { String(describing: value) }

    /// Calls a body for 0 ..< count in several threads, each call in one of them.
    private func sideBySide(_ count: Int, threads: Int, _ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            let queue = RunQueue(count: count, body)
            let helpers = (1..<max(1, min(threads, count))).compactMap { _ in queue.startHelper() }
            queue.workOff()
            for helper in helpers { pthread_join(helper, nil) }
            queue.body = nil
        }
    }

    /// Runs of which each thread takes the next that nobody has taken.
    private final class RunQueue: @unchecked Sendable {
        private let count: Int
        private let next = Atomic(0)
        /// A run; nil once all are done.
        var body: ((Int) -> Void)?

        init(count: Int, _ body: @escaping (Int) -> Void) {
            self.count = count
            self.body = body
        }

        func workOff() {
            while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < count {
                body?(index)
            }
        }

        /// Starts a thread that helps; `nil` where the system gives none.
        func startHelper() -> pthread_t? {
            // As much stack as the first thread has, which some systems give no other.
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            defer { pthread_attr_destroy(&attributes) }
            pthread_attr_setstacksize(&attributes, 8 << 20)
            let queue = Unmanaged.passRetained(self)
            #if canImport(Darwin)
                var thread: pthread_t?
                let status = pthread_create(&thread, &attributes, { RunQueue.help($0) }, queue.toOpaque())
            #else
                var thread = pthread_t()
                let status = pthread_create(&thread, &attributes, { RunQueue.help($0) }, queue.toOpaque())
            #endif
            guard status == 0 else {
                queue.release()
                return nil
            }
            return thread
        }

        private static func help(_ queue: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            if let queue { Unmanaged<RunQueue>.fromOpaque(queue).takeRetainedValue().workOff() }
            return nil
        }
    }
#else
    /// One: here are no threads.
    private let processorCount = 1

    /// Returns nothing: here no record holds runs, and few values have a text.
    private func text<Value>(of value: Value) -> String { "" }

    /// Calls a body for 0 ..< count, one after another.
    private func sideBySide(_ count: Int, threads: Int, _ body: (Int) -> Void) {
        for index in 0..<count { body(index) }
    }
#endif
