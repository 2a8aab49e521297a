package import Execution
internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Serialization
internal import Synchronization

/// A project that is built anew whenever its author saves, for a preview to show.
///
/// What compiles and runs the lessons lives through all builds, and with it what it has parsed.
package actor LiveProject {
    private let folders: ProjectFolders
    private let runner: LessonRunner
    private let jobs: Int
    private let preview: Preview

    /// The latest runs that came to their end, by the slugs of their lessons.
    private var latest: [String: LessonRun] = [:]
    /// What is wrong as far as the build under way knows.
    private var diagnostics: Set<Diagnostic> = []

    /// Makes a live project.
    ///
    /// - Parameters:
    ///   - folders: The project's folders.
    ///   - runner: What runs its lessons.
    ///   - jobs: The number of lessons that run at a time.
    ///   - preview: What shows it.
    package init(_ folders: ProjectFolders, by runner: LessonRunner, jobs: Int, preview: Preview) {
        self.folders = folders
        self.runner = runner
        self.jobs = jobs
        self.preview = preview
    }

    /// Builds, and builds again after each change, until the changes end. A build that is overtaken is stopped.
    ///
    /// - Parameters:
    ///   - changes: The changes.
    ///   - observe: Makes an observer of a build that begins, and a function that is given its outcome.
    package func run(
        changes: AsyncStream<Void>,
        observe: @escaping @Sendable () -> (ProjectEvent.Observer, @Sendable (BuildOutcome) -> Void)
    ) async {
        var building = Task { await build(observe) }
        for await _ in changes {
            building.cancel()
            await building.value
            building = Task { await build(observe) }
        }
        building.cancel()
        await building.value
    }

    private func build(
        _ observers: @Sendable () -> (ProjectEvent.Observer, @Sendable (BuildOutcome) -> Void)
    ) async {
        let (observe, end) = observers()
        let shown = Project.read(folders, withDrafts: true)
        // The folder holds what is published; drafts are shown beside it.
        let project = shown.published
        preview.begin(language: project.settings.language)
        diagnostics = Set(project.diagnostics)
        if diagnostics.contains(where: { $0.severity == .error }) { report() }

        let (progress, continuation) = AsyncStream.makeStream(of: LessonQueue.Progress.self)
        async let following: Void = follow(progress, of: shown)
        let written = Mutex<Set<String>>([])
        let outcome = await project.build(by: { [runner] () throws(Diagnostic) in runner }, jobs: jobs) {
            [preview] event in
            if case .progress(let progress) = event { continuation.yield(progress) }
            if case .written(let changes, _) = event, project.drafts.isEmpty {
                // The page comes first, and what moves in it when it is ready.
                preview.succeed(changing: changes)
                written.withLock { $0 = Set(changes) }
            }
            observe(event)
        }
        var log = DiagnosticLog(observe)
        let drafted = await drafted(shown, after: outcome, log: &log) { progress in
            if case .progress(let progress) = progress { continuation.yield(progress) }
        }
        continuation.finish()
        await following
        guard var outcome, !Task.isCancelled else { return }
        outcome.diagnostics += log.sorted.filter { !outcome.diagnostics.contains($0) }
        preview.report(outcome.diagnostics.map(folders.shown))
        let isShown = written.withLock { $0 }
        if outcome.hasErrors {
            preview.fail()
        } else {
            preview.succeed(changing: outcome.changes.filter { !isShown.contains($0) }, besides: drafted)
        }
        end(outcome)
    }

    /// Returns the files of the site with its drafts, which no folder holds; none without drafts.
    private func drafted(
        _ project: Project,
        after outcome: BuildOutcome?,
        log: inout DiagnosticLog,
        observe: @escaping ProjectEvent.Observer
    ) async -> [SiteFile] {
        guard let outcome, !outcome.hasErrors, project.lessons.contains(where: \.frontMatter.isDraft) else {
            return []
        }
        log.add(project.diagnostics)
        guard let runner = try? await project.equipped(runner, log: &log) else { return [] }
        let runs = await project.run(project.lessons, by: runner, jobs: jobs, log: &log, observe: observe)
        guard !log.hasErrors, !Task.isCancelled else { return [] }
        do throws(Diagnostic) {
            let finished = zip(project.lessons, runs).compactMap { lesson, run in
                run.record.map { run.finished(lesson, showing: $0) }
            }
            let site = try await project.site(showing: finished, by: runner)
            log.add(site.diagnostics)
            var scripts = try LiveScripts.read(from: folders.site)
            let live = project.liveLessons(among: runs).filter {
                !scripts.isCurrent($0.program, of: $0.lesson)
            }
            try await project.makeModules(of: live, into: &scripts, by: runner, jobs: jobs, log: &log)
            return try await project.files(of: site, finished, scripts)
        } catch {
            log.add([error])
            return []
        }
    }

    /// Shows what happens while lessons run, in the order in which it happens.
    private func follow(_ progress: AsyncStream<LessonQueue.Progress>, of project: Project) async {
        let lessons = Dictionary(project.lessons.map { ($0.slug, $0) }) { first, _ in first }
        var isDrafted = false
        for await event in progress {
            switch event {
            case .began:
                break
            case .cell(let slug, let cell):
                guard let lesson = lessons[slug] else { break }
                diagnostics = diagnostics.filter { $0.location.file != lesson.file }
                report()
                preview.begin(cell: cell, of: lesson)
                // It takes longer than a moment.
                if !isDrafted { await draft(project) }
                isDrafted = true
            case .showed(let slug, let cell):
                if let lesson = lessons[slug] { preview.end(cell, of: lesson) }
            case .ended(let slug, let run):
                guard let lesson = lessons[slug] else { break }
                if run.record != nil { latest[slug] = run }
                diagnostics.formUnion(run.diagnostics)
                if !run.diagnostics.isEmpty { report() }
                preview.end(lesson)
            }
        }
    }

    /// Shows the newest text with the outputs of the runs before, while the lessons run.
    private func draft(_ project: Project) async {
        let finished = project.lessons.map { lesson in
            let run = latest[lesson.slug]
            let record = run?.record ?? recorded(lesson) ?? RunRecord(lesson: lesson.slug, cells: [])
            // The text of the program stands on no page.
            return FinishedLesson(lesson, record, program: run?.program ?? (lesson.cells.isEmpty ? nil : ""))
        }
        // What is wrong with the site is said when it is written.
        var log = DiagnosticLog { _ in }
        let runner = (try? await project.equipped(runner, log: &log)) ?? runner
        guard let site = try? await project.site(showing: finished, by: runner), !Task.isCancelled else {
            return
        }
        preview.show(drafts: site.files.filter { $0.path.hasSuffix(".html") })
    }

    /// Returns what a lesson showed when the site was built last.
    private func recorded(_ lesson: Lesson) -> RunRecord? {
        let file = URL(filePath: folders.site).appending(path: lesson.paths.record)
        let text = try? Data(contentsOf: file)
        return text.flatMap { try? JSON(parsing: [UInt8]($0)) }.flatMap(RunRecord.init(json:))
    }

    private func report() {
        preview.report(diagnostics.map(folders.shown).sorted { $0.location < $1.location })
    }
}
