package import Execution
package import Lessons
internal import Pages
internal import Records

/// What came of a build, as data.
package struct BuildOutcome: Sendable, Hashable, Codable {
    /// What became of the site.
    package enum Site: String, Sendable, Hashable, Codable {
        /// It shows the lessons as they are.
        case built
        /// Something is wrong with the lessons or with what runs them, and the site is as it was.
        case failed
        /// Some of its files are new; the next build writes the rest.
        case unfinished
    }

    /// What became of the site.
    package var site = Site.failed
    /// The files of the lessons that could be read, in order.
    package var lessons: [String]
    /// The slugs of the lessons that were run.
    package var ran: [String] = []
    /// The slugs of the lessons whose earlier runs still hold.
    package var cached: [String] = []
    /// The slugs of the lessons whose records were taken from the site.
    package var trusted: [String] = []
    /// The slugs of the lessons whose records were taken from the shared cache.
    package var shared: [String] = []
    /// The slugs of the lessons whose live cells were compiled for the browser.
    package var modules: [String] = []
    /// The number of charts that the lessons showed.
    package var charts = 0
    /// What is wrong, in the order of the places.
    package var diagnostics: [Diagnostic] = []
    /// The paths in the site of the files that were written or removed.
    package var changes: [String] = []

    /// Whether something is an error.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

extension Project {
    /// Runs the lessons, and writes their site unless something is wrong.
    ///
    /// - Parameters:
    ///   - runner: Finds what runs the lessons.
    ///   - jobs: The number of lessons that run at a time.
    ///   - trustsRecords: Whether a record in the site is taken for a lesson whose key it was made for.
    ///   - observe: Hears of what happens.
    /// - Returns: `nil` if the task was canceled.
    package func build(
        by runner: () async throws(Diagnostic) -> LessonRunner,
        jobs: Int,
        trustsRecords: Bool = false,
        observe: @escaping ProjectEvent.Observer = { _ in }
    ) async -> BuildOutcome? {
        var log = DiagnosticLog(observe)
        log.add(diagnostics)
        var outcome = BuildOutcome(lessons: lessons.map(\.file))
        do throws(Diagnostic) {
            var runner = try await equipped(runner(), log: &log)
            var keys = RecordKeys(of: folders.site)
            log.add(keys.warnings)
            if trustsRecords { runner.trusted = keys }
            let runs = try await build(by: runner, jobs: jobs, into: &outcome, log: &log, observe: observe)
            // Where that fails, clones run the lessons themselves.
            if outcome.site == .built { try? keys.write(runs.compactMapValues(\.key)) }
        } catch {
            log.add([error])
            if error.message.hasSuffix(SiteWriter.unfinished) { outcome.site = .unfinished }
        }
        outcome.diagnostics = log.sorted
        return Task.isCancelled ? nil : outcome
    }

    private func build(
        by runner: LessonRunner,
        jobs: Int,
        into outcome: inout BuildOutcome,
        log: inout DiagnosticLog,
        observe: @escaping ProjectEvent.Observer
    ) async throws(Diagnostic) -> [String: LessonRun] {
        let runs = await run(lessons, by: runner, jobs: jobs, log: &log, observe: observe)
        for (lesson, run) in zip(lessons, runs) {
            if run.isTrusted {
                outcome.trusted.append(lesson.slug)
            } else if run.isShared {
                outcome.shared.append(lesson.slug)
            } else if run.isCached {
                outcome.cached.append(lesson.slug)
            } else {
                outcome.ran.append(lesson.slug)
            }
            outcome.charts += run.record?.charts ?? 0
        }
        guard !log.hasErrors, !Task.isCancelled else { return [:] }
        let finished = zip(lessons, runs).compactMap { lesson, run in
            run.record.map { run.finished(lesson, showing: $0) }
        }
        let site = try await site(showing: finished, by: runner)
        log.add(site.diagnostics)
        guard !log.hasErrors, !Task.isCancelled else { return [:] }
        let writer = SiteWriter(to: folders.site, sparing: folders.sources)
        var scripts = try LiveScripts.read(from: folders.site)
        outcome.changes = try await writer.write(files(of: site, finished, scripts))
        outcome.site = .built
        // Readers of the pages need not wait until what they may touch later is there.
        let live = liveLessons(among: runs).filter { !scripts.isCurrent($0.program, of: $0.lesson) }
        if !live.isEmpty {
            observe(.written(outcome.changes, live: live.map(\.lesson.slug)))
            if !runner.hasBrowserEngine {
                let note =
                    "the engine is compiled for the browser, which takes some minutes on a new machine, once"
                let place = SourceLocation(file: live[0].lesson.file)
                observe(.found([Diagnostic(.note, .setup, at: place, note)]))
            }
            try await makeModules(of: live, into: &scripts, by: runner, jobs: jobs, log: &log)
            guard !Task.isCancelled else { return [:] }
            outcome.changes += try await writer.write(files(of: site, finished, scripts))
            outcome.modules = live.map(\.lesson).filter { scripts.script(of: $0) != nil }.map(\.slug)
        }
        return Dictionary(uniqueKeysWithValues: zip(lessons.map(\.slug), runs))
    }
}

extension RunRecord {
    /// The number of charts in it.
    fileprivate var charts: Int {
        cells.flatMap(\.outputs).count { output in if case .figure = output { true } else { false } }
    }
}
