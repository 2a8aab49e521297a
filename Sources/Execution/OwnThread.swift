internal import Dispatch

/// Does work that waits for long on a thread of its own: on the few that tasks share, others watch over lessons.
func onOwnThread<Value: Sendable>(_ work: @Sendable @escaping () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
    }
}
