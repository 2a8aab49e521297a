package import Execution
package import Lessons
internal import Pages
package import Records

/// Lessons as they run now against the site as it is on disk: every cell, every file.
package struct SiteCheck: Sendable {
    /// What was found: cells first, in the order of the lessons, then files in the order of their paths.
    package private(set) var findings: [Finding] = []
    /// What is wrong with the lessons' links, pictures and raw HTML.
    package private(set) var diagnostics: [Diagnostic] = []
    /// What was compared.
    package let selection: LessonSelection

    private let site: CommittedSite
    private let shownSite: String
    /// What the lessons show now, as far as they came, by their slugs.
    private var shown: [String: RunRecord] = [:]

    /// Compares what the lessons of a project show now with a site.
    ///
    /// - Parameters:
    ///   - project: The project.
    ///   - runs: What came of each lesson of the selection.
    ///   - selection: What is compared; everything, if not given.
    ///   - runner: What ran them.
    ///   - site: The site on disk.
    ///   - shownSite: The site's folder as findings name it, with a slash at the end.
    /// - Throws: `Diagnostic` of kind `setup`, if there is no reference to be had.
    package static func comparing(
        _ project: Project,
        _ runs: [LessonRun],
        of selection: LessonSelection? = nil,
        by runner: LessonRunner,
        with site: CommittedSite,
        shownAs shownSite: String
    ) async throws(Diagnostic) -> SiteCheck {
        var check = SiteCheck(selection ?? LessonSelection(allOf: project), site: site, shownSite: shownSite)
        for (lesson, run) in zip(check.selection.lessons, runs) { check.compareCells(of: lesson, run) }
        // The files are those of the whole project.
        guard check.selection.isOfAll else { return check }
        // Pages name each other: with a lesson missing, none is as it should be.
        guard !project.diagnostics.contains(where: { $0.severity == .error }) else { return check }
        try await check.compareFiles(of: project, runs, by: runner)
        return check
    }

    /// Compares records with those of another site.
    ///
    /// - Parameters:
    ///   - selection: What is compared.
    ///   - runs: What came of its lessons, by their slugs.
    ///   - site: The other site.
    ///   - shownSite: Its folder as findings name it, with a slash at the end.
    static func comparing(
        _ selection: LessonSelection,
        _ runs: [String: LessonRun],
        with site: CommittedSite,
        shownAs shownSite: String
    ) -> SiteCheck {
        var check = SiteCheck(selection, site: site, shownSite: shownSite)
        for lesson in selection.lessons {
            check.compareCells(of: lesson, runs[lesson.slug] ?? LessonRun(diagnostics: []))
        }
        guard selection.isOfAll else { return check }
        let own = Set(selection.lessons.map(\.paths.record))
        for path in site.files.keys.sorted() where path.hasPrefix("records/") && !own.contains(path) {
            check.addUnwanted(path)
        }
        return check
    }

    private init(_ selection: LessonSelection, site: CommittedSite, shownSite: String) {
        self.selection = selection
        self.site = site
        self.shownSite = shownSite
    }

    /// The number of cells that were compared.
    package var cells: Int {
        selection.lessons.reduce(0) { count, lesson in
            count + lesson.cells.count { selection.contains($0.name, of: lesson.slug) }
        }
    }

    /// The record of a lesson on the site.
    func recorded(_ slug: String) -> RunRecord? { site.record(of: slug) }

    /// What a lesson shows now, as far as it came.
    func shown(_ slug: String) -> RunRecord? { shown[slug] }

    /// Adds what a second run in other surroundings shows otherwise.
    package mutating func compare(_ lesson: Lesson, _ run: LessonRun, withItself other: LessonRun) {
        guard let first = run.record, let second = other.record else { return }
        findings += lesson.findings(
            .unsteady,
            of: selection.part(of: first),
            with: selection.part(of: second)
        )
    }

    /// Adds what was found about live cells.
    mutating func add(_ found: [Finding]) {
        findings += found.map { finding in
            var finding = finding
            if !finding.isOfCell { finding.file = shownSite + finding.file }
            return finding
        }
    }

    private mutating func compareCells(of lesson: Lesson, _ run: LessonRun) {
        shown[lesson.slug] = run.record ?? run.partial
        guard let record = run.record ?? partial(of: lesson, run) else {
            let unrun = lesson.cells.filter { selection.contains($0.name, of: lesson.slug) }
            findings += unrun.map { cell in
                Finding(
                    kind: .unrun,
                    lesson: lesson.slug,
                    file: lesson.file,
                    line: cell.fence.line,
                    cell: cell.name
                )
            }
            return
        }
        guard let committed = site.record(of: lesson.slug) else {
            let path = lesson.paths.record
            let isThere = site.files[path] != nil
            let message = isThere ? "it is no record as Unroll writes it" : "\(lesson.file) has no record"
            addFile(isThere ? .stale : .missing, path, message, lesson: lesson.slug)
            return
        }
        findings += lesson.findings(
            .differs,
            of: selection.part(of: committed),
            with: selection.part(of: record)
        )
    }

    /// The record of a lesson that stopped after all cells of it that are named had come to their ends.
    private func partial(of lesson: Lesson, _ run: LessonRun) -> RunRecord? {
        guard let cells = selection.cells(of: lesson.slug), let partial = run.partial else { return nil }
        let ended = Set(partial.cells.dropLast().map(\.name))
        return cells.isSubset(of: ended) ? partial : nil
    }

    // MARK: - Files

    private mutating func compareFiles(
        of project: Project,
        _ runs: [LessonRun],
        by runner: LessonRunner
    ) async throws(Diagnostic) {
        let failed = Set(zip(project.lessons, runs).filter { $1.record == nil }.map(\.0.slug))
        // What differs within a tolerance, or is not compared, shows on a page as it is recorded. What differs beyond
        // has been found.
        let recorded = zip(project.lessons, runs).map { lesson, run in
            let record = site.record(of: lesson.slug) ?? run.record ?? run.partial
            return run.finished(lesson, showing: record ?? RunRecord(lesson: lesson.slug, cells: []))
        }
        let pages = try await project.site(showing: recorded, by: runner)
        diagnostics = pages.diagnostics
        let scripts = LiveScripts(among: site.files)
        let files = try await project.files(of: pages, recorded, scripts, isSure: true)
        let expected = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.contents) })
        var fresh: [String: [UInt8]]?
        for path in Set(expected.keys).union(site.files.keys).sorted() {
            let owner = project.lessons.first { $0.paths.contains(path) }
            if let owner, failed.contains(owner.slug) || path == owner.paths.record { continue }
            guard let wanted = expected[path] else {
                addUnwanted(path)
                continue
            }
            guard let present = site.files[path] else {
                let reason = site.unreadable[path].map { "it cannot be read: \($0)" }
                addFile(.missing, path, reason ?? "it belongs to the site", lesson: owner?.slug)
                continue
            }
            if present == wanted { continue }
            if fresh == nil { fresh = try await self.files(of: project, runs, recorded, by: runner) }
            if present != fresh?[path] { addStale(path, present, wanted, lesson: owner?.slug) }
        }
        compareList(files.map(\.path), isWhole: failed.isEmpty)
    }

    /// The pages as they are with what the lessons show now.
    private func files(
        of project: Project,
        _ runs: [LessonRun],
        _ recorded: [FinishedLesson],
        by runner: LessonRunner
    ) async throws(Diagnostic) -> [String: [UInt8]] {
        let finished = zip(recorded, runs).map { recorded, run in
            run.finished(recorded.lesson, showing: run.record ?? recorded.record)
        }
        let pages = try await project.site(showing: finished, by: runner)
        let scripts = LiveScripts(among: site.files)
        let files = try await project.files(of: pages, finished, scripts, isSure: true)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.contents) })
    }

    /// A file that the list names and no build would make.
    private mutating func addUnwanted(_ path: String) {
        guard path != Manifest.path else { return }
        let isOfLesson =
            path.hasPrefix("records/") || path.hasPrefix("downloads/")
            || path.hasSuffix(".html") && !path.hasPrefix("reference/")
        if isOfLesson {
            addFile(.orphaned, path, "no lesson gives it any more", lesson: nil)
        } else {
            addFile(.extra, path, "no page uses it any more", lesson: nil)
        }
    }

    private mutating func addStale(_ path: String, _ old: [UInt8], _ new: [UInt8], lesson: String?) {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let line = SourceText.position(of: start, in: old).line
        let (before, now) = (Excerpt.cut(from: old, at: start), Excerpt.cut(from: new, at: start))
        let message = "it has “\(before)” where the lessons give “\(now)”"
        addFile(.stale, path, message, lesson: lesson, line: line)
    }

    /// The list of files must be the one that a build writes.
    private mutating func compareList(_ paths: [String], isWhole: Bool) {
        guard isWhole, let list = site.files[Manifest.path] else {
            if isWhole { addFile(.missing, Manifest.path, "it lists the site's files", lesson: nil) }
            return
        }
        var manifest = Manifest(paths: paths)
        // Which folders were there before the site is for the list alone to say.
        manifest.found = Manifest(reading: String(decoding: list, as: UTF8.self))?.found ?? []
        let wanted = Array(manifest.text.utf8)
        if list != wanted { addStale(Manifest.path, list, wanted, lesson: nil) }
    }

    private mutating func addFile(
        _ kind: Finding.Kind,
        _ path: String,
        _ message: String,
        lesson: String?,
        line: Int? = nil
    ) {
        findings.append(
            Finding(kind: kind, lesson: lesson, file: shownSite + path, line: line, message: message)
        )
    }
}

extension Lesson {
    /// The differences between two records of the lesson, compared as its author wants it, at its places.
    package func findings(_ kind: Finding.Kind, of old: RunRecord, with new: RunRecord) -> [Finding] {
        let options = Dictionary(cells.map { ($0.name, $0.options) }, uniquingKeysWith: { first, _ in first })
        let differences = new.differences(from: old) { name in
            if options[name]?.isVolatile == true { return .ignored }
            return .relative(options[name]?.tolerance ?? frontMatter.tolerance ?? 0)
        }
        return differences.map { difference in
            let expression = expressions.indices.first {
                RunRecord.name(ofExpression: $0) == difference.cell
            }
            return Finding(
                kind: kind,
                lesson: slug,
                file: file,
                line: cells.first { $0.name == difference.cell }?.fence.line
                    ?? expression.flatMap { expressions[$0].location.line },
                cell: difference.cell.isEmpty ? nil : difference.cell,
                difference: difference
            )
        }
    }
}
