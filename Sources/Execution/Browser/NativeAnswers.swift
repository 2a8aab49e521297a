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
            let (executable, errors) = try await compile(program, of: lesson, data: data)
            guard let executable else { return ([], errors) }
            var answers: [LiveAnswer] = []
            for call in calls {
                let (record, diagnostics) = try await executable.record(of: call)
                let error = diagnostics.first { $0.severity == .error }
                answers.append(
                    record.map(LiveAnswer.record) ?? .stopped(error?.message ?? "it showed nothing")
                )
            }
            return (answers, [])
        } catch {
            let place = SourceLocation(file: lesson.file)
            return ([], [Diagnostic(.error, .setup, at: place, "its live cells did not run: \(error)")])
        }
    }
}
