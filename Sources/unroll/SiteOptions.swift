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

    /// Refuses a site among its lessons, which a browser would list and a watcher take for an edit.
    func validate() throws {
        let folders = [lessonsFolder, siteFolder].map {
            URL(filePath: $0).standardizedFileURL.resolvingSymlinksInPath().pathComponents
        }
        guard folders[0] != folders[1] else {
            throw ValidationError("'\(siteFolder)' holds the lessons; name another folder with --out")
        }
    }

    /// The folder of lessons.
    var lessonsFolder: String { lessons ?? SiteOptions.standard("lessons") }

    /// The folder of the site.
    var siteFolder: String { out ?? SiteOptions.standard("site") }

    /// The folder of records of earlier runs: beside that of the lessons, wherever the command was typed.
    var cacheFolder: String {
        URL(filePath: lessonsFolder).standardizedFileURL.deletingLastPathComponent()
            .appending(path: ".unroll").path(percentEncoded: false)
    }

    /// The folder of the site, as the last line of a command names it.
    var shownSite: String { siteFolder.hasSuffix("/") ? siteFolder : "\(siteFolder)/" }

    /// A diagnostic whose file is a path from the working folder, so that a click in a terminal opens it.
    func shown(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        diagnostic.location.file = shown(file: diagnostic.location.file)
        return diagnostic
    }

    /// The path from the working folder to a lesson's file.
    ///
    /// Lessons are called `lessons/05-sine-wave.md` wherever they are, for the same pages everywhere.
    func shown(file: String) -> String {
        let folder = URL(filePath: lessonsFolder).standardizedFileURL
        guard file.hasPrefix("\(folder.lastPathComponent)/") else { return file }
        let name = file.dropFirst(folder.lastPathComponent.utf8.count + 1)
        var path = lessonsFolder
        while path.hasPrefix("./") { path.removeFirst(2) }
        while path.hasSuffix("/") { path.removeLast() }
        return path.isEmpty || path == "." ? String(name) : "\(path)/\(name)"
    }

    /// A folder of the checkout in which the launcher stands; the tool started by itself takes the working folder.
    static func standard(_ name: String) -> String {
        let root = ProcessInfo.processInfo.environment["UNROLL_ROOT"]
        guard let root, root != FileManager.default.currentDirectoryPath else { return name }
        return "\(root)/\(name)"
    }
}
