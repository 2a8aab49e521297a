package import Execution
package import Lessons
package import Pages
package import Records

extension Project {
    /// Runs lessons side by side.
    ///
    /// - Parameters:
    ///   - lessons: Lessons of the project.
    ///   - runner: What runs them.
    ///   - jobs: The number of lessons that run at a time.
    ///   - log: The log that takes what is wrong with them.
    ///   - observe: Hears of their progress.
    /// - Returns: What came of each, in the order of the lessons; nothing if the task was canceled.
    package func run(
        _ lessons: [Lesson],
        by runner: LessonRunner,
        jobs: Int,
        log: inout DiagnosticLog,
        observe: @escaping ProjectEvent.Observer
    ) async -> [LessonRun] {
        let queue = LessonQueue(runner: runner, jobs: jobs, data: folders.lessons)
        observe(.running(lessons.map(\.slug)))
        // For the site, which asks again: the lessons leave it time to come by.
        async let _ = needsReference ? try? runner.symbolGraphs() : nil
        let runs = await queue.run(lessons) { observe(.progress($0)) }
        observe(.ran)
        // A lesson that was stopped has nothing to say.
        guard !Task.isCancelled else { return [] }
        for run in runs { log.add(run.diagnostics) }
        return runs
    }
}

extension LessonRun {
    /// Joins the lesson with a record, which may be another than that of this run, and with what else the run says of it.
    package func finished(_ lesson: Lesson, showing record: RunRecord) -> FinishedLesson {
        FinishedLesson(
            lesson,
            record,
            program: program,
            notes: notes,
            live: live.map { LiveModule(key: $0.key, cells: $0.cells) }
        )
    }
}
