internal import Foundation

/// A folder of lessons: the files `NN-slug.md` in it, and the folders that are parts, in the order of their numbers.
///
/// What has no number, such as `gallery.md`, comes after them in the order of the names. `index.md` comes first: it is the
/// course's front page. A part is a folder with an `index.md` of its own, which comes before its lessons.
public struct LessonFolder: Sendable {
    /// The lessons that could be read: the front page, those with a number, those without.
    public let lessons: [Lesson]
    /// The mistakes in the folder and its files, in the order of the files.
    public let diagnostics: [Diagnostic]
    /// The drafts that were left out.
    package let drafts: [Lesson]
    /// The mistakes in the drafts that were left out.
    package let draftDiagnostics: [Diagnostic]

    /// Reads all lessons of a folder.
    ///
    /// - Parameters:
    ///   - path: The folder on disk.
    ///   - name: The folder's name in diagnostics and pages, which do not depend on where it is; the last component of
    ///     its path unless given.
    ///   - withDrafts: Whether drafts are among the lessons. A part whose page is a draft is one with all its lessons.
    public static func read(at path: String, named name: String? = nil, withDrafts: Bool = false)
        -> LessonFolder
    {
        let folder = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        let name = name ?? folder.lastPathComponent
        do {
            let listing = try LessonListing.read(folder, named: name)
            var files = listing.files.concurrentMap { File.read($0, in: folder, named: name) }
            let draftParts = Set(files.filter { $0.isDraft && $0.isIndexOfPart }.map(\.part))
            for index in files.indices
            where files[index].part != nil && draftParts.contains(files[index].part) {
                files[index].beDraft()
            }
            let left = withDrafts ? [] : files.filter(\.isDraft)
            let kept = withDrafts ? files : files.filter { !$0.isDraft }
            return LessonFolder(
                lessons: kept.compactMap(\.lesson),
                diagnostics: listing.diagnostics + leftOut(left, in: name) + kept.flatMap(\.diagnostics),
                drafts: left.compactMap(\.lesson),
                draftDiagnostics: left.flatMap(\.diagnostics)
            )
        } catch {
            return LessonFolder(
                lessons: [],
                diagnostics: [unreadable(folder, named: path)],
                drafts: [],
                draftDiagnostics: []
            )
        }
    }

    /// Returns the paths of all lessons of a folder, read or not, without `.md`.
    package static func names(at path: String) -> [String] {
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        let files = (try? LessonListing.read(folder, named: ""))?.files ?? []
        return files.map { String($0.dropLast(3)) }
    }

    /// Whether a folder is a project or a site of its own, which is none of the lessons' business.
    package static func isForeign(_ path: String) -> Bool {
        FolderContents.isForeign(URL(filePath: path, directoryHint: .isDirectory))
    }

    /// Returns paths in a folder without those in projects and sites of their own.
    package static func own(_ paths: [String]) -> [String] { FolderContents.own(paths) }

    /// Returns what is said of drafts that are left out, in one line.
    private static func leftOut(_ drafts: [File], in folder: String) -> [Diagnostic] {
        guard !drafts.isEmpty else { return [] }
        let count = drafts.count == 1 ? "1 draft is" : "\(drafts.count) drafts are"
        let message = "\(count) left out: \(drafts.map(\.slug).joined(separator: ", "))"
        return [Diagnostic(.note, .file, at: SourceLocation(file: folder), message)]
    }

    private static func unreadable(_ folder: URL, named path: String) -> Diagnostic {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
        let message: String
        let hint: String
        if !exists {
            message = "there is no such folder"
            hint = "name the folder of lessons with --lessons DIR, or with lessons: in unroll.yml"
        } else if !isFolder.boolValue {
            message = "this is a file; lessons are read from a folder"
            hint = "name the folder that holds it"
        } else {
            message = "the folder cannot be read: permission denied"
            hint = "see who may read it with ls -ld"
        }
        return Diagnostic(.error, .file, at: SourceLocation(file: path), message, hint: hint)
    }
}

extension LessonFolder {
    /// A file of a lesson, as it was read.
    private struct File: Sendable {
        /// The path in the folder of lessons, without `.md`.
        let slug: String
        /// The lesson; `nil` if it could not be read.
        private(set) var lesson: Lesson?
        /// The mistakes in it.
        let diagnostics: [Diagnostic]
        /// Whether it is not ready to be read.
        private(set) var isDraft: Bool

        /// The name of the part's folder that it lies in.
        var part: String? { RelativePath.folder(of: slug) }

        /// Whether it is the page of a part.
        var isIndexOfPart: Bool { part.map { slug == "\($0)/\(Lesson.indexName)" } ?? false }

        /// Becomes a draft with the part that it is in.
        mutating func beDraft() {
            isDraft = true
            lesson?.frontMatter.isDraft = true
        }

        /// Reads a file.
        static func read(_ path: String, in folder: URL, named folderName: String) -> File {
            let file = "\(folderName)/\(path)"
            let slug = String(path.dropLast(3))
            let part = RelativePath.folder(of: path)
            let url = folder.appending(path: path)
            guard let data = try? Data(contentsOf: url) else {
                return File(slug: slug, diagnostics: [unreadable(url, named: file)], isDraft: false)
            }
            let bytes = [UInt8](data)
            let read = Lesson.read(bytes, file: file, in: part)
            let missing = read.lesson.map { missingData(of: $0, in: folder) } ?? []
            // A draft need not be right yet.
            let front =
                read.lesson?.frontMatter ?? FrontMatter.read(SourceText(bytes, file: file)).frontMatter
            return File(
                slug: slug,
                lesson: missing.isEmpty ? read.lesson : nil,
                diagnostics: read.diagnostics + missing,
                isDraft: front?.isDraft ?? false
            )
        }

        private static func unreadable(_ url: URL, named file: String) -> Diagnostic {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            let isFile = try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey])
                .isRegularFile
            let (reason, hint) =
                switch (exists, isFolder.boolValue, isFile) {
                case (_, true, _): ("it is a folder", "rename the folder: only lessons end with .md")
                case (false, _, _): ("its link leads nowhere", "remove the link, or point it at a file")
                case (_, _, false):
                    ("it is no file, but a pipe or a device", "rename it: only lessons end with .md")
                default: ("permission denied", "see who may read it with ls -l")
                }
            let message = "the lesson cannot be read: \(reason)"
            return Diagnostic(.error, .file, at: SourceLocation(file: file), message, hint: hint)
        }

        private static func missingData(of lesson: Lesson, in folder: URL) -> [Diagnostic] {
            lesson.frontMatter.data.compactMap { file in
                guard let (message, hint) = file.problem(in: folder, from: lesson.part) else { return nil }
                let line = file.location.line.map { lesson.lines[$0 - 1] }
                return Diagnostic(.error, .file, at: file.location, message, hint: hint, sourceLine: line)
            }
        }
    }
}
