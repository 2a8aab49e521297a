internal import Execution
internal import Foundation
internal import Lessons
internal import LibC

/// The files that a site is made of, as they are at one moment: equal to another snapshot if no file was written,
/// replaced, added or taken away in between.
struct SourceSnapshot: Equatable {
    private var stamps: [String: FileStamp] = [:]
    /// The folders in which something can change.
    private(set) var folders: Set<String> = []

    static func == (a: SourceSnapshot, b: SourceSnapshot) -> Bool { a.stamps == b.stamps }

    /// Looks at the lessons, with the data among them, at the settings, the theme and the project's own Swift.
    ///
    /// - Parameter project: The folders of the project; that of the site is not looked at, wherever it is.
    init(of project: ProjectFolders) {
        let site = URL(filePath: project.site, directoryHint: .isDirectory).standardizedFileURL
        let root = URL(filePath: project.root, directoryHint: .isDirectory).standardizedFileURL
        folders.insert(root.path(percentEncoded: false))
        for path in [project.lessons, project.theme, project.settings] + project.swift {
            let file = URL(filePath: path).standardizedFileURL
            // A folder that is not there yet is seen when it appears.
            folders.insert(file.deletingLastPathComponent().path(percentEncoded: false))
            add(file, except: site)
        }
    }

    /// - Parameter isInner: Whether it lies in a folder that is looked at, where projects of their own are left alone.
    private mutating func add(_ file: URL, except site: URL, isInner: Bool = false) {
        let path = file.path(percentEncoded: false)
        guard let status = SourceSnapshot.status(of: path),
            file.pathComponents != site.pathComponents
        else { return }
        if SourceSnapshot.isLink(path) {
            // What it leads to may be replaced where it is.
            let target = file.resolvingSymlinksInPath().deletingLastPathComponent()
            folders.insert(target.path(percentEncoded: false))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            stamps[path] = FileStamp(of: path)
            return
        }
        guard !isInner || !LessonFolder.isForeign(path), folders.insert(path).inserted else { return }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        // What editors keep beside a file is hidden, or ends so.
        for name in names where !name.hasPrefix(".") && !name.hasSuffix("~") {
            add(file.appending(path: name), except: site, isInner: true)
        }
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
