internal import Execution
internal import Lessons
internal import Pages

/// One build of a course: its lessons are run, and pages made of what they showed.
struct CourseBuild {
    /// The lessons as they are now.
    let course: Course

    /// A site that was written.
    struct Written {
        /// All of its files.
        let files: [SiteFile]
        /// The paths of those that changed.
        let changes: [String]
    }

    private let folders: SiteOptions
    private let options: RunOptions

    /// Reads the lessons.
    init(_ folders: SiteOptions, _ options: RunOptions) {
        course = Course(at: folders.lessonsFolder)
        self.folders = folders
        self.options = options
    }

    /// Runs the lessons, and writes their site unless something is wrong or the task is cancelled.
    ///
    /// - Parameters:
    ///   - runner: What runs them.
    ///   - report: What the build has to say.
    ///   - onProgress: Called as things happen, from any thread.
    /// - Returns: What was made; `nil` if the site was not written.
    @discardableResult
    func run(
        by runner: LessonRunner,
        report: inout BuildReport,
        onProgress: @Sendable @escaping (LessonQueue.Progress) -> Void = { _ in }
    ) async throws(Diagnostic) -> Written? {
        let runs = await options.run(
            course.lessons,
            of: course,
            by: runner,
            report: &report,
            onProgress: onProgress
        )
        guard !report.hasErrors, !Task.isCancelled else { return nil }
        let finished = zip(course.lessons, runs).compactMap { lesson, run in
            run.record.map { FinishedLesson(lesson, $0, program: run.program, notes: run.notes) }
        }
        let site = try await course.site(finished, by: runner)
        report.add(site.diagnostics)
        guard !report.hasErrors, !Task.isCancelled else { return nil }
        let files = course.files(of: site, finished)
        let changes = try SiteWriter(to: folders.siteFolder).write(files)
        let list = SiteFile(Manifest.path, Manifest(paths: files.map(\.path)).text)
        return Written(files: files + [list], changes: changes)
    }
}
