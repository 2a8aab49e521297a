internal import Foundation
package import Lessons
package import Records

extension LessonRunner {
    /// Makes calls of a lesson's live cells natively: its program is compiled once, and each call is a fresh process of it.
    ///
    /// - Parameters:
    ///   - calls: The calls.
    ///   - program: The program of the live cells.
    ///   - lesson: The lesson.
    ///   - data: The folder in which the data files lie that the lesson declares.
    /// - Returns: The answer to each call, or what kept the program from running at all.
    package func nativeAnswers(
        to calls: [LiveCall],
        of program: LiveProgram,
        in lesson: Lesson,
        data: String?
    ) async -> (answers: [LiveAnswer], diagnostics: [Diagnostic]) {
        do {
            let scratch = try ScratchFolder(in: cache?.scratch)
            defer { scratch.remove() }
            let compiler = Compiler(toolchain: toolchain, library: library)
            let (executable, messages) = await compiler.compile(program.native, of: lesson, in: scratch.url)
            guard let executable else { return ([], messages.filter { $0.severity == .error }) }
            let processes = ProcessRunner(
                toolchain: toolchain,
                limits: limits,
                sandbox: try await sandbox.finding.get().sandbox,
                surroundings: surroundings
            )
            let part = LessonPart(lesson: lesson, steps: program.steps, code: [])
            var answers: [LiveAnswer] = []
            for (index, call) in calls.enumerated() {
                let folder = scratch.url.appending(path: "call-\(index)", directoryHint: .isDirectory)
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                let run = try await processes.run(
                    executable,
                    of: program.native,
                    part,
                    data: data,
                    making: call,
                    in: folder
                )
                answers.append(answer(to: call, of: run))
            }
            return (answers, [])
        } catch {
            let place = SourceLocation(file: lesson.file)
            return ([], [Diagnostic(.error, .setup, at: place, "its live cells did not run: \(error)")])
        }
    }

    private func answer(to call: LiveCall, of run: ProgramRun) -> LiveAnswer {
        if let error = run.errors.first { return .stopped(error.message) }
        let record = run.outcome.record.cells.first { $0.name == call.cell }
        return record.map(LiveAnswer.record) ?? .stopped("it showed nothing")
    }
}
