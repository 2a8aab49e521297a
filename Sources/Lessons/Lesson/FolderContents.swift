internal import Foundation

/// The names in a folder of lessons or of a part, sorted by what they are. Hidden ones are left out.
struct FolderContents {
    /// The names of the lessons, such as `05-sine-wave.md`.
    private(set) var lessons: [String] = []
    /// The names of Markdown files that are no lessons: those that repositories have, and those with a name that no lesson
    /// has.
    private(set) var others: [String] = []
    /// The names of folders.
    private(set) var folders: [String] = []

    /// Lists a folder.
    static func list(_ folder: URL) throws -> FolderContents {
        var contents = FolderContents()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let ending = name.lowercased()
            var isFolder: ObjCBool = false
            if name.hasPrefix(".") {
                continue
            } else if ending.hasSuffix(".md") || ending.hasSuffix(".markdown") {
                let isLesson = !isNote(name) && legalized(name) == name
                if isLesson { contents.lessons.append(name) } else { contents.others.append(name) }
            } else if FileManager.default.fileExists(
                atPath: folder.appending(path: name).path,
                isDirectory: &isFolder
            ), isFolder.boolValue {
                contents.folders.append(name)
            }
        }
        return contents
    }

    /// Whether the folder has a page of its own, as a course or a part has.
    var hasIndex: Bool { lessons.contains(FolderContents.index) }

    /// The name of the page of a course or of a part.
    static let index = "\(Lesson.indexName).md"

    /// The files by which a folder is known for a project or a site of its own, which is none of the lessons' business.
    private static let marks = ["unroll.yml", "unroll-files.txt"]

    /// Whether a folder is a project or a site of its own.
    static func isForeign(_ folder: URL) -> Bool {
        marks.contains { FileManager.default.fileExists(atPath: folder.appending(path: $0).path) }
    }

    /// Returns paths in a folder without those in projects and sites of their own.
    static func own(_ paths: [String]) -> [String] {
        // Most files are data, and there may be very many.
        let marked = paths.filter { path in marks.contains { path.hasSuffix("/" + $0) } }
        let foreign = Set(marked.compactMap(RelativePath.folder))
        guard !foreign.isEmpty else { return paths }
        return paths.filter { path in
            var folder = path
            while true {
                if foreign.contains(folder) { return false }
                guard let outer = RelativePath.folder(of: folder) else { return true }
                folder = outer
            }
        }
    }

    // MARK: - Names

    /// The order of a lesson or of a part: the page of its folder, those with a number, those without.
    static func rank(of name: String) -> Int {
        name == index ? -1 : number(of: name) ?? .max
    }

    /// The number that a name begins with.
    static func number(of name: String) -> Int? {
        Int(name.prefix { $0.isASCII && $0.isNumber })
    }

    /// The names of files for readers of the repository.
    private static let notes = [
        "readme", "license", "contributing", "changelog", "code_of_conduct", "security",
    ]

    /// Whether a file is one of those that repositories have, whose names begin with a capital, as no lesson's does.
    static func isNote(_ name: String) -> Bool {
        let stem = name.prefix { $0 != "." }
        return notes.contains(stem.lowercased()) && stem.first?.isUppercase == true
    }

    /// The nearest legal name of a lesson's file.
    static func legalized(_ name: String) -> String? {
        let stem = CellName.legalized(name.split(separator: ".").dropLast().joined(separator: "-"))
        let digits = stem.prefix { $0.isNumber }
        let words = stem.dropFirst(digits.count).drop { $0 == "-" }
        if digits.isEmpty { return "\(words.isEmpty ? "lesson" : String(words)).md" }
        let number = digits.count == 1 ? "0\(digits)" : String(digits)
        return "\(number)-\(words.isEmpty ? "lesson" : String(words)).md"
    }

    /// The nearest legal name of a part's folder.
    static func legalizedPart(_ name: String) -> String {
        let legal = CellName.legalized(name)
        return legal.isEmpty ? "part" : legal
    }
}
