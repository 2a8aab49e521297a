internal import Course
internal import Foundation
internal import Lessons
internal import Pages
internal import Testing

@Suite("A project to begin with") struct ProjectScaffoldTests {
    private func text(_ path: String, of scaffold: ProjectScaffold) throws -> String {
        try #require(scaffold.files.first { $0.path == path }).text
    }

    /// Runs a test in a new folder.
    private func inFolder(_ body: (URL, String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "unroll \(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder, folder.path(percentEncoded: false))
    }

    @Test("has every setting, and each is right as it stands")
    func settings() throws {
        let text = try text("unroll.yml", of: ProjectScaffold(named: "x"))
        let set = text.replacing(/(?m)^# (?=[a-zA-Z]+: \S)/, with: "")
        for key in SiteSettings.keys { #expect(set.contains("\n\(key): "), "\(key)") }
        #expect(SiteSettings.parse(set).1 == [])
        let (settings, diagnostics) = SiteSettings.parse(text)
        #expect(diagnostics == [])
        var plain = SiteSettings(title: "X")
        plain.outLocation = settings.outLocation
        #expect(settings == plain, "what is not commented out is what holds without it")
    }

    @Test(
        "takes its title from its folder, where that has words",
        arguments: [
            ("my-course", "My course"), ("über_uns", "Über uns"), ("a: [b]", "My course"), ("", "My course"),
            ("2026", "My course"), ("/", "My course"),
        ]
    )
    func title(name: String, title: String) throws {
        let text = try text("unroll.yml", of: ProjectScaffold(named: name))
        #expect(text.contains("\ntitle: \(title)\n"))
    }

    @Test(
        "has a workflow that clones Unroll from where anybody can",
        arguments: [
            ("https://github.com/o/unroll.git", "https://github.com/o/unroll.git"),
            ("https://user:token@example.org:8443/a/unroll", "https://example.org:8443/a/unroll"),
            ("git@github.com:o/unroll.git", "https://github.com/o/unroll.git"),
            ("ssh://git@example.org/o/unroll.git", "https://example.org/o/unroll.git"),
            ("/home/me/unroll", nil), ("file:///home/me/unroll", nil), ("https://a.b/$(rm -rf)", nil),
            (nil, nil),
        ] as [(String?, String?)]
    )
    func origin(address: String?, shown: String?) throws {
        let scaffold = ProjectScaffold(named: "x", address: address, revision: "0123abc")
        let text = try text(ProjectScaffold.workflowPath, of: scaffold)
        #expect(text.contains("UNROLL: \(shown ?? "https://github.com/OWNER/unroll.git")\n"))
        #expect(text.contains("REVISION: \(shown == nil ? "main" : "0123abc")\n"))
        #expect(scaffold.hasUnknownAddress == (shown == nil))
    }

    @Test("overwrites nothing, and says what it left")
    func kept() throws {
        try inFolder { folder, path throws in
            let scaffold = ProjectScaffold(named: "x")
            let own = folder.appending(path: ".gitignore")
            try Data("mine".utf8).write(to: own)
            try FileManager.default.createDirectory(
                at: folder.appending(path: "lessons"),
                withIntermediateDirectories: false
            )
            try Data("mine".utf8).write(to: folder.appending(path: "lessons/01-mine.md"))
            let outcome = try scaffold.write(to: path)
            #expect(outcome.kept == ["lessons/", ".gitignore"])
            #expect(outcome.written == [ProjectScaffold.workflowPath, "unroll.yml"])
            #expect(try String(contentsOf: own, encoding: .utf8) == "mine")
            let error = #expect(throws: Diagnostic.self) { try scaffold.write(to: path) }
            #expect(error?.message == "this folder is a project already")
        }
    }

    @Test("says where it cannot be written")
    func unwritable() throws {
        try inFolder { folder, path throws in
            let file = "\(path)/file"
            try Data().write(to: URL(filePath: file))
            let error = #expect(throws: Diagnostic.self) { try ProjectScaffold(named: "x").write(to: file) }
            #expect(
                error?.description.hasPrefix("\(file)/lessons/index.md: error: the file cannot be written: ")
                    == true
            )
        }
    }
}
