internal import Execution
internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Serialization

/// A course that is built anew whenever its author saves, for a preview to show.
///
/// What compiles and runs the lessons lives through all builds, and with it what it has parsed.
actor LiveCourse {
    private let folders: SiteOptions
    private let options: RunOptions
    private let runner: LessonRunner
    private let preview: Preview

    /// What came of the lessons' latest runs that came to their end, by their slugs.
    private var latest: [String: LessonRun] = [:]
    /// What is wrong as far as the build under way knows.
    private var diagnostics: Set<Diagnostic> = []

    init(_ folders: SiteOptions, _ options: RunOptions, runner: LessonRunner, preview: Preview) {
        self.folders = folders
        self.options = options
        self.runner = runner
        self.preview = preview
    }

    /// Builds, and builds again after each change, until the changes end. A build that is overtaken is stopped.
    func run(changes: AsyncStream<Void>) async {
        var building = Task { await build() }
        for await _ in changes {
            building.cancel()
            await building.value
            building = Task { await build() }
        }
        building.cancel()
        await building.value
    }

    private func build() async {
        var report = BuildReport(folders, options)
        let build = CourseBuild(folders, options)
        let course = build.course
        preview.begin(language: course.settings.language)
        report.add(course.diagnostics)
        diagnostics = Set(course.diagnostics)
        if report.hasErrors { tell() }

        var changes: [String] = []
        let (progress, continuation) = AsyncStream.makeStream(of: LessonQueue.Progress.self)
        async let following: Void = follow(progress, of: course)
        do throws(Diagnostic) {
            let written = try await build.run(by: runner, report: &report) { continuation.yield($0) }
            changes = written?.changes ?? []
        } catch {
            report.add([error])
        }
        continuation.finish()
        await following
        guard !Task.isCancelled else { return }
        preview.report(report.sortedDiagnostics)
        if report.hasErrors { preview.fail() } else { preview.succeed(changing: changes) }
        report.end(course.lessons)
    }

    /// Shows what happens while lessons run, in the order in which it happens.
    private func follow(_ progress: AsyncStream<LessonQueue.Progress>, of course: Course) async {
        let lessons = Dictionary(course.lessons.map { ($0.slug, $0) }) { first, _ in first }
        var isDrafted = false
        for await event in progress {
            switch event {
            case .began:
                break
            case .cell(let slug, let cell):
                guard let lesson = lessons[slug] else { break }
                diagnostics = diagnostics.filter { $0.location.file != lesson.file }
                tell()
                preview.begin(cell: cell, of: lesson)
                // It takes longer than a moment.
                if !isDrafted { await draft(course) }
                isDrafted = true
            case .showed(let slug, let cell):
                if let lesson = lessons[slug] { preview.end(cell, of: lesson) }
            case .ended(let slug, let run):
                guard let lesson = lessons[slug] else { break }
                if run.record != nil { latest[slug] = run }
                diagnostics.formUnion(run.diagnostics)
                if !run.diagnostics.isEmpty { tell() }
                preview.end(lesson)
            }
        }
    }

    /// Shows the newest text with the outputs of the runs before, while the lessons run.
    private func draft(_ course: Course) async {
        let finished = course.lessons.map { lesson in
            let run = latest[lesson.slug]
            let record = run?.record ?? recorded(lesson) ?? RunRecord(lesson: lesson.slug, cells: [])
            // The text of the program stands on no page.
            return FinishedLesson(lesson, record, program: run?.program ?? (lesson.cells.isEmpty ? nil : ""))
        }
        // What is wrong with the site is said when it is written.
        guard let site = try? await course.site(finished, by: runner), !Task.isCancelled else { return }
        preview.show(drafts: site.files.filter { $0.path.hasSuffix(".html") })
    }

    /// What a lesson showed when the site was built last.
    private func recorded(_ lesson: Lesson) -> RunRecord? {
        let file = URL(filePath: folders.siteFolder).appending(path: Course.recordPath(lesson.slug))
        let text = try? Data(contentsOf: file)
        return text.flatMap { try? JSON(parsing: [UInt8]($0)) }.flatMap(RunRecord.init(json:))
    }

    private func tell() {
        let sorted = diagnostics.map(folders.shown).sorted { $0.location < $1.location }
        preview.report(sorted)
    }
}
