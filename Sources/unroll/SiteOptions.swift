internal import ArgumentParser
internal import Foundation
internal import Lessons

/// Which lessons, and where their site is.
struct SiteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The folder of lessons (default: lessons/ of the checkout).", valueName: "dir"),
        completion: .directory
    )
    var lessons: String?

    @Option(
        help: ArgumentHelp("The folder of the site (default: site/ of the checkout).", valueName: "dir"),
        completion: .directory
    )
    var out: String?

    /// The folder of lessons.
    var lessonsFolder: String { lessons ?? SiteOptions.standard("lessons") }

    /// The folder of the site.
    var siteFolder: String { out ?? SiteOptions.standard("site") }

    /// The folder of records of earlier runs: beside that of the lessons, wherever the command was typed.
    var cacheFolder: String {
        (((lessonsFolder as NSString).standardizingPath as NSString).deletingLastPathComponent as NSString)
            .appendingPathComponent(".unroll")
    }

    /// The folder of the site, as the last line of a command names it.
    var shownSite: String { siteFolder.hasSuffix("/") ? siteFolder : "\(siteFolder)/" }

    /// A diagnostic whose file is a path from the working folder, so that a click in a terminal opens it.
    ///
    /// Lessons are called `lessons/05-sine-wave.md` wherever they are, for the same pages everywhere.
    func shown(_ diagnostic: Diagnostic) -> Diagnostic {
        let folder = URL(filePath: lessonsFolder).standardizedFileURL
        let file = diagnostic.location.file
        guard file.hasPrefix("\(folder.lastPathComponent)/") else { return diagnostic }
        var diagnostic = diagnostic
        let parent = (lessonsFolder as NSString).deletingLastPathComponent
        diagnostic.location.file = (parent as NSString).appendingPathComponent(file)
        return diagnostic
    }

    /// A lesson of the folder, named by its file or its slug.
    ///
    /// - Throws: `Diagnostic`: what is wrong with the lesson, or which lessons there are.
    func lesson(named name: String) throws(Diagnostic) -> Lesson {
        var slug = (name as NSString).lastPathComponent
        if slug.hasSuffix(".md") { slug.removeLast(3) }
        let folder = LessonFolder(at: lessonsFolder)
        if let lesson = folder.lessons.first(where: { $0.slug == slug }) { return lesson }
        if let trouble = folder.diagnostics.first(where: { $0.location.file.hasSuffix("/\(slug).md") }) {
            throw trouble
        }
        if let trouble = folder.diagnostics.first, folder.lessons.isEmpty { throw trouble }
        let names = folder.lessons.map(\.slug).joined(separator: ", ")
        throw Diagnostic(
            .error,
            .file,
            at: SourceLocation(file: "\(lessonsFolder)/\(slug).md"),
            "there is no such lesson",
            hint: "there are \(names)"
        )
    }

    /// A folder of the checkout in which the launcher stands; the tool started by itself takes the working folder.
    private static func standard(_ name: String) -> String {
        let root = ProcessInfo.processInfo.environment["UNROLL_ROOT"]
        guard let root, root != FileManager.default.currentDirectoryPath else { return name }
        return "\(root)/\(name)"
    }
}
