internal import Foundation
internal import LibC

/// The processes of a lesson's run, as signals see them.
struct LessonProcess: Sendable {
    private let leader: pid_t
    private let depth: Int

    /// The time that the leader has to end what is left.
    private static let grace: Duration = .seconds(1)
    /// The interval between two looks at the leader.
    private static let pause: Duration = .milliseconds(1)

    /// - Parameters:
    ///   - leader: The process that was started, which leads a group of its own.
    ///   - isSandboxed: Whether that is bubblewrap, with the lesson two generations below. On Linux it watches over the
    ///     lesson otherwise, which is its child.
    init(_ leader: pid_t, isSandboxed: Bool) {
        self.leader = leader
        #if os(Linux)
            depth = isSandboxed ? 2 : 1
        #else
            depth = isSandboxed ? 2 : 0
        #endif
    }

    /// Asks the lesson where it is: Swift's runtime writes a crash report, as for a trap.
    @Sendable func interrupt() async {
        guard let lesson else { return await kill() }
        // One that was stopped does not hear anything else.
        _ = signal(lesson, SIGCONT)
        _ = signal(lesson, SIGTRAP)
    }

    /// Returns the time that the lesson's main thread was ready to go on, and all processors were others'.
    ///
    /// Source: `/proc/PID/schedstat`, whose second number counts nanoseconds on a run queue; zero where there is none.
    @Sendable func waitingForProcessor() -> Duration {
        guard let lesson,
            let numbers = try? String(contentsOfFile: "/proc/\(lesson)/schedstat", encoding: .utf8),
            let waited = numbers.split(separator: " ").dropFirst().first.flatMap({ Int64($0) })
        else { return .zero }
        return .nanoseconds(waited)
    }

    /// The process that runs the lesson's cells; `nil` while it is not there, or not any more.
    private var lesson: pid_t? {
        var process = leader
        let parents = depth > 0 ? ProcessTable.parents() : [:]
        for _ in 0..<depth {
            guard let child = parents.first(where: { $0.value == process })?.key else { return nil }
            process = child
        }
        return process
    }

    /// Ends the lesson and all that it started, in whatever group or session.
    @Sendable func kill() async {
        let descendants = ProcessTable.descendants(of: leader, in: ProcessTable.parents())
        // From the leaves to the root: nothing is orphaned before it is found.
        for process in descendants.reversed() { _ = signal(process, SIGKILL) }
        // What watches over the lesson ends what was started meanwhile, and then itself, unless the lesson hinders it.
        let end = ContinuousClock.now + LessonProcess.grace
        while !descendants.isEmpty, isRunning, .now < end {
            guard (try? await Task.sleep(for: LessonProcess.pause)) != nil else { break }
        }
        _ = signal(-leader, SIGKILL)
    }

    /// Waits until the leader has ended, which closes its files as it likes.
    func end() async throws {
        while isRunning { try await Task.sleep(for: LessonProcess.pause) }
    }

    /// Whether the leader has not ended yet.
    private var isRunning: Bool {
        var details = siginfo_t()
        // Without taking its status away, which somebody else waits for.
        let answer = waitid(P_PID, id_t(leader), &details, WEXITED | WNOHANG | WNOWAIT)
        return answer == 0 && details.si_signo == 0
    }

    private func signal(_ process: pid_t, _ number: Int32) -> Int32 { LibC.kill(process, number) }
}
