internal import Synchronization

/// The time that may be lost with a store: what brings nothing is lost, as far as it took longer than a good store takes.
final class Patience: Sendable {
    private struct State {
        var rest: Duration
        var isEnded = false
    }

    private let state: Mutex<State>

    /// The time that a good store may take for an answer.
    private static let allowance: Duration = .milliseconds(50)

    /// A store was left alone before.
    struct Ended: Error {}

    init(_ limit: Duration) {
        state = Mutex(State(rest: limit))
    }

    /// Ends it; false if it had ended.
    func end() -> Bool {
        state.withLock { state in
            defer { state.isEnded = true }
            return !state.isEnded
        }
    }

    /// Waits for work, but not longer than there is time.
    ///
    /// - Parameter isUseful: Whether what came of it was worth the time.
    func spend<Value: Sendable>(
        isUseful: (Value) -> Bool,
        _ work: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        let (rest, isEnded) = state.withLock { ($0.rest, $0.isEnded) }
        guard !isEnded else { throw Ended() }
        let start = ContinuousClock.now
        let value = try await Patience.within(rest + Patience.allowance, work)
        let lost = start.duration(to: .now) - Patience.allowance
        if !isUseful(value), lost > .zero { try lose(lost) }
        return value
    }

    private func lose(_ time: Duration) throws {
        let isOver = state.withLock { state in
            state.rest -= time
            return state.rest <= .zero
        }
        if isOver { throw SharedStoreFailure("it is slow") }
    }

    /// Waits for work that may never end by itself: what comes later is thrown away.
    private static func within<Value: Sendable>(
        _ limit: Duration,
        _ work: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        let first = First<Value>()
        let working = Task { first.resume(with: await Result { try await work() }) }
        let waiting = Task {
            try await Task.sleep(for: limit)
            first.resume(with: .failure(SharedStoreFailure.late))
            working.cancel()
        }
        defer { waiting.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { first.await($0) }
        } onCancel: {
            working.cancel()
            first.resume(with: .failure(CancellationError()))
        }
    }
}

/// A continuation that the first of several results resumes.
private final class First<Value: Sendable>: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Value, any Error>?
        var result: Result<Value, any Error>?
        var isDone = false
    }

    private let state = Mutex(State())

    func await(_ continuation: CheckedContinuation<Value, any Error>) {
        let result = state.withLock { state in
            if state.result == nil { state.continuation = continuation }
            return state.result
        }
        if let result { continuation.resume(with: result) }
    }

    func resume(with result: Result<Value, any Error>) {
        let continuation = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            guard !state.isDone else { return nil }
            state.isDone = true
            state.result = result
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(with: result)
    }
}

extension Result where Failure == any Error {
    /// Does work, and keeps what came of it.
    fileprivate init(_ work: () async throws -> Success) async {
        do {
            self = .success(try await work())
        } catch {
            self = .failure(error)
        }
    }
}
