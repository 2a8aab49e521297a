internal import Foundation
internal import Lessons
package import Pages

/// The files beside the lessons that pages may show or link: pictures, data.
package struct LessonAssets: Sendable {
    /// The paths in the folder of lessons, in order.
    package let paths: [String]
    private let folder: URL

    /// Finds the files in a folder of lessons. Lessons themselves, hidden files, and links that lead out of the
    /// folder are not among them.
    package static func find(besideLessonsIn folder: String) -> LessonAssets {
        let root = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
            .resolvingSymlinksInPath()
        let found = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
        // What lies in projects and sites of their own is theirs.
        let paths = LessonFolder.own(found).filter { path in
            guard !path.hasSuffix(".md"), !path.split(separator: "/").contains(where: { $0.hasPrefix(".") })
            else {
                return false
            }
            let file = root.appending(path: path).resolvingSymlinksInPath()
            var isFolder: ObjCBool = false
            return file.path.hasPrefix(root.path + "/")
                && FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
        return LessonAssets(paths: paths.sorted(), folder: root)
    }

    /// Returns copies of files for the site, as far as they can be read.
    package func copies(of paths: [String]) -> [SiteFile] {
        paths.compactMap { path in
            guard let contents = try? Data(contentsOf: folder.appending(path: path)) else { return nil }
            var file = SiteFile(path, Array(contents))
            file.isCopy = true
            return file
        }
    }
}
