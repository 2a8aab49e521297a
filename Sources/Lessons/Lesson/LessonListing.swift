internal import Foundation

/// The files of a folder of lessons, in the order in which they are read, and what is said of the others.
struct LessonListing {
    /// The paths of the lessons in the folder.
    private(set) var files: [String] = []
    /// The mistakes in names and numbers.
    private(set) var diagnostics: [Diagnostic] = []

    /// Lists a folder and its parts.
    static func read(_ folder: URL, named name: String) throws -> LessonListing {
        var listing = LessonListing()
        let top = try FolderContents.list(folder)
        var parts: [String: FolderContents] = [:]
        var misnamed: [String] = []
        var strays: [Diagnostic] = []
        for inner in top.folders where !FolderContents.isForeign(folder.appending(path: inner)) {
            let url = folder.appending(path: inner)
            guard let contents = try? FolderContents.list(url) else { continue }
            if !contents.hasIndex {
                stray(inner, in: name, holding: contents, at: url).map { strays.append($0) }
            } else if FolderContents.legalizedPart(inner) == inner {
                parts[inner] = contents
            } else {
                misnamed.append("\(inner)/")
            }
        }
        listing.report(top.others + misnamed, in: name)
        listing.diagnostics += strays
        listing.checkNumbers(top.lessons + parts.keys.map { "\($0)/" }, in: name)
        listing.add(top.lessons + parts.keys, parts, of: folder, named: name)
        return listing
    }

    /// Adds lessons and parts, each part with its lessons.
    private mutating func add(
        _ names: [String],
        _ parts: [String: FolderContents],
        of folder: URL,
        named name: String
    ) {
        if names.isEmpty {
            let place = SourceLocation(file: name)
            let hint = "a lesson is a file such as 01-first-steps.md"
            diagnostics.append(
                Diagnostic(.error, .file, at: place, "the folder holds no lesson", hint: hint)
            )
        }
        for entry in LessonListing.ordered(names) {
            guard let part = parts[entry] else {
                files.append(entry)
                continue
            }
            let url = folder.appending(path: entry)
            let deep = part.folders.filter { FolderContents.holdsLessons(url.appending(path: $0)) }
            report(part.others + deep.map { "\($0)/" }, in: "\(name)/\(entry)", isPart: true)
            checkNumbers(part.lessons, in: "\(name)/\(entry)")
            files += LessonListing.ordered(part.lessons).map { "\(entry)/\($0)" }
        }
    }

    /// Returns names in the order in which lessons and parts follow each other.
    private static func ordered(_ names: [String]) -> [String] {
        names.map { (FolderContents.rank(of: $0), $0) }.sorted(by: <).map(\.1)
    }

    /// Reports files and folders that are not read, in one line: a note of those that repositories have, a warning
    /// where one looks like a lesson or a part.
    private mutating func report(_ unread: [String], in folder: String, isPart: Bool = false) {
        guard !unread.isEmpty else { return }
        let names = unread.sorted()
        let hint: String?
        let renamings = names.filter { !$0.hasSuffix("/") && !FolderContents.isNote($0) }.compactMap { file in
            FolderContents.legalized(file).map { "\(file), to \($0)" }
        }
        if !renamings.isEmpty {
            hint =
                "rename \(LessonListing.some(renamings)), say: a lesson's name is words of a–z and 0–9 joined by -, "
                + "the first a number of two digits or more unless it stands outside the order, then .md"
        } else if let inner = names.first(where: { $0.hasSuffix("/") }) {
            let renamings = names.filter { $0.hasSuffix("/") }.map { inner in
                "\(inner), to \(FolderContents.legalizedPart(String(inner.dropLast())))/"
            }
            hint =
                isPart
                ? "a part holds no further parts: move the lessons up, or \(inner) beside the other parts"
                : "rename \(LessonListing.some(renamings)), say: a part's name is words of a–z and 0–9 joined by -"
        } else {
            hint = nil
        }
        let location = SourceLocation(file: folder)
        let message = "not read: \(names.joined(separator: ", "))"
        diagnostics.append(
            Diagnostic(hint == nil ? .note : .warning, .file, at: location, message, hint: hint)
        )
    }

    /// The first of many remedies, in one text.
    private static func some(_ remedies: [String]) -> String {
        remedies.prefix(4).joined(separator: "; ") + (remedies.count > 4 ? "; and so on" : "")
    }

    /// Returns what is said of a folder that is no part: a warning where it seems to hold lessons, a note where it holds
    /// other Markdown; `nil` for a folder of data.
    private static func stray(
        _ folder: String,
        in name: String,
        holding contents: FolderContents,
        at url: URL
    ) -> Diagnostic? {
        let place = SourceLocation(file: "\(name)/\(folder)")
        let message = "not read: this folder is no part, for it has no index.md"
        guard FolderContents.holdsLessons(url) else {
            return contents.lessons.isEmpty ? nil : Diagnostic(.note, .file, at: place, message)
        }
        let legal = FolderContents.legalizedPart(folder)
        let remedy = "./unroll new \(legal)/\(Lesson.indexName) begins its page"
        let hint = legal == folder ? remedy : "rename it, to \(legal), say; then \(remedy)"
        return Diagnostic(.warning, .file, at: place, message, hint: hint)
    }

    private mutating func checkNumbers(_ names: [String], in folder: String) {
        var taken: [Int: String] = [:]
        for name in names.sorted() {
            guard let number = FolderContents.number(of: name) else { continue }
            guard let other = taken[number] else {
                taken[number] = name
                continue
            }
            let file = name.hasSuffix("/") ? String(name.dropLast()) : name
            diagnostics.append(
                Diagnostic(
                    .error,
                    .file,
                    at: SourceLocation(file: "\(folder)/\(file)"),
                    "\(name) and \(other) have the same number, so their order is not clear",
                    hint:
                        "give each \((name + other).contains("/") ? "lesson and part" : "lesson") a number of its own"
                )
            )
        }
    }
}

extension FolderContents {
    /// Whether files lie in a folder, at any depth, that have numbers as lessons have, or are the page of a part; what is hidden
    /// or foreign does not count.
    fileprivate static func holdsLessons(_ folder: URL) -> Bool {
        guard !isForeign(folder) else { return false }
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        // Most files are data, and there may be very many.
        let marks = [".md", "/unroll.yml", "/unroll-files.txt"]
        return own(paths.filter { path in marks.contains(where: path.hasSuffix) }).contains { path in
            let parts = path.split(separator: "/").map(String.init)
            guard let name = parts.last, name.hasSuffix(".md"), !parts.contains(where: { $0.hasPrefix(".") })
            else { return false }
            return (name == index || number(of: name) != nil) && legalized(name) == name
        }
    }
}
