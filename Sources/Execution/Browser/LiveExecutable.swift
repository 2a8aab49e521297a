internal import Foundation
package import Lessons
package import Records

/// The program of a lesson's live cells, compiled natively, with which states are computed as a page would.
package final class LiveExecutable: Sendable {
    private let live: LiveProgram
    private let part: LessonPart
    private let data: String?
    private let executable: URL
    private let scratch: ScratchFolder
    private let processes: ProcessRunner

    init(
        _ live: LiveProgram,
        part: LessonPart,
        data: String?,
        executable: URL,
        in scratch: ScratchFolder,
        processes: ProcessRunner
    ) {
        (self.live, self.part, self.data) = (live, part, data)
        (self.executable, self.scratch, self.processes) = (executable, scratch, processes)
    }

    deinit { scratch.remove() }

    /// Computes a state, in a process of its own.
    ///
    /// - Returns: What the cell shows, `nil` if it does not come to its end; and what is to be said of the run.
    package func record(of call: LiveCall) async throws -> (record: CellRecord?, diagnostics: [Diagnostic]) {
        let folder = scratch.url.appending(path: UUID().uuidString, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try await processes.run(
            executable,
            of: live.native,
            part,
            data: data,
            with: live.values,
            making: call,
            in: folder
        )
        let record = run.outcome.record.cells.first { $0.name == call.cell }
        return (run.errors.isEmpty ? record : nil, run.errors + run.notes())
    }
}

extension LessonRunner {
    /// Compiles the program of a lesson's live cells natively.
    ///
    /// - Parameters:
    ///   - live: The program.
    ///   - lesson: The lesson.
    ///   - data: The folder in which the data files lie that the lesson declares.
    /// - Returns: The executable, `nil` if the program does not compile, and the compiler's errors.
    package func compile(
        _ live: LiveProgram,
        of lesson: Lesson,
        data: String? = nil
    ) async throws -> (executable: LiveExecutable?, errors: [Diagnostic]) {
        let scratch = try ScratchFolder(in: cache?.scratch)
        let compiler = Compiler(toolchain: toolchain, library: library)
        let (executable, messages) = await compiler.compile(live.native, of: lesson, in: scratch.url)
        guard let executable else {
            scratch.remove()
            return (nil, messages.filter { $0.severity == .error })
        }
        let processes = ProcessRunner(
            toolchain: toolchain,
            limits: limits,
            sandbox: try await sandbox.finding.get().sandbox,
            surroundings: surroundings
        )
        let part = try LessonPart.parse(
            live.steps,
            of: lesson,
            by: analysis,
            importing: library.own.imports
        )
        let made = LiveExecutable(
            live,
            part: part,
            data: data,
            executable: executable,
            in: scratch,
            processes: processes
        )
        return (made, [])
    }

    /// Makes calls of a lesson's live cells natively: its program is compiled once, and each call is a fresh process of it.
    ///
    /// - Parameters:
    ///   - calls: The calls.
    ///   - program: The program of the live cells.
    ///   - lesson: The lesson.
    ///   - data: The folder in which the data files lie that the lesson declares.
    /// - Returns: The answer to each call, with the errors of those that stopped by their indices; or what kept the program
    ///   from running at all.
    package func nativeAnswers(
        to calls: [LiveCall],
        of program: LiveProgram,
        in lesson: Lesson,
        data: String?
    ) async -> (answers: [LiveAnswer], stops: [Int: Diagnostic], diagnostics: [Diagnostic]) {
        do {
            let (executable, errors) = try await compile(program, of: lesson, data: data)
            guard let executable else { return ([], [:], errors) }
            var answers: [LiveAnswer] = []
            var stops: [Int: Diagnostic] = [:]
            for (index, call) in calls.enumerated() {
                let (record, diagnostics) = try await executable.record(of: call)
                stops[index] = diagnostics.first { $0.severity == .error }
                answers.append(
                    record.map(LiveAnswer.record) ?? .stopped(stops[index]?.message ?? "it showed nothing")
                )
            }
            return (answers, stops, [])
        } catch {
            let place = SourceLocation(file: lesson.file)
            let message = "its live cells did not run: \(error.systemReason)"
            return ([], [:], [Diagnostic(.error, .setup, at: place, message)])
        }
    }
}
