internal import Course
internal import Foundation
internal import Lessons
internal import Testing

/// What a project reads besides its lessons: `unroll.yml` and the folder `theme`.
@Suite("Settings and theme of a project") struct ThemeFolderTests {
    /// What is said of a project with these files beside its folder of lessons.
    private func complaints(_ files: [String: [UInt8]]) throws -> [Diagnostic] {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "unroll project \(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: root) }
        let lesson = Array("---\ntitle: A\n---\n\nText.\n".utf8)
        for (path, bytes) in files.merging(["lessons/01-a.md": lesson], uniquingKeysWith: { $1 }) {
            let place = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: place)
        }
        let folders = ProjectFolders(
            lessons: root.appending(path: "lessons").path(percentEncoded: false),
            site: root.appending(path: "site").path(percentEncoded: false)
        )
        return Project.read(folders).diagnostics
    }

    @Test("need not be there") func nothing() throws {
        #expect(try complaints([:]) == [])
    }

    @Test("are read, hidden files are not") func read() throws {
        #expect(
            try complaints(["theme/.DS_Store": [0xFF], "theme/footer.mustache": Array("<p>".utf8)]) == []
        )
        let found = try complaints([
            "unroll.yml": Array("titel: x\n".utf8), "theme/leson.mustache": Array("x".utf8),
        ])
        #expect(
            found.map(\.message) == ["unknown setting 'titel'", "the theme has no file 'leson.mustache'"]
        )
    }

    @Test("must be UTF-8 text, the theme in a folder") func unreadable() throws {
        let found = try complaints(["unroll.yml": [0xFF], "theme/footer.mustache": [0xFF]])
        #expect(
            found.map(\.message) == ["the settings cannot be read as UTF-8 text", "this is not UTF-8 text"]
        )
        #expect(found.map(\.location.file) == ["unroll.yml", "theme/footer.mustache"])
        #expect(
            try complaints(["theme": []]).map(\.message) == ["the theme must be a folder that can be read"]
        )
    }
}
