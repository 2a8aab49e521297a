internal import Foundation

/// Does work that waits for long on a thread of its own: of those that tasks and Dispatch's queues share there are as
/// many as processors, others watch over lessons on them, and what is waited for may itself be in want of one.
func onOwnThread<Value: Sendable>(_ work: @Sendable @escaping () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
}
