import Execution
import Foundation
import Lessons
import Records
import Testing
import Turns

/// A lesson with the world around it: what an author, or a day, may change between two builds.
private struct World {
    var text = EditMatrixTests.text
    var data = "3\n"
    var slug = "07-test"
    /// What is appended to a file of the library, as a new build of the engine or the runtime changes it.
    var rebuilt: String?
    var compiler: String?
    var limits = Limits()
}

/// One edit, and the part of the key that it changes; `nil` where the lesson must not be run again.
private struct Edit: Sendable, CustomTestStringConvertible {
    var name: String
    var changes: String?
    var apply: @Sendable (inout World) -> Void

    var testDescription: String { name }

    init(_ name: String, _ old: String, _ new: String, changes: String? = nil) {
        self.init(name, changes: changes) { world in
            precondition(world.text.contains(old), "\(name): nothing to replace")
            world.text = world.text.replacing(old, with: new)
        }
    }

    init(_ name: String, changes: String?, _ apply: @escaping @Sendable (inout World) -> Void) {
        self.name = name
        self.changes = changes
        self.apply = apply
    }
}

extension Edit {
    static let needless = [
        Edit("prose", "Prose with", "Other prose, with"),
        Edit("prose that moves the cells", "Prose with", "More\n\nprose\n\nwith"),
        Edit("a heading", "# A heading", "## Another heading"),
        Edit("a paragraph gone", "The end.\n", ""),
        Edit("a block of Swift that is not run", "The end.", "```swift\nlet x = 1\n```"),
        Edit("the title", "title: Test", "title: Another"),
        Edit("the summary", "summary: A test.", "summary: Another."),
        Edit("tags", "summary: A test.", "tags: [a, b]"),
        Edit("references", "summary: A test.", "references: [\"A book\"]"),
        Edit("the lesson's tolerance", "summary: A test.", "tolerance: 1e-3"),
        Edit("a comment gone", " // a comment", ""),
        Edit("another comment", "// a comment", "/* another\nof two lines */"),
        Edit("a line of comment", "print(total)", "// why\nprint(total) // so"),
        Edit("a comment within", "total += n", "total /* so far */ += n"),
        Edit("a comment after a regular expression", " // one", "  /* a blank */"),
        Edit("blanks", "total += n", "total  +=  n"),
        Edit("blank lines", "print(total)", "\n\nprint(total)\n\n"),
        Edit("indentation", "    total", "  total"),
        Edit("a caption", "caption=\"One\"", "caption=\"Two\""),
        Edit("no caption", " caption=\"One\"", ""),
        Edit("an alternative text", "caption=\"One\"", "alt=\"A number\""),
        Edit("folded", "caption=\"One\"", "folded"),
        Edit("quiet", "caption=\"One\" tolerance=1e-5", "quiet"),
        Edit("hidden", "caption=\"One\" tolerance=1e-5", "hidden"),
        Edit("volatile", "tolerance=1e-5", "volatile"),
        Edit("a cell's tolerance", "tolerance=1e-5", "tolerance=1e-3"),
        Edit(
            "tildes for the fence",
            "```swift model name=wrong fails=\"cannot find\"\nlost\n```",
            "~~~swift model name=wrong fails=\"cannot find\"\nlost\n~~~"
        ),
    ]

    static let needed = [
        Edit("a number", "let n = 1", "let n = 2", changes: "cell first"),
        Edit("an operator", "n + 2", "n - 2", changes: "cell first"),
        Edit("what is shown", "n + 2", "n + 2\nn + 3", changes: "cell first"),
        Edit("blanks in a regular expression", "#/a b/#", "#/a  b/#", changes: "cell loud"),
        Edit("blanks in a text", "two  blanks", "two blanks", changes: "cell loud"),
        Edit(
            "a line ending that ends a statement",
            "let n = 1 // a comment\n",
            "let n = 1; ",
            changes: "cell first"
        ),
        Edit("a comment turned into code", "1 // a comment", "1 + 1", changes: "cell first"),
        Edit("an unused variable", "print(total)", "let unused = 3; print(total)", changes: "cell sum"),
        Edit("a loop's bound", "0..<4", "0...4", changes: "cell sum"),
        Edit("a cell's name", "name=sum", "name=total", changes: "cell total"),
        Edit("a cell's time", "timeout=5s", "timeout=6s", changes: "cell sum"),
        Edit("no time of its own", " timeout=5s", "", changes: "cell sum"),
        Edit("the lesson's time", "summary: A test.", "timeout: 7s", changes: "cell first"),
        Edit("an inline expression", "{swift} n + 1", "{swift} n + 3", changes: "expression 1"),
        Edit("an expression more", "The end.", "The end, `{swift} n`.", changes: "expression 2"),
        Edit("the failure that is expected", "cannot find", "cannot", changes: "cell wrong"),
        Edit(
            "a crash in place of a failure",
            "fails=\"cannot find\"",
            "crashes=\"x\"",
            changes: "cell wrong"
        ),
        Edit("no failure any more", " fails=\"cannot find\"", "", changes: "cell wrong"),
        Edit("the code that fails", "lost", "missing", changes: "cell wrong"),
        Edit("a cell more", "The end.", "```swift model\n3\n```", changes: "cell cell-6"),
        Edit("a cell less", "```swift model name=sum timeout=5s", "```swift", changes: "cell sum"),
        Edit("code that asks for its line", "print(text)", "print(text, #line)", changes: "cell loud"),
        Edit(
            "code that asks for its caller's line",
            "let n = 1",
            "func f(_ l: Int = #line) {}; let n = 1",
            changes: "places of code"
        ),
        Edit("the data", changes: "data/n.txt") { $0.data = "4\n" },
        Edit("the data by a byte at its end", changes: "data/n.txt") { $0.data = "3\n\n" },
        Edit("data no longer declared", "data: [data/n.txt]\n", "", changes: "data/n.txt"),
        Edit("the engine or the runtime", changes: "engine and runtime") {
            $0.rebuilt = NotebookLibrary.fileName
        },
        Edit("the engine's interface", changes: "engine and runtime") {
            $0.rebuilt = "Modules/Recurrent.swiftmodule"
        },
        Edit("the charts' interface", changes: "engine and runtime") {
            $0.rebuilt = "Modules/Charting.swiftmodule"
        },
        Edit("the notebook's interface", changes: "engine and runtime") {
            $0.rebuilt = "Modules/Notebook.swiftmodule"
        },
        Edit("the compiler's version", changes: "compiler") { $0.compiler = "Swift 6.4" },
        Edit("the limit of time", changes: "limits") { $0.limits.time = .seconds(61) },
        Edit("the limit of memory", changes: "limits") { $0.limits.memory = 1 << 30 },
        Edit("the limit of files", changes: "limits") { $0.limits.files = 1 << 30 },
        Edit("the limit of output", changes: "limits") { $0.limits.output = 1 << 20 },
    ]
}

