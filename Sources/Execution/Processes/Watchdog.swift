internal import Synchronization

/// Stops a lesson's process that goes beyond a limit, first so that it can say where it was, then for good.
final class Watchdog: Sendable {
    private struct State {
        var deadline: ContinuousClock.Instant
        var allowed: Duration
        /// The rest of the time that cells without one of their own share.
        var shared: Duration
        var cellStart: ContinuousClock.Instant
        var isShared = true
        /// The time that the process waited for a processor, as far as it was added to the deadline.
        var forgiven: Duration = .zero
        var breach: Limits.Kind?

        /// Gives back the time that the process has waited for a processor.
        mutating func forgive(_ waited: Duration) {
            deadline += waited - forgiven
            shared += waited - forgiven
            forgiven = waited
        }
    }

    /// The time that a process has to say where it is.
    private static let grace: Duration = .seconds(30)
    /// The delay up to which this process may wake up without the machine being at fault.
    private static let hitch: Duration = .milliseconds(500)
    /// The interval between two looks at the process.
    private static let pause: Duration = .milliseconds(20)
    /// The number of looks of which one is at the files.
    private static let looksPerFiles = 10

    private let state: Mutex<State>
    private let timeouts: [String: Duration]
    private let limits: Limits

    /// Begins to watch, from now on.
    ///
    /// - Parameter timeouts: The time of each cell that has one of its own.
    init(limits: Limits, timeouts: [String: Duration]) {
        self.limits = limits
        self.timeouts = timeouts
        let now = ContinuousClock.now
        state = Mutex(
            State(deadline: now + limits.time, allowed: limits.time, shared: limits.time, cellStart: now)
        )
    }

    /// The limit that the process exceeded.
    var breach: Limits.Kind? { state.withLock { $0.breach } }

    /// Starts the cell's own timeout, or resumes the shared budget.
    func begin(cell: String) {
        let now = ContinuousClock.now
        state.withLock { state in
            if state.isShared { state.shared -= state.cellStart.duration(to: now) }
            state.cellStart = now
            let own = timeouts[cell]
            state.isShared = own == nil
            state.allowed = own ?? limits.time
            state.deadline = now + (own ?? state.shared)
        }
    }

    /// Records the total bytes of output received.
    ///
    /// - Returns: Whether that is within the limit.
    func accept(output bytes: Int) -> Bool {
        guard bytes > limits.output else { return true }
        state.withLock { $0.breach = $0.breach ?? .output }
        return false
    }

    /// Waits until a limit is broken, then stops the process; ends early when its task is cancelled.
    ///
    /// - Parameters:
    ///   - waiting: How long the process has waited for a processor since it began, which is not the lesson's time.
    ///   - files: How much the process has written to files, in bytes.
    ///   - interrupt: Asks the process to say where it is.
    ///   - hasAnswered: Whether it has.
    ///   - kill: Stops it.
    func watch(
        waiting: @Sendable () -> Duration,
        files: @Sendable () -> Int,
        interrupt: @Sendable () async -> Void,
        hasAnswered: @Sendable () -> Bool,
        kill: @Sendable () async -> Void
    ) async {
        do {
            var patience = limits.time
            var looks = 0
            while breach == nil {
                let (deadline, allowed) = state.withLock { ($0.deadline, $0.allowed) }
                // A breach of the output's limit is noticed by looking; cells move the deadline meanwhile.
                let waking = min(deadline, .now + Watchdog.pause)
                try await Task.sleep(until: waking)
                looks += 1
                if looks % Watchdog.looksPerFiles == 0, files() > limits.files {
                    state.withLock { $0.breach = $0.breach ?? .files }
                }
                let delay = waking.duration(to: .now)
                if delay > Watchdog.hitch, delay < patience {
                    // This process did not get to run, and did not hear what the lesson said: not the lesson's time.
                    patience -= delay
                    state.withLock { state in
                        state.deadline += delay
                        state.cellStart += delay
                    }
                    continue
                }
                guard .now >= deadline else { continue }
                let waited = waiting()
                state.withLock { state in
                    guard .now >= state.deadline, state.deadline == deadline else { return }
                    guard waited - state.forgiven < Watchdog.pause else { return state.forgive(waited) }
                    state.breach = state.breach ?? .time(allowed)
                }
            }
            await interrupt()
            let end = ContinuousClock.now + Watchdog.grace
            while !hasAnswered(), .now < end { try await Task.sleep(for: Watchdog.pause) }
            await kill()
        } catch {
            // The process has ended.
        }
    }
}
