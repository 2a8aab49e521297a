internal import Course
internal import Foundation
internal import Lessons
internal import Testing

@Suite("The project that a command is called in") struct ProjectFoldersTests {
    /// Runs a test in a folder with these files.
    private func withFolder(of files: [String: String], _ body: (URL) throws -> Void) throws {
        // Links on the way would be in the way of paths upward.
        let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "unroll project \(UUID().uuidString)", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: root) }
        for (path, text) in files {
            let file = root.appending(path: path)
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(root)
    }

    /// The lessons, the site and the project's own folder, as paths from where the user stands.
    private func found(
        lessons: String? = nil,
        site: String? = nil,
        from here: URL
    ) throws -> [String] {
        let path = here.path(percentEncoded: false)
        let folders = try ProjectFolders.find(lessons: lessons, site: site, from: path)
        return [folders.lessons, folders.site, folders.root]
    }

    @Test("is the nearest one upward, by paths from where the user stands")
    func nearest() throws {
        let files = [
            "unroll.yml": "lessons: content/lessons\nout: docs\n", "content/lessons/data/a.csv": "",
            "guide/unroll.yml": "out: ../docs/guide\n", "guide/lessons/01-a.md": "",
        ]
        try withFolder(of: files) { root throws in
            #expect(try found(from: root) == ["content/lessons", "docs", "."])
            #expect(
                try found(from: root.appending(path: "content/lessons/data")) == [
                    "..", "../../../docs", "../../..",
                ]
            )
            #expect(try found(from: root.appending(path: "content/lessons")) == [".", "../../docs", "../.."])
            let odd = root.appending(path: "guide/odd")
            try FileManager.default.createDirectory(
                at: odd.appending(path: "unroll.yml"),
                withIntermediateDirectories: true
            )
            #expect(
                try found(from: odd) == ["../lessons", "../../docs/guide", ".."],
                "a folder is no file of settings"
            )
            #expect(try found(from: root.appending(path: "guide")) == ["lessons", "../docs/guide", "."])
            #expect(
                try found(from: root.appending(path: "guide/lessons")) == [".", "../../docs/guide", ".."]
            )
        }
    }

    @Test("gives way to folders that are named")
    func named() throws {
        let files = [
            "course/unroll.yml": "out: docs\n", "course/part/unroll.yml": "", "loose/lessons/01-a.md": "",
        ]
        try withFolder(of: files) { root throws in
            let course = root.appending(path: "course")
            #expect(try found(lessons: "drafts", from: course) == ["drafts", "docs", "."])
            #expect(try found(lessons: "drafts", site: "/tmp/x", from: course) == ["drafts", "/tmp/x", "."])
            #expect(try found(lessons: "part/a", from: course) == ["part/a", "part/site", "part"])
            #expect(try found(lessons: "course", from: root) == ["course", "course/docs", "course"])
            #expect(try found(site: "x", from: course) == ["lessons", "x", "."])
            // In no project, all lies beside the lessons, whatever project the user stands in.
            #expect(
                try found(lessons: "../loose/lessons", from: course)
                    == ["../loose/lessons", "../loose/site", "../loose"]
            )
            #expect(
                try found(lessons: "lessons", from: root.appending(path: "loose")) == [
                    "lessons", "site", ".",
                ]
            )
        }
    }

    @Test("is missed where there is none")
    func none() throws {
        try withFolder(of: ["lessons/01-a.md": ""]) { root throws in
            let invocation = Invocation(["unroll", "build", "--out", "x"])
            let path = root.path(percentEncoded: false)
            let error = #expect(throws: Diagnostic.self) {
                try ProjectFolders.find(from: path, invocation: invocation)
            }
            #expect(
                error?.description == """
                    \(path.dropLast()): error: no unroll.yml here or in a folder above
                      unroll init begins a project here; or name the folder of lessons, with --lessons DIR
                    """
            )
        }
    }

    @Test("is refused where its site would be taken for what it is made from, or it is for a newer version")
    func refused() throws {
        func message(_ settings: String, site: String? = nil, from folder: String) throws -> String? {
            var message: String?
            try withFolder(of: ["unroll.yml": settings, "lessons/01-a.md": ""]) { root throws in
                let here = root.appending(path: folder)
                let error = #expect(throws: Diagnostic.self) { try found(site: site, from: here) }
                message = error?.description
            }
            return message
        }
        #expect(
            try message("title: A\nout: ./lessons/\n", from: "lessons")
                == "../unroll.yml:2: error: '.' holds the lessons\n  name another folder with out: in unroll.yml"
        )
        #expect(
            try message("out: theme/site\n", from: ".")
                == "unroll.yml:1: error: 'theme/site' is for the theme\n  name another folder with out: in unroll.yml"
        )
        #expect(
            try message("lessons: site\n", from: ".")
                == "unroll.yml: error: 'site' holds the lessons\n  name another folder with out: in unroll.yml"
        )
        #expect(
            try message("", site: ".unroll", from: ".")
                == ".unroll: error: '.unroll' is for what earlier builds learned\n  name another folder with --out"
        )
        #expect(
            try message("requires: \">= 9\"\n", from: "lessons")?.hasPrefix(
                "../unroll.yml:1:11: error: this project asks for Unroll 9.0.0 or later, and this is "
            ) == true
        )
    }

    @Test("is said to have other folders by now than when it was found")
    func changed() throws {
        try withFolder(of: ["unroll.yml": "out: docs\n", "lessons/01-a.md": "---\ntitle: A\n---\n"]) {
            root throws in
            let lessons = root.appending(path: "lessons").path(percentEncoded: false)
            let folders = try ProjectFolders.find(lessons: lessons)
            #expect(Project.read(folders).diagnostics == [])
            let settings = root.appending(path: "unroll.yml")
            try Data("out: docs\nlessons: texts\n".utf8).write(to: settings)
            #expect(Project.read(folders).diagnostics == [], "the lessons were named")
            try Data("out: site\n".utf8).write(to: settings)
            #expect(Project.read(folders).diagnostics.map(\.severity) == [.warning])
            try Data("out: [\n".utf8).write(to: settings)
            #expect(Project.read(folders).diagnostics.map(\.severity) == [.error])
        }
    }

    @Test("names its files by paths from where the user stands, and its pages do not know where it is")
    func shown() throws {
        let files = ["one/unroll.yml": "lessons: .\n", "two/unroll.yml": "", "two/lessons/01-a.md": ""]
        try withFolder(of: files) { root throws in
            let one = try ProjectFolders.find(from: root.appending(path: "one").path(percentEncoded: false))
            #expect(one.name == "lessons")
            #expect(one.shown(file: "lessons/01-a.md") == "01-a.md")
            let two = try ProjectFolders.find(
                from: root.appending(path: "two/lessons").path(percentEncoded: false)
            )
            #expect(two.name == "lessons")
            let shown = [
                "lessons/01-a.md", "lessons", "unroll.yml", "theme", "theme/footer.mustache", "bwrap",
            ]
            #expect(
                shown.map(two.shown(file:))
                    == ["01-a.md", ".", "../unroll.yml", "../theme", "../theme/footer.mustache", "bwrap"]
            )
        }
    }
}
