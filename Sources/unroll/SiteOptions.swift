internal import ArgumentParser
internal import Foundation
internal import Lessons
internal import Pages

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

    /// Refuses a folder in which the site's files would be taken for what they are made from.
    func validate() throws {
        guard out != "", lessons != "" else {
            throw ValidationError("--lessons and --out take the path of a folder, such as --out site")
        }
        let site = SiteFolder.resolvedParts(of: siteFolder)
        guard site != SiteFolder.resolvedParts(of: lessonsFolder),
            !SiteOptions.isSame(siteFolder, lessonsFolder)
        else {
            throw ValidationError("'\(siteFolder)' holds the lessons; name another folder with --out")
        }
        for (folder, what) in [(beside("theme"), "the theme"), (cacheFolder, "what earlier builds learned")] {
            guard !site.starts(with: SiteFolder.resolvedParts(of: folder)) else {
                throw ValidationError("'\(siteFolder)' is for \(what); name another folder with --out")
            }
        }
    }

    /// Whether two paths lead to one folder, as they may on a disk that does not distinguish cases.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        func identity(_ path: String) -> [Int]? {
            let path = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let numbers = [attributes?[.systemNumber], attributes?[.systemFileNumber]].compactMap {
                $0 as? Int
            }
            return numbers.count == 2 ? numbers : nil
        }
        return identity(a).map { $0 == identity(b) } ?? false
    }

    /// The folder of lessons.
    var lessonsFolder: String { lessons ?? SiteOptions.standard("lessons") }

    /// The folder of the site.
    var siteFolder: String { out ?? SiteOptions.standard("site") }

    /// The folder of records of earlier runs: beside that of the lessons, wherever the command was typed.
    var cacheFolder: String { beside(".unroll") }

    /// What the site is made from, which no file of the site may replace where it lies in the site's folder.
    var sources: [String] { [lessonsFolder, beside("theme"), beside("unroll.yml"), cacheFolder] }

    private func beside(_ name: String) -> String {
        URL(filePath: lessonsFolder).standardizedFileURL.deletingLastPathComponent()
            .appending(path: name).path(percentEncoded: false)
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
