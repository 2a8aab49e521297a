import Execution
import Foundation
import Lessons
import Serialization
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
        var engine = EngineVersion.sources(Digest(of: "engine"))
        var compiler = "Swift 6.3.1"
        var limits = Limits()
        var data = Digest(of: "data")
    }

    private func key(_ text: String, _ world: World = World()) async throws -> RunKey {
        let read = Lesson.read(text, file: "lessons/07-test.md")
        let lesson = try #require(read.lesson, "\(read.diagnostics)")
        let analysis = try await TestRunner.shared().analysis
        return try RunKey.make(
            of: lesson,
            parsing: analysis.parse,
            engine: world.engine,
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
            ("n + 2", "n + 2 + 3", "cell first"), ("// a comment", "+ 1", "cell first"),
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

    /// Whether the keys are the same of a lesson with two codes in the place of its first cell's last line.
    private func isSame(_ one: String, _ other: String) async throws -> Bool {
        let text = RunKeyTests.text.replacing("n + 2\n", with: "\(one)\n")
        return try await key(text) == key(RunKeyTests.text.replacing("n + 2\n", with: "\(other)\n"))
    }

    @Test(
        "Blanks count where they are no blanks between tokens",
        arguments: [
            ("n.f(#/a b/#)", "n.f(#/a  b/#)"), ("[#/a b/#, #/c/#]", "[#/a  b/#, #/c/#]"),
            ("f(##/a \"/# b/##)", "f(##/a \"/#  b/##)"), ("r = #/a//b/#", "r = #/a//c/#"),
            ("r = #/\n  a # b\n/#", "r = #/\n  a # c\n/#"), ("f(#/[ ]/*a/#)", "f(#/[  ]/*a/#)"),
            ("f(#/a/#, #/b /#)", "f(#/a/#, #/b  /#)"), ("r = /a b/", "r = /a  b/"), ("(/a b/)", "(/a  b/)"),
            ("\"a b\"", "\"a  b\""), ("#\"a \\(b) c\"#", "#\"a \\(b)  c\"#"), ("`a b`()", "`a  b`()"),
            ("\"\\(n) \\(n)\"", "\"\\(n)  \\(n)\""), ("\"é\"", "\"e\u{301}\""), ("é", "e\u{301}"),
            ("a\u{A0}+ b", "a \u{A0}+ b"), ("a b", "a  b"), ("\"open", "\"open "),
            ("a -b", "a - b"), ("a? .b", "a ?.b"), ("f()\n{ 1 }", "f() { 1 }"), ("return\n1", "return 1"),
        ] as [(String, String)]
    )
    func code(one: String, other: String) async throws { #expect(!(try await isSame(one, other))) }

    @Test(
        "Blanks and comments beside what the parser has no tokens for do not count",
        arguments: [
            ("n.f(#/a b/#)", "n.f(  #/a b/#  )  // so"),
            ("r = #/a/#\nn", "r  =  /* so */ #/a/# // why\n\n  n"),
            ("[#/a b/#, n]", "[#/a b/#,   n]"), ("\\A.b", "\\A.b  /* so */"), ("a / b", "a  /  b"),
            ("\"\\(n + 1)\"", "\"\\(  n /* so */ + 1)\""), ("f(&a)", "f(  &a)"), ("a[0]", "a[  0 ]"),
        ] as [(String, String)]
    )
    func gaps(one: String, other: String) async throws {
        // Where there is no blank, one more is another code, as it is between other tokens.
        let spread = one.replacing("(#", with: "( #").replacing("#)", with: "# )").replacing(
            "(n",
            with: "( n"
        )
        .replacing("(&", with: "( &").replacing("[0]", with: "[ 0 ]")
        #expect(try await isSame(spread, other))
    }

    @Test(
        "Once code may know where it stands, all code of the lesson depends on its place, as far as it may",
        arguments: [
            ("func f(_ line: Int = #line) {}", 1), ("func f(_ column: Int = #column) {}", 2),
            ("struct S { init(_ file: String = #file) {} }", 1), ("let f = { #fileID }", 1),
            ("struct S { subscript(_ p: String = #filePath) -> Int { 1 } }", 1), ("#stringify(n)", 2),
            ("#sourceLocation(file: \"a\", line: 1)\n#sourceLocation()", 2), ("import Testing", 2),
            ("import struct Runtime.Backtrace", 2), ("#dsohandle", 2), ("f(#/a/#, #expect(n))", 2),
            ("\"\\(#line)\"", 1), ("#if os(Linux)\nf(#line)\n#endif", 1), ("f(#line, #column)", 2),
            ("func f(_ name: String = #function) {}", 0), ("import Foundation", 0),
            ("import struct Foundation.Date", 0), ("\"#line\"", 0), ("#\"#line\"#", 0), ("// #line", 0),
            ("f(#/#line/#)", 0), ("#if DEBUG\n#endif", 0), ("if #available(macOS 10, *) {}", 0),
            ("@available(*, deprecated) func f() {}", 0),
        ] as [(String, Int)]
    )
    func places(code: String, knowledge: Int) async throws {
        let text = RunKeyTests.text.replacing("n + 2\n", with: "\(code)\n")
        for (old, new, known) in [
            // More prose, a cell further to the right, an expression further down its line; then what moves nothing.
            ("```swift model name=third", "More.\n\n```swift model name=third", 1),
            ("for i in", "  for i in", 2),
            ("for i in", "// why\nfor i in", 1), ("Prose with", "More prose with", 2),
            ("n) }", "n) } // so", 3), ("// a comment", "/* a comment */", 3), ("title: Test", "title: T", 3),
        ] {
            let edited = text.replacing(old, with: new)
            #expect(edited != text)
            let (before, after) = (try await key(text), try await key(edited))
            let changed = zip(before.components, after.components).filter { $0 != $1 }.map(\.0.name)
            #expect(changed == (knowledge >= known ? ["places of code"] : []), "\(old)")
        }
    }

    @Test("The world around a lesson has its parts of the key") func world() async throws {
        let before = try await key(RunKeyTests.text)
        func changed(_ edit: (inout World) -> Void) async throws -> [String] {
            var world = World()
            edit(&world)
            let after = try await key(RunKeyTests.text, world)
            return zip(before.components, after.components).filter { $0 != $1 }.map(\.0.name)
        }
        #expect(try await changed { $0.engine = .sources(Digest(of: "other")) } == ["engine and runtime"])
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
