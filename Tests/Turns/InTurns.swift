internal import Foundation
internal import Synchronization
package import Testing

/// Tests that keep a processor busy, or start processes that do, go on as many at a time as there are processors.
///
/// All tests begin at once. Where each of hundreds has a hundredth of a processor, what takes a second takes minutes, and
/// limits of time that are generous for one lesson stop it in the middle.
package struct InTurns: TestTrait, SuiteTrait, TestScoping {
    /// Each test of a suite waits for its own turn.
    package let isRecursive = true

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing body: @Sendable () async throws -> Void
    ) async throws {
        await Turns.shared.take()
        defer { Turns.shared.giveBack() }
        try await body()
    }
}

extension Trait where Self == InTurns {
    /// The test, or each of the suite, waits until a processor is free.
    package static var inTurns: Self { Self() }
}

/// Who may go on, and who waits, first come first served.
private final class Turns: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    static let shared = Turns(count: max(2, ProcessInfo.processInfo.activeProcessorCount))

    private let state: Mutex<State>

    private init(count: Int) {
        state = Mutex(State(free: count))
    }

    /// Waits for a turn.
    func take() async {
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
    func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
