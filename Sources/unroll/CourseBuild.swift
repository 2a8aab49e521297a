internal import Execution
internal import Lessons
internal import Pages

/// One build of a course: its lessons are run, and pages made of what they showed.
struct CourseBuild {
    /// The lessons as they are now.
    let course: Course

    /// A site that was written.
    struct Written {
        /// All of its files, without their list.
        let files: [SiteFile]
        /// The paths of those that changed.
        let changes: [String]
        /// What its pages take from each other.
        let frame: SiteFrame
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
    ///   - earlier: What is left of an earlier build, whose pages need not all be made again.
    ///   - report: What the build has to say.
    ///   - onProgress: Called as things happen, from any thread.
    /// - Returns: What was made; `nil` if the site was not written.
    @discardableResult
    func run(
        by runner: LessonRunner,
        after earlier: BuildMemory.Remainder? = nil,
        report: inout BuildReport,
        onProgress: @Sendable @escaping (LessonQueue.Progress) -> Void = { _ in }
    ) async throws(Diagnostic) -> Written? {
        var finished: [String: FinishedLesson] = [:]
        func run(_ lessons: [Lesson]) async {
            let runs = await options.run(
                lessons,
                of: course,
                by: runner,
                report: &report,
                onProgress: onProgress
            )
            for (lesson, run) in zip(lessons, runs) {
                finished[lesson.slug] = run.record.map {
                    FinishedLesson(lesson, $0, program: run.program, notes: run.notes)
                }
            }
        }
        if let earlier, let edited = course.edited(since: earlier) {
            report.add(earlier)
            await run(edited)
            guard !report.hasErrors, !Task.isCancelled else { return nil }
            let own = edited.compactMap { finished[$0.slug] }
            if let revision = course.revision(of: earlier, edited: own, by: runner) {
                report.add(revision.diagnostics)
                return try report.hasErrors
                    ? nil : write(course.files(of: revision, own), revision.frame)
            }
        }
        await run(course.lessons.filter { finished[$0.slug] == nil })
        guard !report.hasErrors, !Task.isCancelled else { return nil }
        let all = course.lessons.compactMap { finished[$0.slug] }
        let site = try await course.site(all, by: runner)
        report.add(site.diagnostics)
        guard !report.hasErrors, !Task.isCancelled else { return nil }
        return try write(course.files(of: site, all), site.frame)
    }

    private func write(_ files: [SiteFile], _ frame: SiteFrame) throws(Diagnostic) -> Written {
        let changes = try SiteWriter(to: folders.siteFolder, sparing: folders.sources).write(files)
        return Written(files: files, changes: changes, frame: frame)
    }
}
