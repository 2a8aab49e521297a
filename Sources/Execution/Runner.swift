internal import Foundation
internal import Records
internal import Subprocess

/// Runs a lesson's executable as a child process and reads its stream.
struct Runner: Sendable {
    /// What came of a run.
    struct Outcome: Sendable {
        /// What the cells showed until the process ended.
        var record: RecordBuilder
        /// How the process ended.
        var status: Stop.Status
        /// The limit that it went beyond.
        var breach: Limits.Kind?
        /// Swift's crash report, if there is one.
        var crash: Crash?
        /// What it wrote to its standard error.
        var errors: String
        /// Whether it read standard input.
        var readInput: Bool
    }

    /// How much a process may take.
    var limits: Limits
    /// What stands around it, if anything.
    var sandbox: Sandbox?
    /// What it finds around itself.
    var surroundings = Surroundings.usual

    /// The most that is kept of what a lesson writes to its standard error.
    private static let errorLimit = 1 << 20

    /// Runs an executable to its end.
    ///
    /// - Parameters:
    ///   - executable: The program.
    ///   - cells: The names of its cells.
    ///   - timeouts: The time of each cell that has one of its own.
    ///   - folder: A scratch folder, in which it runs and its crash report is written.
    ///   - onCell: Called as cells begin and end.
    func run(
        _ executable: URL,
        cells: [String],
        timeouts: [String: Duration],
        in folder: URL,
        onCell: @Sendable @escaping (LessonRunner.CellProgress) -> Void
    ) async throws -> Outcome {
        let token = UUID().uuidString
        let report = folder.appending(path: "crash.json")
        let child = try confined(
            ChildProcess(
                executable: executable.path(percentEncoded: false),
                arguments: [],
                folder: folder.path(percentEncoded: false),
                environment: environment(token: token, report: report, folder: folder)
            ),
            scratch: folder
        )
        let input = try StandardInput()
        let watchdog = Watchdog(limits: limits, timeouts: timeouts)
        let result = try await Subprocess.run(
            child.configuration,
            input: .fileDescriptor(input.end, closeAfterSpawningProcess: false),
            output: .sequence,
            error: .sequence
        ) { execution in
            let process = LessonProcess(execution.processIdentifier.value, isSandboxed: sandbox != nil)
            async let errors = Runner.text(of: execution.standardError)
            async let _ = watchdog.watch(
                waiting: process.waitingForProcessor,
                interrupt: process.interrupt,
                hasAnswered: { Crash(at: report) != nil },
                kill: process.kill
            )
            var reading = Reading(stream: EventStream(token: token), record: RecordBuilder(cells: cells))
            for try await buffer in execution.standardOutput {
                let bytes = buffer.withUnsafeBytes { Array($0) }
                guard watchdog.accept(output: bytes.count + reading.count) else { continue }
                for progress in reading.read(bytes) {
                    if case .began(let cell) = progress { watchdog.begin(cell: cell) }
                    onCell(progress)
                }
            }
            reading.finish()
            return (reading, try await errors)
        }
        let (reading, errors) = result.closureResult
        return Outcome(
            record: reading.record,
            status: status(result.terminationStatus),
            breach: watchdog.breach,
            crash: Crash(at: report),
            errors: errors,
            readInput: input.wasRead
        )
    }

    /// The process with its limits, in its sandbox.
    private func confined(_ child: ChildProcess, scratch: URL) throws -> ChildProcess {
        var child = try sandbox?.wrapping(child, scratch: scratch) ?? child
        // The system holds a process to its memory; `ulimit` counts in KiB.
        child.arguments =
            ["-c", "ulimit -d \(limits.memory >> 10); exec \"$@\"", "sh", child.executable] + child.arguments
        child.executable = "/bin/sh"
        child.leadsGroup = true
        return child
    }

    /// Bubblewrap says as a shell does that a signal ended its child.
    private func status(_ status: TerminationStatus) -> Stop.Status {
        switch status {
        case .exited(let code) where sandbox != nil && code > 128: .signaled(Int(code) - 128)
        case .exited(let code): .exited(Int(code))
        case .signaled(let signal): .signaled(Int(signal))
        }
    }

    /// A new environment, so that nothing of this machine shows in a lesson's output.
    private func environment(token: String, report: URL, folder: URL) -> [String: String] {
        let own = [
            EventStream.tokenVariable: token,
            "SWIFT_BACKTRACE": [
                "enable=yes", "color=no", "interactive=no", "threads=crashed", "images=mentioned",
                // The innermost functions tell; the outermost of a full stack would take seconds to reach.
                "format=json", "limit=64", "top=0",
                "output-to=\(report.path(percentEncoded: false))",
            ].joined(separator: ","),
            "HOME": folder.path(percentEncoded: false),
            "TMPDIR": folder.path(percentEncoded: false),
            "PATH": "/usr/bin:/bin",
        ]
        return own.merging(surroundings.environment) { own, _ in own }
    }

    private static func text(of sequence: SubprocessOutputSequence) async throws -> String {
        var bytes: [UInt8] = []
        for try await buffer in sequence where bytes.count < errorLimit {
            bytes += buffer.withUnsafeBytes { Array($0) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A lesson's stream as far as it has been read.
private struct Reading: Sendable {
    var stream: EventStream
    var record: RecordBuilder
    /// The bytes so far.
    var count = 0

    /// Takes the next bytes.
    ///
    /// - Returns: The cells that begin and end in them.
    mutating func read(_ bytes: [UInt8]) -> [LessonRunner.CellProgress] {
        count += bytes.count
        var progress: [LessonRunner.CellProgress] = []
        for piece in stream.read(bytes) {
            let before = record.current
            record.append(piece)
            switch piece {
            case .event(.cell(let name)):
                if let before { progress.append(.ended(record.cells[before])) }
                progress.append(.began(name))
            case .event(.end):
                if let before { progress.append(.ended(record.cells[before])) }
            case .event(.output), .event(.shape), .printed:
                break
            }
        }
        return progress
    }

    /// Takes what is left.
    mutating func finish() {
        for piece in stream.finish() { record.append(piece) }
        record.flush()
    }
}
