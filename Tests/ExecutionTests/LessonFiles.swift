import Execution
import Foundation
import Lessons
import Testing
import Turns

/// Files in the folder of lessons that code names, and the lesson does not declare.
@Suite("Undeclared data", .inTurns) struct LessonFilesTests {
    /// What is said of a lesson with this cell, in a folder with these files.
    private func diagnostics(
        of code: String,
        declaring declared: [String] = [],
        files: [String] = [
            "data/a.csv", "data/b.csv", "data/old.csv", "data/it's, a.csv", "02-two.md", "notes",
        ]
    ) async throws -> [Diagnostic] {
        let parent = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let folder = parent.appending(path: "lessons")
        defer { try? FileManager.default.removeItem(at: parent) }
        for file in files {
            let url = folder.appending(path: file)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data("1".utf8).write(to: url)
        }
        var lesson = lesson(code.replacing("LESSONS", with: folder.path(percentEncoded: false)))
        lesson.frontMatter.data = declared.map { DataFile(path: $0, at: SourceLocation(file: lesson.file)) }
        let analysis = try await TestRunner.shared().analysis
        return try LessonFiles(of: lesson, in: folder.path(percentEncoded: false)).undeclared(
            parsing: analysis.parse
        )
    }

    @Test(
        "One that is read is an error, at its literal",
        arguments: [
            "\"data/a.csv\"", "#\"data/a.csv\"#", "\"./data/a.csv\"", "\"data/../data/a.csv\"",
            "\"da\\u{74}a/a.csv\"", "\"\"\"\ndata/a.csv\n\"\"\"",
        ]
    ) func reading(literal: String) async throws {
        let found = try await diagnostics(of: "let π = try String(contentsOfFile: \(literal))")
        #expect(
            found.map(\.message) == [
                "'data/a.csv' lies in the folder of lessons, but the lesson does not declare it, and does not see it"
            ]
        )
        #expect(found.map(\.hint) == ["declare it in the front matter: data: [data/a.csv]"])
        #expect(found.map(\.severity) == [.error])
        #expect(found.first?.location.line == 8)
    }

    @Test(
        "One that is read by another path is to be read by its own",
        arguments: ["LESSONS/data/a.csv", "lessons/data/a.csv", "file://LESSONS/data/a.csv"]
    ) func otherPath(path: String) async throws {
        let found = try await diagnostics(of: "let s = try String(contentsOfFile: \"\(path)\")")
        #expect(
            found.map(\.hint) == [
                "declare it in the front matter: data: [data/a.csv]; and read it as \"data/a.csv\""
            ]
        )
        let declared = try await diagnostics(
            of: "let s = try String(contentsOfFile: \"\(path)\")",
            declaring: ["data/a.csv"]
        )
        #expect(declared.map(\.hint) == ["read it as \"data/a.csv\""])
    }

    @Test("The line to paste has what is declared, and all that is missing") func remedy() async throws {
        let found = try await diagnostics(
            of:
                "f(contentsOfFile: \"data/a.csv\"); f(contentsOfFile: \"data/it's, a.csv\"); f(contentsOfFile: \"notes\")",
            declaring: ["data/old.csv"]
        )
        let line = "data: [data/old.csv, data/a.csv, \"data/it's, a.csv\", \"notes\"]"
        #expect(found.map(\.hint) == Array(repeating: "declare it in the front matter: \(line)", count: 3))
    }

    @Test(
        "One that may be meant is a warning",
        arguments: [
            "let path = \"data/a.csv\"", "let url = URL(filePath: \"data/a.csv\")\ntry text.write(to: other)",
            "for i in 1...2 { load(\"data/\\(i).csv\") }", "load(\"\\(load(\"data/a.csv\"))\")",
        ]
    ) func naming(code: String) async throws {
        #expect(try await diagnostics(of: code).map(\.severity) == [.warning])
    }

    @Test(
        "What reads tables and weights reads files",
        arguments: ["let t = try CSV(path: \"data/a.csv\")", "let w = try Safetensors(path: \"data/a.csv\")"]
    ) func tables(code: String) async throws {
        #expect(try await diagnostics(of: code).map(\.severity) == [.error])
    }

    @Test(
        "Nothing is said of what means no file, or one that the lesson makes",
        arguments: [
            "print(\"data\", \"\", \"notes\", \"data/\", \"/\", \".\", \"..\", \"02-two.md\", \"index.md\", \"data/c.csv\")",
            "print(\"data/\\(1) and \\(2)\", \"\\(1)/\\(2)\", \"\\(1).csv\", \"see data/a.csv\")",
            "try s.write(toFile: \"data/a.csv\", atomically: true)\nlet t = try String(contentsOfFile: \"data/a.csv\")",
            "model.saveParameters(to: \"data/a.csv\"); model.loadParameters(from: \"data/a.csv\")",
            "try Checkpoint(model).save(to: \"data/a.csv\"); try Checkpoint(model).load(from: \"data/a.csv\")",
            "// \"data/a.csv\"",
        ]
    ) func silence(code: String) async throws {
        #expect(try await diagnostics(of: code) == [])
    }

    @Test("Nothing is said of what is declared") func declared() async throws {
        let code = "load(\"data/a.csv\"); for i in [\"a\"] { load(contentsOfFile: \"data/\\(i).csv\") }"
        #expect(try await diagnostics(of: code, declaring: ["data/a.csv"]) == [])
    }
}
