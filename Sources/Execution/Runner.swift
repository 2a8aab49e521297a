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
        /// Swift's crash report, if there is one.
        var crash: Crash?
        /// What it wrote to its standard error.
        var errors: String
    }

    /// The most that is kept of what a lesson writes to its standard error.
    private static let errorLimit = 1 << 20

    /// Runs an executable to its end.
    ///
    /// - Parameters:
    ///   - executable: The program.
    ///   - cells: The names of its cells.
    ///   - folder: A scratch folder, in which it runs and its crash report is written.
    ///   - onCell: Called with the name of each cell as it begins.
    func run(
        _ executable: URL,
        cells: [String],
        in folder: URL,
        onCell: @Sendable @escaping (String) -> Void
    ) async throws -> Outcome {
        let token = UUID().uuidString
        let report = folder.appending(path: "crash.json")
        let child = ChildProcess(
            executable: executable.path(),
            arguments: [],
            folder: folder.path(),
            environment: environment(token: token, report: report, folder: folder)
        )
        let result = try await Subprocess.run(
            child.configuration,
            input: .none,
            output: .sequence,
            error: .sequence
        ) { execution in
            async let errors = Runner.text(of: execution.standardError)
            var stream = EventStream(token: token)
            var record = RecordBuilder(cells: cells)
            for try await buffer in execution.standardOutput {
                let bytes = buffer.withUnsafeBytes { Array($0) }
                for piece in stream.read(bytes) {
                    record.append(piece)
                    if case .event(.cell(let name)) = piece { onCell(name) }
                }
            }
            for piece in stream.finish() { record.append(piece) }
            record.flush()
            return (record, try await errors)
        }
        let (record, errors) = result.closureResult
        let status: Stop.Status =
            switch result.terminationStatus {
            case .exited(let code): .exited(Int(code))
            case .signaled(let signal): .signaled(Int(signal))
            }
        return Outcome(record: record, status: status, crash: crash(at: report), errors: errors)
    }

    /// A new environment, so that nothing of this machine shows in a lesson's output.
    private func environment(token: String, report: URL, folder: URL) -> [String: String] {
        [
            EventStream.tokenVariable: token,
            "SWIFT_BACKTRACE": [
                "enable=yes", "color=no", "interactive=no", "threads=no", "images=none", "format=json",
                "output-to=\(report.path())",
            ].joined(separator: ","),
            "SWIFT_DETERMINISTIC_HASHING": "1",
            "HOME": folder.path(),
            "TMPDIR": folder.path(),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
        ]
    }

    private static func text(of sequence: SubprocessOutputSequence) async throws -> String {
        var bytes: [UInt8] = []
        for try await buffer in sequence where bytes.count < errorLimit {
            bytes += buffer.withUnsafeBytes { Array($0) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func crash(at report: URL) -> Crash? {
        guard let data = try? Data(contentsOf: report), let json = try? JSON(parsing: data) else {
            return nil
        }
        return Crash(report: json)
    }
}