@Suite("A matrix of edits", .inTurns) struct EditMatrixTests {
    fileprivate static let text = """
        ---
        title: Test
        summary: A test.
        data: [data/n.txt]
        ---

        # A heading

        ```swift model name=first caption="One" tolerance=1e-5
        let n = 1 // a comment
        n + 2
        ```

        Prose with `{swift} n + 1` and more.

        ```swift model name=sum timeout=5s
        var total = 0
        for _ in 0..<4 {
            total += n
        }
        print(total)
        ```

        ```swift model name=wrong fails="cannot find"
        lost
        ```

        ```swift model name=warned
        let unread = n
        n * 3
        n * 2
        ```

        ```swift model name=loud
        let text = \"\"\"
          two  blanks
          \"\"\"
        print(text)
        print("a b".contains(#/a b/#)) // one
        ```

        The end.

        """

    /// The runner and the lesson of a world, in a folder.
    private func meet(_ world: World, in folder: URL) async throws -> (LessonRunner, Lesson) {
        var runner = try await TestRunner.shared()
        runner.cache = Cache(folder: folder.appending(path: "cache").path(percentEncoded: false))
        runner.limits = world.limits
        if let compiler = world.compiler { runner.compiler = compiler }
        if let rebuilt = world.rebuilt {
            let copy = folder.appending(path: "library-\(UUID().uuidString)")
            let original = URL(filePath: runner.library.folder)
            try FileManager.default.createDirectory(
                at: copy.appending(path: "Modules"),
                withIntermediateDirectories: true
            )
            for name in [NotebookLibrary.fileName]
                + NotebookLibrary.moduleNames.flatMap({
                    ["Modules/\($0).swiftmodule", "Modules/\($0).swiftdoc"]
                })
            {
                try FileManager.default.copyItem(
                    at: original.appending(path: name),
                    to: copy.appending(path: name)
                )
            }
            let file = try FileHandle(forWritingTo: copy.appending(path: rebuilt))
            try file.seekToEnd()
            try file.write(contentsOf: [0])
            try file.close()
            runner.library = try NotebookLibrary.find(in: copy.path(percentEncoded: false))
        }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data"),
            withIntermediateDirectories: true
        )
        try Data(world.data.utf8).write(to: folder.appending(path: "data/n.txt"))
        let read = Lesson.read(world.text, file: "lessons/\(world.slug).md")
        return (runner, try #require(read.lesson, "\(read.diagnostics)"))
    }

    @Test("shows no stale hit and no needless run") func matrix() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll-matrix-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.path(percentEncoded: false)
        let (base, lesson) = try await meet(World(), in: folder)
        let first = await base.run(lesson, data: data)
        try #require(first.record != nil, "\(first.diagnostics)")
        var (stale, needless) = (0, 0)
        for edit in Edit.needless + Edit.needed {
            var world = World()
            edit.apply(&world)
            let (runner, lesson) = try await meet(world, in: folder)
            let decision = try runner.decision(on: lesson, data: data)
            if let part = edit.changes {
                if decision == .hit { stale += 1 }
                guard case .changed(let changes) = decision else {
                    Issue.record("\(edit.name): a stale hit")
                    continue
                }
                #expect(changes.contains { $0.component == part }, "\(edit.name): \(changes)")
            } else {
                if decision != .hit { needless += 1 }
                #expect(decision == .hit, "\(edit.name)")
            }
        }
        #expect(stale == 0 && needless == 0)
        #expect(Edit.needless.count + Edit.needed.count >= 40)
        print(
            "\(Edit.needless.count + Edit.needed.count) edits: \(stale) stale hits, \(needless) needless runs"
        )
    }

    @Test("takes from the cache what a run would have shown, and said") func same() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll-matrix-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.path(percentEncoded: false)
        let (base, lesson) = try await meet(World(), in: folder)
        _ = await base.run(lesson, data: data)
        // Every third, as each takes a run: over the edits, every kind comes up.
        for edit in Edit.needless.enumerated().filter({ $0.offset % 3 == 1 }).map(\.element) {
            var world = World()
            edit.apply(&world)
            var (runner, lesson) = try await meet(world, in: folder)
            let cached = await runner.run(lesson, data: data)
            #expect(cached.isCached, "\(edit.name)")
            runner.cache = nil
            let fresh = await runner.run(lesson, data: data)
            #expect(cached.record == fresh.record && fresh.record != nil, "\(edit.name)")
            #expect(cached.program == fresh.program, "\(edit.name)")
            #expect(cached.diagnostics == fresh.diagnostics, "\(edit.name)")
        }
    }
}
