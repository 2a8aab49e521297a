import Execution
import Foundation
import Lessons
import Records
import Testing
import Turns

@Suite("What a record depends on", .inTurns) struct RunKeyTests {
    private static let text = """
        ---
        title: Test
        summary: A test.
        data: [data/n.txt]
        ---

        # A heading

        Prose with `{swift} n + 1` and more.

        ```swift model name=first caption="One" tolerance=1e-5
        let n = 1 // a comment
        let text = \"\"\"
          two  blanks
          \"\"\"
        n + 2
        ```

        ```swift model name=second timeout=5s
        for i in 0..<3 { print(i, n) }
        ```

        ```swift model name=third fails="cannot find"
        lost
        ```

        """

    /// The world around a lesson: what its record depends on besides its own text.
    private struct World {
        var library = Digest(of: "library")
        var compiler = "Swift 6.3.1"
        var limits = Limits()
        var data = Digest(of: "data")
    }

    private func key(_ text: String, _ world: World = World()) async throws -> RunKey {
        let read = Lesson.read(text, file: "lessons/07-test.md")
        let lesson = try #require(read.lesson, "\(read.diagnostics)")
        let sourceKit = try await TestRunner.shared().sourceKit
        return try RunKey(
            lesson,
            syntax: sourceKit.syntax,
            library: world.library,
            compiler: world.compiler,
            limits: world.limits,
            data: [world.data]
        )
    }

    @Test(
        "Edits that a record does not depend on leave the key as it is",
        arguments: [
            // Prose and front matter.
            ("Prose with", "Other prose, with"),
            ("# A heading", "## Another\n\nMore prose, lines below move."),
            ("title: Test", "title: Another"), ("summary: A test.", "tags: [a, b]"), (" and more.", "."),
            ("# A heading\n\n", ""), ("summary: A test.", "summary: A test.\ntolerance: 1e-3"),
            // Comments and layout.
            (" // a comment", ""), ("// a comment", "/* another\nof two lines */"), ("n + 2", "n  +  2"),
            ("n + 2", "// why\nn + 2 // so"), ("n + 2", "\n\n    n + 2\n\n"), ("let n = 1", "let n\t= 1"),
            ("for i", "  for i"), ("{ print(i, n) }", "{ /* each */ print(i, n) }"),
            // How things are displayed and compared.
            ("caption=\"One\"", "caption=\"Two\""), (" caption=\"One\"", ""),
            ("tolerance=1e-5", "tolerance=1e-3"),
            ("caption=\"One\"", "folded"), ("caption=\"One\" tolerance=1e-5", "hidden"),
            ("caption=\"One\" tolerance=1e-5", "quiet"), ("tolerance=1e-5", "volatile"),
            ("caption=\"One\"", "alt=\"A curve\""),
        ] as [(String, String)]
    )
    func same(old: String, new: String) async throws {
        let edited = RunKeyTests.text.replacing(old, with: new)
        #expect(edited != RunKeyTests.text)
        let (before, after) = (try await key(RunKeyTests.text), try await key(edited))
        #expect(before == after)
    }

    @Test(
        "Edits that a record depends on change their part of the key, and no other",
        arguments: [
            ("let n = 1", "let n = 2", "cell first"), ("n + 2", "n - 2", "cell first"),
            ("n + 2", "n + 2\nn + 3", "cell first"), ("two  blanks", "two blanks", "cell first"),
            ("n + 2", "n +2", "cell first"), ("let n = 1 // a comment\n", "", "cell first"),
            ("let n = 1 // a comment\nlet", "let n = 1; let", "cell first"),
            ("n + 2", "n + 2 + #line", "cell first"), ("// a comment", "+ 1", "cell first"),
            ("0..<3", "0...3", "cell second"), ("print(i, n)", "print(i,n, n)", "cell second"),
            ("timeout=5s", "timeout=6s", "cell second"), (" timeout=5s", "", "cell second"),
            ("{swift} n + 1", "{swift} n + 3", "expression 1"),
            ("fails=\"cannot find\"", "fails=\"cannot\"", "cell third"),
            ("fails=\"cannot find\"", "crashes=\"cannot find\"", "cell third"),
            ("fails=\"cannot find\"", "", "cell third"), ("lost", "missing", "cell third"),
        ] as [(String, String, String)]
    )
    func different(old: String, new: String, component: String) async throws {
        let edited = RunKeyTests.text.replacing(old, with: new)
        #expect(edited != RunKeyTests.text)
        let (before, after) = (try await key(RunKeyTests.text), try await key(edited))
        let changed = zip(before.components, after.components).filter { $0 != $1 }.map(\.0.name)
        #expect(changed == [component])
        #expect(before.digest != after.digest)
    }

    @Test("The world around a lesson has its parts of the key") func world() async throws {
        let before = try await key(RunKeyTests.text)
        func changed(_ edit: (inout World) -> Void) async throws -> [String] {
            var world = World()
            edit(&world)
            let after = try await key(RunKeyTests.text, world)
            return zip(before.components, after.components).filter { $0 != $1 }.map(\.0.name)
        }
        #expect(try await changed { $0.library = Digest(of: "other") } == ["engine and runtime"])
        #expect(try await changed { $0.compiler = "Swift 6.4" } == ["compiler"])
        #expect(try await changed { $0.limits.time = .seconds(61) } == ["limits"])
        #expect(try await changed { $0.limits.memory = 1 << 30 } == ["limits"])
        #expect(try await changed { $0.limits.output = 1 } == ["limits"])
        #expect(try await changed { $0.data = Digest(of: "other") } == ["data/n.txt"])
        #expect(try await changed { _ in } == [])
    }

    @Test("Names, order and number of cells are in the key") func structure() async throws {
        let before = try await key(RunKeyTests.text)
        #expect(try await key(RunKeyTests.text.replacing("name=first", with: "name=start")) != before)
        #expect(try await key(RunKeyTests.text + "```swift model\n1\n```\n") != before)
        #expect(try await key(RunKeyTests.text + "And `{swift} n`.\n") != before)
        let moved =
            RunKeyTests.text.replacing("Prose with `{swift} n + 1` and more.\n", with: "")
            + "Prose with `{swift} n + 1` and more.\n"
        #expect(try await key(moved) != before)
        let swapped = RunKeyTests.text.replacing("name=second", with: "name=x").replacing(
            "name=third",
            with: "name=second"
        )
        .replacing("name=x", with: "name=third")
        #expect(try await key(swapped) != before)
    }
}
