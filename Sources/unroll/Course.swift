package import Execution
internal import Foundation
package import Lessons
package import Pages
internal import Records

/// A folder of lessons, and what its site is made of besides.
package struct Course: Sendable {
    /// The lessons that could be read, in order.
    package let lessons: [Lesson]
    /// What is wrong with the folder and its files, the settings and the theme.
    package let diagnostics: [Diagnostic]
    /// The folder on disk, in which the data of lessons lie, too.
    package let folder: String
    /// What the author set, in `unroll.yml` beside the folder.
    let settings: SiteSettings
    /// The templates and styles, with the author's own from `theme/` beside the folder.
    let theme: Theme

    /// Reads a folder of lessons.
    package init(at folder: String) {
        self.folder = folder
        let read = LessonFolder(at: folder)
        lessons = read.lessons
        let parent = URL(filePath: folder).standardizedFileURL.deletingLastPathComponent()
        func beside(_ name: String) -> String { parent.appending(path: name).path(percentEncoded: false) }
        let (settings, settingsTroubles) = SiteSettings.read(beside("unroll.yml"))
        let (theme, themeTroubles) = Theme.standard.overridden(byFilesIn: beside("theme"))
        self.settings = settings
        self.theme = theme
        diagnostics = read.diagnostics + settingsTroubles + themeTroubles
    }

    /// A lesson, named by its file or its slug.
    ///
    /// - Throws: `Diagnostic`: what is wrong with the lesson, or which lessons there are.
    func lesson(named name: String) throws(Diagnostic) -> Lesson {
        var slug = (name as NSString).lastPathComponent
        if slug.hasSuffix(".md") { slug.removeLast(3) }
        if let lesson = lessons.first(where: { $0.slug == slug }) { return lesson }
        if let trouble = diagnostics.first(where: { $0.location.file.hasSuffix("/\(slug).md") }) {
            throw trouble
        }
        if let trouble = diagnostics.first, lessons.isEmpty { throw trouble }
        throw Diagnostic(
            .error,
            .setup,
            at: SourceLocation(file: slug.isEmpty ? folder : "\(folder)/\(slug).md"),
            slug.isEmpty ? "no lesson is named" : "there is no such lesson",
            hint: "there are \(lessons.map(\.slug).joined(separator: ", "))"
        )
    }

    /// The site that shows these records.
    ///
    /// - Parameters:
    ///   - finished: All lessons of the course, with what they showed.
    ///   - runner: What ran them.
    /// - Throws: `Diagnostic` of kind `setup`, if there is no reference to be had.
    func site(_ finished: [FinishedLesson], by runner: LessonRunner) async throws(Diagnostic) -> Site {
        runner.sourceKit.prepare(finished.flatMap(\.lesson.displayedSwift))
        let assets = LessonAssets(besideLessonsIn: folder)
        let site = Site.render(
            settings,
            lessons: finished,
            provenance: provenance(of: runner),
            theme: theme,
            assets: assets.paths,
            symbolGraphs: try await symbolGraphs(by: runner),
            highlight: runner.sourceKit.syntaxTokens
        )
        return site.adding(assets.copies(of: site.assets))
    }

    /// The lessons whose pages or records may not be as an earlier build made them; `nil` if that may be any.
    func edited(since earlier: BuildMemory.Remainder) -> [Lesson]? {
        let edits = earlier.edits
        guard edits.isSubset(of: lessons.map(\.slug)), lessons.count == earlier.build.figures.count else {
            return nil
        }
        // A lesson may be another's data.
        return lessons.filter { lesson in
            edits.contains(lesson.slug)
                || lesson.frontMatter.data.contains { file in
                    edits.contains { file.path.hasSuffix("\($0).md") }
                }
        }
    }

    /// An earlier site with the pages of lessons that were edited; `nil` if that changes pages of others.
    func revision(
        of earlier: BuildMemory.Remainder,
        edited: [FinishedLesson],
        by runner: LessonRunner
    ) -> SiteRevision? {
        SiteRevision(
            of: earlier.site,
            earlier.build.frame,
            edited: edited,
            among: lessons,
            settings,
            provenance: provenance(of: runner),
            theme: theme,
            assets: LessonAssets(besideLessonsIn: folder).paths,
            highlight: runner.sourceKit.syntaxTokens
        )
    }

    private func provenance(of runner: LessonRunner) -> Provenance {
        Provenance(engine: "Recurrent", compiler: runner.sourceKit.compilerVersion)
    }

    /// Whether the site has a reference: in a course without cells no name leads there.
    var needsReference: Bool { settings.hasReference && lessons.contains { !$0.cells.isEmpty } }

    /// What the reference is made of; nothing without one.
    private func symbolGraphs(by runner: LessonRunner) async throws(Diagnostic) -> [SymbolGraph] {
        guard needsReference else { return [] }
        let graphs = try await runner.symbolGraphs()
        do {
            return try graphs.map { try SymbolGraph(json: $0) }
        } catch {
            let place = SourceLocation(file: folder)
            throw Diagnostic(.error, .setup, at: place, "the reference cannot be read: \(error)")
        }
    }

    /// The files of a site: pages, downloads, and the records that `check` compares with.
    func files(of site: Site, _ finished: [FinishedLesson]) -> [SiteFile] {
        site.files
            + finished.concurrentMap { SiteFile(Course.recordPath($0.lesson.slug), $0.record.json.lines) }
    }

    /// The files of a revised site, with the records of the lessons that were edited.
    func files(of revision: SiteRevision, _ edited: [FinishedLesson]) -> [SiteFile] {
        let records = Dictionary(
            uniqueKeysWithValues: edited.map {
                (
                    Course.recordPath($0.lesson.slug),
                    SiteFile(Course.recordPath($0.lesson.slug), $0.record.json.lines)
                )
            }
        )
        return revision.files.map { records[$0.path] ?? $0 }
    }

    /// All files that a build writes.
    package func files(
        _ finished: [FinishedLesson],
        by runner: LessonRunner
    ) async throws(Diagnostic) -> [SiteFile] {
        let files = files(of: try await site(finished, by: runner), finished)
        return files + [SiteFile(Manifest.path, Manifest(paths: files.map(\.path)).text)]
    }

    /// Where the record of a lesson stands in the site.
    package static func recordPath(_ slug: String) -> String { LessonPaths(slug).record }

    /// Whether a file of the site belongs to a lesson: its page, its record or one of its downloads.
    static func path(_ path: String, belongsTo slug: String) -> Bool {
        LessonPaths(slug).contains(path)
    }
}
