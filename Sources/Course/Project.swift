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
    /// The drafts, which are left out of the lessons.
    package let drafts: [Lesson]
    /// What is wrong with drafts that are left out.
    private let draftDiagnostics: [Diagnostic]
    /// What the author set, in `unroll.yml`.
    let settings: SiteSettings
    /// The templates and styles, with the author's own.
    let theme: Theme

    /// Reads lessons, settings and theme.
    ///
    /// - Parameter withDrafts: Whether drafts are among the lessons.
    package static func read(_ folders: ProjectFolders, withDrafts: Bool = false) -> Project {
        let read = LessonFolder.read(at: folders.lessons, named: folders.name, withDrafts: withDrafts)
        let (settings, settingsDiagnostics) = SettingsFile.read(folders.settings)
        let (theme, themeDiagnostics) = ThemeFolder.read(folders.theme)
        let isRead = !settingsDiagnostics.contains { $0.severity == .error }
        let change = isRead ? folders.warning(of: settings).map { [$0] } : nil
        return Project(
            folders: folders,
            lessons: read.lessons,
            diagnostics: settingsDiagnostics + (change ?? []) + themeDiagnostics + read.diagnostics,
            drafts: read.drafts,
            draftDiagnostics: read.draftDiagnostics,
            settings: settings,
            theme: theme
        )
    }

    /// The project without the drafts among its lessons, as it is published.
    var published: Project {
        let drafts = lessons.filter(\.frontMatter.isDraft)
        let files = Set(drafts.map(\.file))
        return Project(
            folders: folders,
            lessons: lessons.filter { !files.contains($0.file) },
            diagnostics: diagnostics.filter { !files.contains($0.location.file) },
            drafts: self.drafts + drafts,
            draftDiagnostics: draftDiagnostics,
            settings: settings,
            theme: theme
        )
    }

    /// Returns the lesson of that file or slug, or the draft; its number alone, or its name without it or without its part,
    /// will do where only one is meant.
    ///
    /// - Throws: `Diagnostic`: what is wrong with the lesson, or which lessons there are.
    package func lesson(named name: String) throws(Diagnostic) -> Lesson {
        var parts = name.split(separator: "/").map(String.init)
        if let last = parts.last, last.hasSuffix(".md") { parts[parts.count - 1] = String(last.dropLast(3)) }
        let found = lessons(named: parts)
        if found.count == 1 { return found[0] }
        let slug = parts.suffix(2).joined(separator: "/")
        guard found.isEmpty else {
            throw Diagnostic(
                .error,
                .setup,
                at: SourceLocation(file: folders.lessons),
                "'\(name)' may mean \(found.count) lessons",
                hint: "write \(found.map(\.slug).joined(separator: " or "))"
            )
        }
        let suffixes = [parts.suffix(2), parts.suffix(1)].map { "/\($0.joined(separator: "/")).md" }
        for suffix in suffixes {
            let broken = (diagnostics + draftDiagnostics).first { $0.location.file.hasSuffix(suffix) }
            if let broken { throw broken }
        }
        if let diagnostic = diagnostics.first, lessons.isEmpty { throw diagnostic }
        let known = (lessons + drafts).map(\.slug)
        let unknown =
            parts.count > 1 && known.contains { $0.hasPrefix("\(parts[parts.count - 2])/") }
            ? slug : parts.last ?? ""
        throw Diagnostic(
            .error,
            .setup,
            at: SourceLocation(file: unknown.isEmpty ? folders.lessons : "\(folders.lessons)/\(unknown).md"),
            unknown.isEmpty ? "no lesson is named" : "there is no such lesson",
            hint: Spelling.hint(for: unknown, among: known, shownAs: "there are")
        )
    }

    /// The lessons and drafts that a name may mean, of which the last parts are a lesson's, or a part's and a lesson's.
    private func lessons(named name: [String]) -> [Lesson] {
        let all = lessons + drafts
        guard let last = name.last else { return [] }
        let part = name.dropLast().last.flatMap { name in
            all.first { $0.part == name }?.part
                ?? all.first { $0.part.map { LessonName($0).isMeant(by: name) } ?? false }?.part
        }
        if let part {
            let inner = all.filter { $0.part == part }
            let exact = inner.filter { $0.name == last }
            return exact.isEmpty ? inner.filter { LessonName($0.name).isMeant(by: last) } : exact
        }
        // The name of a part means its page.
        let top = all.filter { $0.part == nil || $0.isPart }
        let exact = top.filter { ($0.isPart ? $0.part : $0.name) == last }
        let short = top.filter { LessonName($0.part ?? $0.name).isMeant(by: last) }
        if let found = [exact, short].first(where: { !$0.isEmpty }) { return found }
        // What stands before it is no part, but the folder of lessons, or the way there.
        guard name.count == 1 else { return [] }
        let inner = all.filter { $0.part != nil && !$0.isPart }
        let named = inner.filter { $0.name == last }
        return named.isEmpty ? inner.filter { LessonName($0.name).isMeant(by: last) } : named
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
            drafts: drafts,
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

/// The name of a lesson or of a part's folder, such as `05-sine-wave`: a number and words.
private struct LessonName {
    private let name: String

    init(_ name: String) { self.name = name }

    /// Whether a short form is of this name: its number alone, or its words.
    func isMeant(by short: String) -> Bool {
        let number = name.prefix { $0.isASCII && $0.isWholeNumber }
        guard !number.isEmpty else { return false }
        let words = name.dropFirst(number.count).drop { $0 == "-" }
        return words == short || Int(number).map { $0 == Int(short) } == true
    }
}
