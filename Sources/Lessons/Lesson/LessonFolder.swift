internal import Foundation

/// A folder of lessons: the files `NN-slug.md` in it, in the order of their numbers.
///
/// Files without a number, such as `gallery.md`, come after them in the order of their names. `index.md` comes first:
/// it is the course's front page.
public struct LessonFolder: Sendable {
    /// The lessons that could be read: the front page, those with a number, those without.
    public let lessons: [Lesson]
    /// The mistakes in the folder and its files, in the order of the files.
    public let diagnostics: [Diagnostic]

    /// Reads all lessons of a folder.
    ///
    /// - Parameters:
    ///   - path: The folder on disk.
    ///   - name: The folder's name in diagnostics and pages, which do not depend on where it is; the last component of
    ///     its path unless given.
    public static func read(at path: String, named name: String? = nil) -> LessonFolder {
        let folder = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        let name = name ?? folder.lastPathComponent
        do {
            let (files, others) = try files(in: folder)
            let read = files.concurrentMap { LessonFolder.read($0, in: folder, named: name) }
            let unread = unread(others + strayFolders(in: folder), in: name)
            return LessonFolder(
                lessons: read.compactMap(\.lesson),
                diagnostics: unread + misnumbered(files, in: name) + read.flatMap(\.diagnostics)
            )
        } catch {
            return LessonFolder(lessons: [], diagnostics: [unreadable(folder, named: path)])
        }
    }

    /// The names of files for readers of the repository.
    private static let notes = [
        "readme", "license", "contributing", "changelog", "code_of_conduct", "security",
    ]

    /// Whether a file is one of those that repositories have, whose names begin with a capital, as no lesson's does.
    private static func isNote(_ name: String) -> Bool {
        let stem = name.prefix { $0 != "." }
        return notes.contains(stem.lowercased()) && stem.first?.isUppercase == true
    }

    /// The names of the lessons, in the order in which they are read, and of the Markdown files that are not: those that
    /// repositories have, and those with a name that no lesson has. Hidden ones are left out.
    private static func files(in folder: URL) throws -> (lessons: [String], others: [String]) {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { name in
            let ending = name.lowercased()
            return !name.hasPrefix(".") && (ending.hasSuffix(".md") || ending.hasSuffix(".markdown"))
        }
        let lessons = names.filter { !isNote($0) && legalized($0) == $0 }
        let others = Set(names).subtracting(lessons).sorted()
        return (lessons.map { (rank(of: $0), $0) }.sorted(by: <).map(\.1), others)
    }

    /// The names of folders, with a slash at their ends, in which files lie that would be lessons here. A folder that is a
    /// site or a project of its own is none of them.
    private static func strayFolders(in folder: URL) -> [String] {
        let files = FileManager.default
        let endings = [".md", "/unroll-files.txt", "/unroll.yml"]
        let names = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") }.compactMap { name in
            let inner = (try? files.subpathsOfDirectory(atPath: folder.appending(path: name).path)) ?? []
            let paths = inner.map { "/" + $0 }
            var hasLesson = false
            // Most files are data, and there may be very many.
            for path in paths where endings.contains(where: path.hasSuffix) {
                let parts = path.split(separator: "/").map(String.init)
                guard let name = parts.last, !parts.contains(where: { $0.hasPrefix(".") }) else { continue }
                if !name.hasSuffix(".md") { return nil }
                let isLesson = name == "\(Lesson.frontSlug).md" || number(of: name) != nil
                hasLesson = hasLesson || isLesson && legalized(name) == name
            }
            return hasLesson ? "\(name)/" : nil
        }
    }

    private static func rank(of name: String) -> Int {
        name == "\(Lesson.frontSlug).md" ? -1 : number(of: name) ?? .max
    }

    private static func number(of name: String) -> Int? {
        Int(name.prefix { $0.isASCII && $0.isNumber })
    }

    private static func read(
        _ name: String,
        in folder: URL,
        named folderName: String
    ) -> (lesson: Lesson?, diagnostics: [Diagnostic]) {
        let file = "\(folderName)/\(name)"
        let url = folder.appending(path: name)
        do {
            let read = Lesson.read([UInt8](try Data(contentsOf: url)), file: file)
            let missing = read.lesson.map { missingData(of: $0, in: folder) } ?? []
            return (missing.isEmpty ? read.lesson : nil, read.diagnostics + missing)
        } catch {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            let reason =
                isFolder.boolValue
                ? "it is a folder" : exists ? "permission denied" : "its link leads nowhere"
            let message = "the lesson cannot be read: \(reason)"
            let hint =
                isFolder.boolValue
                ? "rename the folder: only lessons end with .md"
                : exists ? "see who may read it with ls -l" : "remove the link, or point it at a file"
            return (nil, [Diagnostic(.error, .file, at: SourceLocation(file: file), message, hint: hint)])
        }
    }
}

// MARK: - Mistakes

extension LessonFolder {
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

    private static func missingData(of lesson: Lesson, in folder: URL) -> [Diagnostic] {
        lesson.frontMatter.data.compactMap { file in
            guard let (message, hint) = file.problem(in: folder) else { return nil }
            let line = file.location.line.map { lesson.lines[$0 - 1] }
            return Diagnostic(.error, .file, at: file.location, message, hint: hint, sourceLine: line)
        }
    }

    /// Returns what is said of files and folders that are not read: a note of those that repositories have, a warning where
    /// one looks like a lesson.
    private static func unread(_ names: [String], in folder: String) -> [Diagnostic] {
        guard !names.isEmpty else { return [] }
        let file = names.first { !$0.hasSuffix("/") && !isNote($0) }
        let hint: String?
        if let file, let better = legalized(file) {
            hint =
                "rename \(file), to \(better), say: a lesson's name is words of a–z and 0–9 joined by -, the first a "
                + "number of two digits or more unless it stands outside the order, then .md"
        } else {
            hint =
                names.contains { $0.hasSuffix("/") }
                ? "lessons stand in the folder itself: move them there" : nil
        }
        let location = SourceLocation(file: folder)
        let message = "not read: \(names.joined(separator: ", "))"
        return [Diagnostic(hint == nil ? .note : .warning, .file, at: location, message, hint: hint)]
    }

    private static func misnumbered(_ files: [String], in folder: String) -> [Diagnostic] {
        guard !files.isEmpty else {
            let message = "the folder holds no lesson"
            let hint = "a lesson is a file such as 01-first-steps.md"
            return [Diagnostic(.error, .file, at: SourceLocation(file: folder), message, hint: hint)]
        }
        var taken: [Int: String] = [:]
        return files.compactMap { name in
            let location = SourceLocation(file: "\(folder)/\(name)")
            guard let number = number(of: name) else { return nil }
            guard let other = taken[number] else {
                taken[number] = name
                return nil
            }
            let message = "\(name) and \(other) have the same number, so their order is not clear"
            return Diagnostic(
                .error,
                .file,
                at: location,
                message,
                hint: "give each lesson a number of its own"
            )
        }
    }

    /// The nearest legal name of a lesson's file.
    private static func legalized(_ name: String) -> String? {
        let stem = CellName.legalized(name.split(separator: ".").dropLast().joined(separator: "-"))
        let digits = stem.prefix { $0.isNumber }
        let words = stem.dropFirst(digits.count).drop { $0 == "-" }
        if digits.isEmpty { return "\(words.isEmpty ? "lesson" : String(words)).md" }
        let number = digits.count == 1 ? "0\(digits)" : String(digits)
        return "\(number)-\(words.isEmpty ? "lesson" : String(words)).md"
    }
}
