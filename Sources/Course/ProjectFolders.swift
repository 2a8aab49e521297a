internal import Foundation
package import Lessons
internal import Pages

/// The folders of a project on disk: its lessons, its site, and what lies beside the lessons for both.
package struct ProjectFolders: Sendable, Hashable {
    /// The path of the folder of lessons.
    package let lessons: String
    /// The path of the folder of the site.
    package let site: String

    /// Names the folders, neither of which need exist.
    package init(lessons: String, site: String) {
        self.lessons = lessons
        self.site = site
    }

    /// The path of the folder of templates and styles.
    package var theme: String { beside("theme") }

    /// The path of the file of settings.
    package var settings: String { beside("unroll.yml") }

    /// The path of the folder of what is cached.
    package var cache: String { beside(".unroll") }

    /// The paths of all that the site is made from, which no file of the site may replace where it lies in the site's
    /// folder.
    var sources: [String] { [lessons, theme, settings, cache] }

    private func beside(_ name: String) -> String {
        URL(filePath: lessons).standardizedFileURL.deletingLastPathComponent()
            .appending(path: name).path(percentEncoded: false)
    }

    /// The reason why the site cannot lie where it is to: its files would be taken for what they are made from; `nil` if
    /// it can.
    package var conflict: String? {
        let parts = SiteFolder.resolvedParts(of: site)
        guard parts != SiteFolder.resolvedParts(of: lessons), !isSameFolder else {
            return "'\(site)' holds the lessons; name another folder with --out"
        }
        for (folder, purpose) in [(theme, "the theme"), (cache, "what earlier builds learned")] {
            guard !parts.starts(with: SiteFolder.resolvedParts(of: folder)) else {
                return "'\(site)' is for \(purpose); name another folder with --out"
            }
        }
        return nil
    }

    /// Whether both paths lead to one folder, as they may on a disk that does not distinguish cases.
    private var isSameFolder: Bool {
        func identity(_ path: String) -> [Int]? {
            let path = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let numbers = [attributes?[.systemNumber], attributes?[.systemFileNumber]].compactMap {
                $0 as? Int
            }
            return numbers.count == 2 ? numbers : nil
        }
        return identity(site).map { $0 == identity(lessons) } ?? false
    }

    // MARK: - Paths that people see

    /// The path of the site's folder, with a slash at the end.
    package var shownSite: String { site.hasSuffix("/") ? site : "\(site)/" }

    /// A diagnostic whose file is a path from the working folder, so that a click in a terminal opens it.
    package func shown(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        diagnostic.location.file = shown(file: diagnostic.location.file)
        return diagnostic
    }

    /// The path from the working folder to a lesson's file.
    ///
    /// Lessons are called `lessons/05-sine-wave.md` wherever they are, for the same pages everywhere.
    package func shown(file: String) -> String {
        let folder = URL(filePath: lessons).standardizedFileURL
        guard file.hasPrefix("\(folder.lastPathComponent)/") else { return file }
        let name = file.dropFirst(folder.lastPathComponent.utf8.count + 1)
        var path = lessons
        while path.hasPrefix("./") { path.removeFirst(2) }
        while path.hasSuffix("/") { path.removeLast() }
        return path.isEmpty || path == "." ? String(name) : "\(path)/\(name)"
    }
}
