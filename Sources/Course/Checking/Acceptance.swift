package import Execution
internal import Foundation
package import Lessons
internal import Pages
internal import Records

extension Project {
    /// Runs lessons, and takes what they show into the site.
    ///
    /// - Parameters:
    ///   - names: The lessons and cells to take, such as `06-from-sine-to-cosine#seed0`; none means everything.
    ///   - runner: Finds what runs the lessons.
    ///   - jobs: The number of lessons that run at a time.
    ///   - renewsLive: Whether all modules of their live cells are made anew, and not only those of other code.
    ///   - observe: Hears of what happens.
    /// - Returns: `nil` if the task was canceled.
    package func accept(
        _ names: [String],
        by runner: () async throws(Diagnostic) -> LessonRunner,
        jobs: Int,
        renewsLive: Bool = false,
        observe: @escaping ProjectEvent.Observer = { _ in }
    ) async -> AcceptOutcome? {
        var log = DiagnosticLog(observe)
        log.add(diagnostics)
        var outcome = AcceptOutcome()
        do throws(Diagnostic) {
            if !log.hasErrors {
                var acceptance = try Acceptance(of: names, in: self, CommittedSite(at: folders.site))
                let runner = try await equipped(runner(), log: &log)
                let runs = await run(acceptance.lessons, by: runner, jobs: jobs, log: &log, observe: observe)
                if Task.isCancelled { return nil }
                var scripts = LiveScripts(among: acceptance.site.files)
                let live = liveLessons(acceptance.lessons, runs).filter {
                    renewsLive || !scripts.isCurrent($0.program, of: $0.lesson)
                }
                if !log.hasErrors {
                    try await makeModules(
                        of: live,
                        into: &scripts,
                        by: runner,
                        jobs: jobs,
                        isFresh: renewsLive,
                        log: &log
                    )
                }
                if !log.hasErrors { try await acceptance.take(runs, scripts, by: runner) }
                log.add(acceptance.diagnostics)
                if !log.hasErrors {
                    outcome.taken = acceptance.taken.map { finding in
                        var finding = finding
                        finding.file = folders.shown(file: finding.file)
                        return finding
                    }
                    outcome.changes = try acceptance.write()
                    var keys = RecordKeys(of: folders.site)
                    // Where that fails, clones run the lessons themselves.
                    try? keys.write(acceptance.keys)
                }
            }
        } catch {
            log.add([error])
            outcome.isUnfinished = error.message.hasSuffix(SiteWriter.unfinished)
        }
        outcome.diagnostics = log.sorted
        return outcome
    }
}

/// What came of accepting, as data.
package struct AcceptOutcome: Sendable {
    /// What differed from the record and is taken; files are paths from the working folder.
    package var taken: [Finding] = []
    /// The paths in the site of the files that changed; `nil` if nothing was taken.
    package var changes: [String]?
    /// Whether some files of the site are new and others are not.
    package var isUnfinished = false
    /// What is wrong, in the order of the places.
    package var diagnostics: [Diagnostic] = []
}

/// What is to be taken from new runs into a site, and the files that come of it.
struct Acceptance {
    /// What is to be taken.
    private let selection: LessonSelection
    /// What differed from the record and is taken.
    private(set) var taken: [Finding] = []
    /// What is wrong with the pages that would be written.
    private(set) var diagnostics: [Diagnostic] = []

    private let project: Project
    /// The site on disk.
    let site: CommittedSite
    private var files: [SiteFile] = []
    /// The keys of the lessons that are taken whole, by their slugs.
    private(set) var keys: [String: RunKey] = [:]

    /// Reads names such as `06-from-sine-to-cosine#seed0`; none means everything.
    ///
    /// - Throws: `Diagnostic`, of a name that names nothing.
    init(of names: [String], in project: Project, _ site: CommittedSite) throws(Diagnostic) {
        self.project = project
        self.site = site
        selection = try LessonSelection(of: names, in: project, recordedIn: site)
        for lesson in selection.lessons where selection.cells(of: lesson.slug) != nil {
            guard site.record(of: lesson.slug) == nil else { continue }
            let message = "the site has no record of this lesson, of which one cell could be replaced"
            let hint = "take the whole lesson: ./unroll accept \(lesson.slug)"
            throw Diagnostic(.error, .setup, at: SourceLocation(file: lesson.file), message, hint: hint)
        }
    }

    /// The lessons that must be run for it.
    var lessons: [Lesson] { selection.lessons }

    /// Takes what the lessons showed, with the scripts of their live cells.
    mutating func take(
        _ runs: [LessonRun],
        _ scripts: LiveScripts,
        by runner: LessonRunner
    ) async throws(Diagnostic) {
        let runs = Dictionary(uniqueKeysWithValues: zip(lessons.map(\.slug), runs))
        var after: [FinishedLesson] = []
        for lesson in project.lessons {
            let committed = site.record(of: lesson.slug)
            let run = runs[lesson.slug]
            let old = committed ?? RunRecord(lesson: lesson.slug, cells: [])
            let new = run?.record.map { merged(old, $0, of: lesson) } ?? old
            if let run, run.record == new { keys[lesson.slug] = run.key }
            after.append(run?.finished(lesson, showing: new) ?? FinishedLesson(lesson, new))
            if committed != nil { taken += lesson.findings(.differs, of: old, with: new) }
        }
        let pages = try await project.site(showing: after, by: runner)
        let own = Set(lessons.map(\.file))
        diagnostics = pages.diagnostics.filter { own.contains($0.location.file) }
        files = try await project.files(of: pages, after, scripts)
        if !selection.isOfAll { keepOthers() }
    }

    /// The recorded lesson with the wanted cells as they are now.
    private func merged(_ old: RunRecord, _ new: RunRecord, of lesson: Lesson) -> RunRecord {
        guard let cells = selection.cells(of: lesson.slug) else { return new }
        var merged = old
        merged.cells.removeAll { cell in
            cells.contains(cell.name) && !new.cells.contains { $0.name == cell.name }
        }
        for (index, cell) in new.cells.enumerated() where cells.contains(cell.name) {
            if let place = merged.cells.firstIndex(where: { $0.name == cell.name }) {
                merged.cells[place] = cell
            } else {
                let before = Set(new.cells[..<index].map(\.name))
                let place = merged.cells.lastIndex { before.contains($0.name) }.map { $0 + 1 } ?? 0
                merged.cells.insert(cell, at: place)
            }
        }
        return merged
    }

    /// Of the files, keeps those of the lessons that are taken and those that all lessons share, such as the list of
    /// lessons; the others stay as they are on disk.
    private mutating func keepOthers() {
        func owner(_ path: String) -> Lesson? {
            project.lessons.first { $0.paths.contains(path) }
        }
        let slugs = Set(lessons.map(\.slug))
        let new = files.filter { file in
            owner(file.path).map { slugs.contains($0.slug) } ?? true
        }
        let replaced = Set(new.map(\.path))
        let kept = site.listed.filter { path in
            path != Manifest.path && !replaced.contains(path)
                && owner(path).map { !slugs.contains($0.slug) } ?? true
        }
        files = new + kept.compactMap { path in site.files[path].map { SiteFile(path, $0) } }
    }

    /// Writes the site.
    ///
    /// - Returns: The paths of the files that changed.
    func write() throws(Diagnostic) -> [String] {
        try SiteWriter(to: project.folders.site, sparing: project.folders.sources).write(files)
    }
}
