internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The processes of a lesson's run, as signals see them.
struct LessonProcess: Sendable {
    private let leader: pid_t
    private let isSandboxed: Bool

    /// - Parameters:
    ///   - leader: The process that was started, which leads a group of its own.
    ///   - isSandboxed: Whether that is bubblewrap, with the lesson two generations below.
    init(_ leader: pid_t, isSandboxed: Bool) {
        self.leader = leader
        self.isSandboxed = isSandboxed
    }

    /// Asks the lesson where it is: Swift's runtime writes a crash report, as for a trap.
    @Sendable func interrupt() {
        guard let lesson else { return kill() }
        _ = signal(lesson, SIGTRAP)
    }

    /// How long the lesson's main thread has been ready to go on, and all processors were others'.
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
        guard isSandboxed else { return process }
        let parents = LessonProcess.parents()
        for _ in 0..<2 {
            guard let child = parents.first(where: { $0.value == process })?.key else { return nil }
            process = child
        }
        return process
    }

    /// Ends the lesson and all that it started.
    @Sendable func kill() {
        _ = signal(-leader, SIGKILL)
    }

    private func signal(_ process: pid_t, _ number: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.kill(process, number)
        #elseif canImport(Musl)
            Musl.kill(process, number)
        #else
            Darwin.kill(process, number)
        #endif
    }

    /// The parent of each process of this machine, as `/proc` has it.
    private static func parents() -> [pid_t: pid_t] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        var parents: [pid_t: pid_t] = [:]
        for process in processes.compactMap({ pid_t($0) }) {
            guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                // The name, in parentheses, may hold anything; the state and the parent follow.
                let name = stat.lastIndex(of: ")")
            else { continue }
            parents[process] = stat[name...].split(separator: " ").dropFirst(2).first.flatMap { pid_t($0) }
        }
        return parents
    }
}
