internal import Foundation
internal import Synchronization
package import Testing

/// Suites that keep a processor busy, or start processes that do, run as many at a time as there are processors.
///
/// All tests begin at once. Where each of hundreds has a hundredth of a processor, what takes a second takes minutes, and
/// limits of time that are generous for one lesson stop it in the middle.
///
/// The tests of a suite in its turn run one after another, so the time of each is its own; the slowest are printed when
/// the process ends.
package struct InTurns: TestTrait, SuiteTrait, TestScoping {
    /// Each test of a suite is timed, in the turn of the suite.
    package let isRecursive = true

    /// Whether the test, or a suite around it, has its turn.
    @TaskLocal private static var hasTurn = false

    package func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
        testCase == nil ? self : nil
    }

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing body: @Sendable () async throws -> Void
    ) async throws {
        if InTurns.hasTurn {
            let start = ContinuousClock.now
            defer { if !test.isSuite { TurnQueue.shared.note(test, .now - start) } }
            try await body()
        } else {
            await TurnQueue.shared.wait()
            defer { TurnQueue.shared.end() }
            try await InTurns.$hasTurn.withValue(true) {
                let serialized = ParallelizationTrait.serialized
                try await serialized.provideScope(for: test, testCase: testCase) {
                    try await provideScope(for: test, testCase: testCase, performing: body)
                }
            }
        }
    }
}

extension Trait where Self == InTurns {
    /// The suite, or the test, waits until a processor is free.
    package static var inTurns: Self { Self() }
}

/// The suites that have a turn or wait for one, first come first served.
private final class TurnQueue: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
        var times: [(test: Test, time: Duration)] = []
    }

    static let shared = TurnQueue(count: max(2, ProcessInfo.processInfo.activeProcessorCount))

    private let state: Mutex<State>

    private init(count: Int) {
        state = Mutex(State(free: count))
        atexit { TurnQueue.shared.printSlowest() }
    }

    /// Waits for a turn.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    /// Hands a turn to whoever has waited longest.
    func end() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }

    /// Notes the time of a test, all its cases together.
    func note(_ test: Test, _ time: Duration) {
        state.withLock { $0.times.append((test, time)) }
    }

    /// Prints the ten slowest tests, leaving out those of less than a second.
    private func printSlowest() {
        let slowest = state.withLock { $0.times.filter { $0.time > .seconds(1) } }
            .sorted { $0.time > $1.time }.prefix(10)
        guard !slowest.isEmpty else { return }
        let lines = slowest.map { test, time in
            let seconds = String(format: "%6.1f", time / .seconds(1))
            let place = "\(test.sourceLocation.fileID):\(test.sourceLocation.line)"
            return "\(seconds) s  \(place)  \(test.displayName ?? test.name)\n"
        }
        let list = "Slowest tests:\n\(lines.joined())"
        try? FileHandle.standardError.write(contentsOf: Data(list.utf8))
    }
}
