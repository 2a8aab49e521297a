internal import Foundation
internal import Records
internal import Serialization
internal import Subprocess

/// Runs a lesson's executable as a child process and reads its stream.
struct ProcessRunner: Sendable {
    /// The end of a run, and what was shown until then.
    struct Outcome: Sendable {
        /// The record until the process ended.
        var record: RecordBuilder
        /// The exit status.
        var status: Termination.Status
        /// The limit that it went beyond.
        var breach: Limits.Kind?
        /// Swift's crash report, if there is one.
        var crash: Crash?
        /// Its standard error.
        var errors: ErrorOutput
        /// Whether it read standard input.
        var readInput: Bool
    }

    /// The toolchain, with the programs that write and read crash reports.
    let toolchain: Toolchain
    /// The limits of a process.
    let limits: Limits
    /// The walls around it, if any.
    let sandbox: Sandbox?
    /// Its surroundings.
    let surroundings: Surroundings

    /// Runs an executable to its end.
    ///
    /// - Parameters:
    ///   - executable: The program.
    ///   - cells: The names of its cells.
    ///   - timeouts: The time of each cell that has one of its own.
    ///   - data: The data files that it may read.
    ///   - home: The folder in its own that it starts in, from which the paths in its code count; empty for its own.
    ///   - call: The call that a program of live cells makes after its last cell.
    ///   - folder: A scratch folder, in which its crash report is written.
    ///   - onCell: Called as cells begin and end.
    func run(
        _ executable: URL,
        cells: [String],
        timeouts: [String: Duration],
        data: [DataCopy],
        startingIn home: String = "",
        making call: LiveCall? = nil,
        in folder: URL,
        onCell: @Sendable @escaping (CellProgress) -> Void
    ) async throws -> Outcome {
        let token = UUID().uuidString
        let report = folder.appending(path: "crash.json")
        let work = folder.appending(path: "work")
        try Data().write(to: report)
        let child = confined(
            try await child(
                executable,
                reading: data,
                startingIn: home,
                report: report,
                work: work,
                in: folder
            )
        )
        let copies = sandbox == nil ? work.size : 0
        let input = try StandardInput(token: token, call: call)
        let watchdog = Watchdog(limits: limits, timeouts: timeouts)
        let result = try await Subprocess.run(
            child.configuration,
            input: .fileDescriptor(input.end, closeAfterSpawningProcess: false),
            output: .sequence,
            error: .sequence
        ) { execution in
            let process = LessonProcess(execution.processIdentifier.value, isSandboxed: sandbox != nil)
            async let errors = ErrorOutput(of: execution.standardError, token: token)
            async let _ = watchdog.watch(
                waiting: process.waitingForProcessor,
                files: { sandbox == nil ? work.size - copies : 0 },
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
            let read = try await errors
            try await process.end()
            return (reading, read)
        }
        let (reading, errors) = result.closureResult
        return Outcome(
            record: reading.record,
            status: status(result.terminationStatus, hasExited: reading.record.hasExited),
            breach: watchdog.breach,
            crash: Crash(at: report),
            errors: errors,
            readInput: input.wasRead
        )
    }

    /// The process, in its sandbox if there is one.
    ///
    /// - Parameter work: The folder that it works in without a sandbox, to be made.
    private func child(
        _ executable: URL,
        reading data: [DataCopy],
        startingIn home: String,
        report: URL,
        work: URL,
        in folder: URL
    ) async throws -> ChildProcess {
        let (program, file) = (executable.path(percentEncoded: false), report.path(percentEncoded: false))
        if let sandbox {
            return try await sandbox.child(
                Sandbox.Inside(
                    program: program,
                    backtracer: toolchain.backtracer,
                    report: file,
                    data: data,
                    home: home,
                    files: limits.files
                ),
                environment: environment(report: Sandbox.Inside.report, folder: Sandbox.Inside.folder),
                in: folder
            )
        }
        let start = home.isEmpty ? work : work.appending(path: home)
        try FileManager.default.createDirectory(at: start, withIntermediateDirectories: true)
        for copy in data { try copy.write(in: work) }
        let path = work.path(percentEncoded: false)
        return ChildProcess(
            executable: program,
            arguments: [],
            folder: start.path(percentEncoded: false),
            environment: environment(report: file, folder: path)
        )
    }

    /// The process with its limits, as the leader of its group.
    private func confined(_ child: ChildProcess) -> ChildProcess {
        var child = child
        // The system holds a process to its memory, which `ulimit` counts in KiB, and to the size of a file, in blocks.
        child.arguments =
            [
                "-c",
                "ulimit -c 0; ulimit -d \(limits.memory >> 10); ulimit -f \(limits.files >> 9); exec \"$@\"",
                "sh", child.executable,
            ] + child.arguments
        child.executable = "/bin/sh"
        child.leadsGroup = true
        return child
    }

    /// Bubblewrap says as a shell does that a signal ended its child.
    private func status(_ status: TerminationStatus, hasExited: Bool) -> Termination.Status {
        switch status {
        case .exited(let code) where sandbox != nil && code > 128 && !hasExited: .signaled(Int(code) - 128)
        case .exited(let code): .exited(Int(code))
        case .signaled(let signal): .signaled(Int(signal))
        }
    }

    /// A new environment, so that nothing of this machine shows in a lesson's output.
    private func environment(report: String, folder: String) -> [String: String] {
        var backtrace = [
            "enable=yes", "color=no", "interactive=no", "threads=crashed", "images=all",
            // The innermost functions tell; the outermost of a full stack would take seconds to reach.
            "format=json", "limit=64", "top=0", "output-to=\(report)",
        ]
        if sandbox != nil, let backtracer = toolchain.backtracer {
            backtrace.append("swift-backtrace=\(backtracer)")
        }
        let own = [
            EventStream.variable: sandbox == nil ? "open" : "walled",
            "SWIFT_BACKTRACE": backtrace.joined(separator: ","),
            "HOME": folder,
            "TMPDIR": folder,
            "PATH": "/usr/bin:/bin",
        ]
        return own.merging(surroundings.environment) { own, _ in own }
    }
}

/// A data file as a lesson finds it.
struct DataCopy: Sendable {
    /// Its path in the folder that the lesson works in.
    var name: String
    /// The file.
    var file: String

