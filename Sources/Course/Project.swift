package import Execution
internal import Foundation
package import Lessons
package import Pages
internal import Records
internal import Serialization

/// A folder of lessons as it was read, with what its site is made of besides.
package struct Project: Sendable {
    /// The folders on disk.
    package let folders: ProjectFolders
    /// The lessons that could be read, in order.
    package let lessons: [Lesson]
    /// What is wrong with the folder and its files, the settings and the theme.
    package let diagnostics: [Diagnostic]
    /// What the author set, in `unroll.yml`.
    let settings: SiteSettings
    /// The templates and styles, with the author's own.
    let theme: Theme

    /// Reads lessons, settings and theme.
    package static func read(_ folders: ProjectFolders) -> Project {
        let read = LessonFolder.read(at: folders.lessons, named: folders.name)
        let (settings, settingsDiagnostics) = SettingsFile.read(folders.settings)
        let (theme, themeDiagnostics) = ThemeFolder.read(folders.theme)
        let isRead = !settingsDiagnostics.contains { $0.severity == .error }
        let change = isRead ? folders.warning(of: settings).map { [$0] } : nil
        return Project(
            folders: folders,
            lessons: read.lessons,
            diagnostics: settingsDiagnostics + (change ?? []) + themeDiagnostics + read.diagnostics,
            settings: settings,
            theme: theme
        )
    }

    /// Returns the lesson of that file or slug; its number alone, or its slug without it, will do.
    ///
    /// - Throws: `Diagnostic`: what is wrong with the lesson, or which lessons there are.
    package func lesson(named name: String) throws(Diagnostic) -> Lesson {
        var slug = (name as NSString).lastPathComponent
        if slug.hasSuffix(".md") { slug.removeLast(3) }
        if let lesson = lessons.first(where: { $0.slug == slug }) ?? lesson(shortly: slug) { return lesson }
        if let diagnostic = diagnostics.first(where: { $0.location.file.hasSuffix("/\(slug).md") }) {
            throw diagnostic
        }
        if let diagnostic = diagnostics.first, lessons.isEmpty { throw diagnostic }
        throw Diagnostic(
            .error,
            .setup,
            at: SourceLocation(file: slug.isEmpty ? folders.lessons : "\(folders.lessons)/\(slug).md"),
            slug.isEmpty ? "no lesson is named" : "there is no such lesson",
            hint: Spelling.hint(for: slug, among: lessons.map(\.slug), shownAs: "there are")
        )
    }

    /// The only lesson of that number, or whose slug is that after its number.
    private func lesson(shortly name: String) -> Lesson? {
        let named = lessons.filter { lesson in
            let number = lesson.slug.prefix { $0.isASCII && $0.isWholeNumber }
            guard !number.isEmpty else { return false }
            let title = lesson.slug.dropFirst(number.count).drop { $0 == "-" }
            return title == name || Int(number).map { $0 == Int(name) } == true
        }
        return named.count == 1 ? named[0] : nil
    }

    /// The project's own Swift.
    private var ownSwift: OwnSwift { settings.ownSwift(in: folders.root) }

    /// Returns a runner for the project's lessons: its own Swift is compiled, unless that was done before.
    ///
    /// - Parameters:
    ///   - runner: What runs lessons.
    ///   - log: The log that takes what is wrong with that Swift.
    /// - Throws: `Diagnostic`, where no lesson can run for that.
    package func equipped(
        _ runner: LessonRunner,
        log: inout DiagnosticLog
    ) async throws(Diagnostic) -> LessonRunner {
        if let wrong = settings.wrongSwift { throw wrong }
        let (equipped, diagnostics) = await runner.using(ownSwift)
        log.add(diagnostics)
        if let equipped { return equipped }
        let place = SourceLocation(file: ProjectFolders.settingsName)
        let unknown = Diagnostic(.error, .setup, at: place, "the project's own Swift was not compiled")
        throw diagnostics.first { $0.severity == .error } ?? unknown
    }

    /// The site's title as plain text.
    package var title: String { PlainText().words(of: settings.title.inlines) }

    /// The style of reports, in the site's theme.
    package var reportStyle: ReportStyle { ReportStyle(theme, with: settings) }

    // MARK: - The site

    /// Whether the site has a reference: in a course without cells no name leads there.
    var needsReference: Bool { settings.hasReference && lessons.contains { !$0.cells.isEmpty } }

    /// Returns the site that shows these records.
    ///
    /// - Parameters:
    ///   - finished: All lessons of the project, with what they showed.
    ///   - runner: What ran them.
    /// - Throws: `Diagnostic` of kind `setup`, if there is no reference to be had.
    func site(showing finished: [FinishedLesson], by runner: LessonRunner) async throws(Diagnostic) -> Site {
        let assets = LessonAssets.find(besideLessonsIn: folders.lessons)
        let site = Site.render(
            settings,
            lessons: finished,
            provenance: Provenance(engine: "Recurrent", compiler: runner.analysis.compilerVersion),
            theme: theme,
            assets: assets.paths,
            symbolGraphs: try await symbolGraphs(by: runner),
            highlight: runner.analysis.syntaxTokens
        )
        return site.adding(assets.copies(of: site.assets))
    }

    /// Returns what the reference is made of; nothing without one.
    private func symbolGraphs(by runner: LessonRunner) async throws(Diagnostic) -> [SymbolGraph] {
        guard needsReference else { return [] }
        let graphs = try await runner.symbolGraphs()
        do {
            return try graphs.concurrentMap { json in Result { try SymbolGraph(json: json) } }.map {
                try $0.get()
            }
        } catch {
            let location = SourceLocation(file: folders.lessons)
            throw Diagnostic(.error, .setup, at: location, "the reference cannot be read: \(error)")
        }
    }

    /// Returns the files of a site: pages, downloads, the records that `check` compares with, and the scripts of live cells.
    ///
    /// - Parameters:
    ///   - site: The pages.
    ///   - finished: The lessons.
    ///   - scripts: The scripts on the site.
    ///   - isSure: Whether those with states are to be unpacked and compared.
    func files(
        of site: Site,
        _ finished: [FinishedLesson],
        _ scripts: LiveScripts,
        isSure: Bool = false
    ) async throws(Diagnostic) -> [SiteFile] {
        try await site.files + scripts.files(with: site.states, isSure: isSure)
            + finished.concurrentMap { SiteFile($0.lesson.paths.record, $0.record.json.lines) }
            + scripts.files(of: finished)
    }

    /// Returns all files that a build writes, with their list.
    package func files(
        showing finished: [FinishedLesson],
        by runner: LessonRunner
    ) async throws(Diagnostic) -> [SiteFile] {
        let scripts = try LiveScripts.read(from: folders.site)
        let files = try await files(of: try await site(showing: finished, by: runner), finished, scripts)
        return files + [SiteFile(Manifest.path, Manifest(paths: files.map(\.path)).text)]
    }
}

extension SiteSettings {
    /// Returns what the settings say of the project's own Swift.
    ///
    /// - Parameter root: The project's folder.
    func ownSwift(in root: String) -> OwnSwift {
        OwnSwift(root: root, sources: sources, package: package, usesEngine: usesEngine)
    }
}
