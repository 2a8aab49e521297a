import Execution
import Lessons
import Records
import Testing
import Turns

@Suite("A run of a lesson", .inTurns) struct LessonRunnerTests {
    private func run(_ lesson: Lesson) async throws -> LessonRun {
        try await TestRunner.shared().run(lesson)
    }

    @Test("What is printed and shown is put under its cell, in order") func outputs() async throws {
        let lesson = lesson("print(1)\nshow(2)\nprint(3)\nprint(4)\n5", "let silent = 1", "\"six\"")
        let run = try await run(lesson)
        #expect(run.diagnostics == [])
        #expect(
            run.record?.cells == [
                CellRecord(
                    name: "cell-1",
                    outputs: [.text("1\n"), .value("2"), .text("3\n4\n"), .value("5")]
                ),
                CellRecord(name: "cell-2"),
                CellRecord(name: "cell-3", outputs: [.value("six")]),
            ]
        )
    }

    @Test("Runs side by side are recorded, but those within others or in states") func runs() async throws {
        let run = try await run(
            lesson(
                "struct Fit {\n    var losses: [Float]\n}\n"
                    + "runs(\"fits\", over: [(rate: 0.1, seed: 1), (rate: 0.2, seed: 2)]) { rate, seed in\n"
                    + "    manualSeed(seed)\n    return Fit(losses: Tensor.rand([60]).scalars)\n}.count",
                "runs(\"outer\", over: [1, 2]) { outer in\n"
                    + "    runs(\"inner\", over: [1, 2]) { $0 * outer }.reduce(0, +)\n}.count",
                "live(states: .built, Stepper(\"n\", 0...1)) { n in runs(\"state\", over: [n]) { $0 }.count }"
            )
        )
        #expect(run.diagnostics == [])
        let cells = try #require(run.record).cells
        let fits = try #require(cells[0].runs.first)
        #expect(fits.name == "fits" && fits.points == ["(0.1, 1)", "(0.2, 2)"])
        #expect(fits.results.allSatisfy { $0.hasPrefix("SHA-256 ") } && fits.results[0] != fits.results[1])
        #expect(cells[1].runs == [RunsRecord(name: "outer", points: ["1", "2"], results: ["3", "6"])])
        #expect(cells[2].runs == [])
    }

    @Test("Runs that change a variable of the lesson are refused at the place") func races() async throws {
        let run = try await run(
            lesson(
                "var total = 0\nlet grid = [1, 2, 3]\nvar seen: [Int] = []",
                "let sums = runs(\"sums\", over: grid) { n in\n    var own = n\n    own += 1\n    total += own\n"
                    + "    seen.append(n)\n    return own\n}\ntotal += sums.count"
            )
        )
        let found = run.diagnostics.map { error in
            "\(error.location.line ?? 0):\(error.location.column ?? 0) \(error.message)"
        }
        let message = "runs go on at the same time, and cannot change"
        #expect(
            found == [
                "19:5 \(message) total, which the lesson declared",
                "20:5 \(message) seen, which the lesson declared",
            ]
        )
    }

    @Test("A lesson without cells has an empty record") func empty() async throws {
        var nothingToRun = LessonRun(record: RunRecord(lesson: "07-test", cells: []))
        nothingToRun.isCached = true
        #expect(try await run(lesson()) == nothingToRun)
    }

    @Test("A trap keeps what was shown before it, and says where it was") func trap() async throws {
        let run = try await run(
            lesson("print(\"before\")\nlet a = [1, 2]", "let b = a.map { $0 + a[$0 + 1] }", "3")
        )
        #expect(run.record == nil)
        #expect(run.partial?.cells.map(\.outputs) == [[.text("before\n")], [], []])
        #expect(
            run.diagnostics.map(\.description) == [
                """
                lessons/07-test.md:15:23: error: Index out of range
                   15 | let b = a.map { $0 + a[$0 + 1] }
                      |                       ^
                """
            ]
        )
    }

    @Test("There are notes on names in cells, and none on hidden ones and expressions in prose") func notes()
        async throws
    {
        let text =
            "---\ntitle: Test\n---\n\n```swift model name=a hidden\nlet x = 1\n```\n\nIt is `{swift} x`.\n\n"
            + "```swift model name=b\nlet y = x + 1\n```\n"
        let run = try await run(try #require(Lesson.read(text, file: "lessons/07-test.md").lesson))
        #expect(run.notes.keys.sorted() == ["b"])
        #expect(run.notes["b"]?.names.map(\.declaration) == ["let y: Int", "let x: Int"])
    }
}