    /// Copies the file into a folder.
    fileprivate func write(in folder: URL) throws {
        let copy = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: copy.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(at: URL(filePath: file).resolvingSymlinksInPath(), to: copy)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o444],
            ofItemAtPath: copy.path(percentEncoded: false)
        )
    }
}

extension URL {
    /// The size of the files in the folder, in bytes.
    fileprivate var size: Int {
        let keys: Set<URLResourceKey> = [.fileSizeKey, .isRegularFileKey]
        let files = FileManager.default.enumerator(at: self, includingPropertiesForKeys: Array(keys))
        var size = 0
        while let file = files?.nextObject() as? URL {
            let values = try? file.resourceValues(forKeys: keys)
            if values?.isRegularFile == true { size += values?.fileSize ?? 0 }
        }
        return size
    }
}

/// A lesson's stream as far as it was read.
private struct Reading: Sendable {
    var stream: EventStream
    var record: RecordBuilder
    /// The number of bytes so far.
    var count = 0

    /// Takes the next bytes.
    ///
    /// - Returns: The cells that begin and end in them.
    mutating func read(_ bytes: [UInt8]) -> [CellProgress] {
        count += bytes.count
        var progress: [CellProgress] = []
        for piece in stream.read(bytes) {
            let before = record.current
            record.append(piece)
            switch piece {
            case .event(.cell(let name)):
                if let before { progress.append(.ended(record.cells[before])) }
                progress.append(.began(name))
            case .event(.end):
                if let before { progress.append(.ended(record.cells[before])) }
            case .event(.output), .event(.shape), .event(.live), .event(.state), .event(.statesEnd),
                .event(.runs), .event(.value), .event(.exit), .printed:
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
