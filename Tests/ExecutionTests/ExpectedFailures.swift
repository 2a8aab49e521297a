import Execution
import Foundation
import Lessons
import Records
import Testing
import Turns

@Suite("Cells that promise to fail", .inTurns) struct ExpectedFailuresTests {
    private func run(_ markdown: String) async throws -> LessonRun {
        let read = Lesson.read("---\ntitle: Test\n---\n\n" + markdown, file: "lessons/07-test.md")
        #expect(read.diagnostics == [])
        return try await TestRunner.shared().run(try #require(read.lesson))
    }

    private func cell(_ options: String, _ code: String) -> String {
        "```swift model \(options)\n\(code)\n```\n\n"
    }

    @Test("Their messages are their outputs, and the lesson goes on without them") func kept() async throws {
        let run = try await run(
            cell("name=start", "var n = 1\nlet list = [1, 2]")
                + cell("name=wrong fails=\"cannot assign\"", "n = \"two\"\nlet lost = 3")
                + cell("name=trap crashes=\"out of range\"", "n = 7\nprint(\"before\")\nlist[n]")
                + cell("name=end", "let lost = 4\nn + lost")
        )
        #expect(run.diagnostics == [])
        #expect(
            run.record?.cells == [
                CellRecord(name: "start"),
                CellRecord(
                    name: "wrong",
                    outputs: [.text("error: cannot assign value of type 'String' to type 'Int'\n")]
                ),
                CellRecord(name: "trap", outputs: [.text("before\n"), .text("error: Index out of range\n")]),
                CellRecord(name: "end", outputs: [.value("5")]),
            ]
        )
    }

    @Test("One that compiles or runs to its end breaks its promise") func broken() async throws {
        let run = try await run(
            cell("fails=\"cannot find\"", "let a = 1") + cell("crashes=\"overflow\"", "let b = 1")
        )
        #expect(run.record == nil)
        #expect(
            run.diagnostics.map { "\($0.location) \($0.message)" } == [
                "lessons/07-test.md:5:16 this cell was to fail with 'cannot find', but it compiles",
                "lessons/07-test.md:9:16 this cell was to crash with 'overflow', but it came to its end",
            ]
        )
    }

    @Test("One that fails in another way breaks its promise") func another() async throws {
        let run = try await run(
            cell("fails=\"cannot find\"", "let a: Int = \"\"") + cell("crashes=\"overflow\"", "[1][3]")
                + cell("crashes=\"overflow\"", "let b = nowhere")
        )
        #expect(
            run.diagnostics.map { "\($0.location) \($0.message)" } == [
                "lessons/07-test.md:6:14 this cell was to fail with 'cannot find', but the compiler says: "
                    + "cannot convert value of type 'String' to specified type 'Int'",
                "lessons/07-test.md:10:4 this cell was to crash with 'overflow', but it stops with: Index out of range",
                "lessons/07-test.md:14:9 cannot find 'nowhere' in scope",
            ]
        )
    }

    @Test("Expressions in prose are computed where they stand") func expressions() async throws {
        let run = try await run(
            "Before.\n\n" + cell("name=a", "var n = 1")
                + "Now n is `{swift} n`, half of `{swift} 2 * n`, and\ntwice is **`{swift} 2 * n`**.\n\n"
                + cell("name=b", "n = 5\nprint(n)")
                + "And then `{swift} [n].map { \"<\\($0)>\" }.joined()`.\n"
        )
        #expect(run.diagnostics == [])
        #expect(run.record?.expressions == ["1", "2", "2", "<5>"])
        #expect(run.record?.cells.map(\.outputs) == [[], [.text("5\n")]])
    }

    @Test("An expression that fails says so at its own place") func wrongExpressions() async throws {
        let crash = try await run(cell("name=a", "let list = [1]") + "It is `{swift} list[3]`.\n")
        #expect(
            crash.diagnostics.map { "\($0.location) \($0.message)" } == [
                "lessons/07-test.md:9:20 Index out of range"
            ]
        )
        let wrong = try await run(cell("name=a", "let list = [1]") + "It is `{swift} lost`.\n")
        #expect(
            wrong.diagnostics.map { "\($0.location) \($0.message)" } == [
                "lessons/07-test.md:9:16 cannot find 'lost' in scope"
            ]
        )
    }

    @Test("Declared data files lie where the lesson says") func data() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data"),
            withIntermediateDirectories: true
        )
        try Data("seven".utf8).write(to: folder.appending(path: "data/n.txt"))
        let text =
            "---\ntitle: Test\ndata: [data/n.txt]\n---\n\n"
            + cell("name=a", "import Foundation\ntry String(contentsOfFile: \"data/n.txt\", encoding: .utf8)")
        let lesson = try #require(Lesson.read(text, file: "lessons/07-test.md").lesson)
        let run = try await TestRunner.shared().run(lesson, data: folder.path(percentEncoded: false))
        #expect(run.record?.cells.first?.outputs == [.value("seven")])
    }
}
