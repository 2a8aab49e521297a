internal import Synchronization

/// The times that a lesson's cells took, measured as they begin and end.
final class CellTimes: Sendable {
    private struct State {
        var running: (cell: String, start: ContinuousClock.Instant)?
        var times: [String: Duration] = [:]
    }

    private let state = Mutex(State())

    /// Takes the progress of a lesson.
    func note(_ progress: CellProgress) {
        let now = ContinuousClock.now
        state.withLock { state in
            if let running = state.running { state.times[running.cell] = running.start.duration(to: now) }
            if case .began(let cell) = progress { state.running = (cell, now) } else { state.running = nil }
        }
    }

    /// The time of a cell that has come to its end.
    subscript(cell: String) -> Duration? { state.withLock { $0.times[cell] } }
}
