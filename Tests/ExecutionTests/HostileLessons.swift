import Execution
import Foundation
import Lessons
import Records
import Testing
import Turns

/// Lessons that would harm the build, or hang it; each ends with a sentence of its own, at its place.
@Suite("Hostile lessons", .inTurns) struct HostileLessonTests {
    private static let sandbox = SandboxSearch(policy: .automatic)

    private func run(_ lesson: Lesson, limits: Limits) async throws -> LessonRun {
        var runner = try await TestRunner.shared()
        runner.limits = limits
        runner.sandbox = HostileLessonTests.sandbox
        let run = await runner.run(lesson)
        #expect(run.record == nil)
        return run
    }

    /// What is said of a lesson: place and sentence of each error.
    private func errors(of cells: String..., limits: Limits = Limits()) async throws -> [String] {
        try await run(lesson(cells), limits: limits).diagnostics.filter { $0.severity == .error }.map {
            "\($0.location.line ?? 0):\($0.location.column ?? 0) \($0.kind) \($0.message)"
        }
    }

    @Test("One that loops for ever says where it was") func loop() async throws {
        let code = "print(2)\nvar n = 0\nwhile true {\n    n &+= 1\n}"
        let run = try await run(lesson("print(1)", code), limits: Limits(time: .seconds(2)))
        let error = try #require(run.diagnostics.first)
        #expect(run.diagnostics.count == 1)
        #expect(error.message == "cell cell-2 was still running after 2 s")
        // The loop is three lines long, and its jump back belongs to the brace that closes it.
        #expect((16...18).contains(error.location.line ?? 0))
        #expect(run.partial?.cells.map(\.outputs) == [[.text("1\n")], [.text("2\n")]])
    }

    @Test("A cell's own time counts from its beginning") func timeout() async throws {
        var slow = lesson("import Glibc\nusleep(300_000)", "usleep(100_000)", "while true {}")
        slow.cells[2].options.timeout = .milliseconds(1500)
        let run = try await run(slow, limits: Limits(time: .seconds(30)))
        #expect(run.diagnostics.map(\.message) == ["cell cell-3 was still running after 1.5 s"])
    }

    @Test(
        "One that waits for a processor is not stopped for it",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/schedstat"))
    ) func crowd() async throws {
        // The lesson needs a second of its own, and takes four or more, for its other threads keep all processors busy.
        let code = """
            import Foundation
            func own() -> Double {
                var time = timespec()
                clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
                return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
            }
            let start = Date()
            for _ in 0..<4 * ProcessInfo.processInfo.activeProcessorCount {
                Thread { while own() < 30 {} }.start()
            }
            while own() < 1 {}
            require(Date().timeIntervalSince(start) > 2, "nobody was in the way")
            """
        var runner = try await TestRunner.shared()
        runner.limits = Limits(time: .seconds(2))
        runner.sandbox = HostileLessonTests.sandbox
        let run = await runner.run(lesson(code))
        #expect(run.diagnostics == [] && run.record != nil)
    }

    @Test("One that allocates without end") func memory() async throws {
        let code =
            "var all: [[Double]] = []\nwhile true {\n    all.append(Array(repeating: 1, count: 1_000_000))\n}"
        let found = try await errors(of: code, limits: Limits(memory: 256 << 20))
        #expect(
            found == ["10:16 limit cell cell-1 needs more memory than the 256 MiB that a lesson may have"]
        )
    }

    @Test("One that prints without end") func output() async throws {
        let found = try await errors(
            of: "while true {\n    print(\"again and again\")\n}",
            limits: Limits(output: 1 << 16)
        )
        #expect(found.count == 1)
        #expect(found[0].hasSuffix(" limit cell cell-1 prints more than the 64 KiB that a lesson may show"))
    }

    @Test("One that starts processes", .enabled(if: SystemCallFilter.current != nil)) func fork() async throws
    {
        let code = "import Glibc\nvar pid: pid_t = 0\nposix_spawn(&pid, \"/bin/true\", nil, nil, [nil], nil)"
        let found = try await errors(of: code)
        #expect(found == ["10:1 crash a lesson cannot start another process"])
    }

    @Test("One that opens a socket", .enabled(if: SystemCallFilter.current != nil)) func socket() async throws
    {
        let code = "import Glibc\nlet s = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)"
        let found = try await errors(of: code)
        #expect(found == ["9:9 crash a lesson has no network"])
    }

    @Test("One that writes outside of its folder") func write() async throws {
        let file = "\(#filePath).out"
        let code =
            "import Foundation\ntry \"x\".write(toFile: \"\(file)\", atomically: false, encoding: .utf8)"
        #expect(
            try await errors(of: code) == ["9:1 limit the lesson writes to '\(file)', outside of its folder"]
        )
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test("One that reads standard input") func input() async throws {
        #expect(
            try await errors(of: "print(1)", "let name = readLine() ?? \"\"", "3") == [
                "14:12 crash a lesson has no standard input to read; put the text into a cell"
            ]
        )
        #expect(
            try await errors(of: "import Glibc\nprint(getchar())") == [
                "0:0 limit the lesson reads standard input, of which it has none"
            ]
        )
    }

    @Test(
        "One that ends itself, in the middle and at the end",
        arguments: [
            ("exit(0)", "the program ended itself with status 0 before the end of the lesson"),
            ("exit(137)", "the program ended itself with status 137 before the end of the lesson"),
            ("_exit(0)", "the program ended itself with status 0 before the end of the lesson"),
            ("abort()", "the program stopped itself: it called abort"),
            ("kill(getpid(), SIGKILL)", "the program was stopped by signal 9"),
            ("raise(SIGTERM)", "the program was stopped by signal 15"),
            ("fclose(stdout); print(3)", HostileLessonTests.lostOutput),
            ("close(1); print(3)", HostileLessonTests.lostOutput),
            ("dup2(open(\"out.txt\", O_WRONLY | O_CREAT, 0o600), 1)", HostileLessonTests.lostOutput),
            ("freopen(\"out.txt\", \"w\", stdout)", HostileLessonTests.lostOutput),
        ]
    ) func exit(code: String, sentence: String) async throws {
        #expect(
            try await errors(of: "import Glibc\nprint(1)", "print(2)\n\(code)", "3")
                == ["16:1 crash \(sentence)"]
        )
        #expect(
            try await errors(of: "import Glibc\nprint(1)", "print(2)\n\(code)") == ["16:1 crash \(sentence)"]
        )
    }

    private static let lostOutput =
        "standard output was closed or led elsewhere, and what is printed would be lost"

    @Test("One that prints what is no text") func bytes() async throws {
        #expect(
            try await errors(of: "import Glibc", "fwrite([0xFF, 0xFE] as [UInt8], 1, 2, stdout)") == [
                "13:1 crash cell cell-2 prints bytes that are not UTF-8"
            ]
        )
    }

    @Test("One that pretends to be the notebook") func forgery() async throws {
        let code = #"""
            import Foundation
            let all = ["/proc/self/environ", "/proc/1/environ", "/proc/1/cmdline", "/proc/self/cmdline"]
                .compactMap { try? FileHandle(forReadingFrom: URL(filePath: $0)).readToEnd() }
                .map { String(decoding: $0, as: UTF8.self) } + Array(ProcessInfo.processInfo.environment.values)
            for word in all.joined(separator: "\0").split(whereSeparator: { "\0= ".contains($0) }) {
                print("\u{1E}\(word) {\"cell\":\"cell-2\"}")
            }
            print("\u{1E}token {\"end\":true}")
            """#
        var runner = try await TestRunner.shared()
        runner.sandbox = HostileLessonTests.sandbox
        let run = await runner.run(lesson(code, "print(2)"))
        guard case .text(let printed)? = run.record?.cells[0].outputs.first else {
            Issue.record("\(run.diagnostics.map(\.description))")
            return
        }
        #expect(printed.hasSuffix("␞token {\"end\":true}\n"))
        #expect(run.record?.cells[0].outputs.count == 1)
        #expect(run.record?.cells[1].outputs == [Output.text("2\n")])
    }

    @Test(
        "One that speaks for another cell, or for the whole lesson",
        arguments: [
            ("beginCell(\"cell-2\", of: notebook)", nil),
            ("endLesson(notebook)\nimport Glibc\nexit(0)", nil),
            (
                "beginCell(\"cell-2\", of: LessonProgram())",
                "a cell cannot begin the lesson's program, which runs already"
            ),
            ("endLesson(LessonProgram())", "a cell cannot begin the lesson's program, which runs already"),
        ] as [(String, String?)]
    ) func impersonation(code: String, sentence: String?) async throws {
        let found = try await errors(of: code, "print(\"I am b\")")
        #expect(found.count == 1)
        let expected = sentence.map { "crash \($0)" } ?? "compile cannot find 'notebook' in scope"
        #expect(found.first?.hasSuffix(expected) == true)
    }

    @Test(
        "One that starts Foundation's Process",
        .enabled(if: SystemCallFilter.current != nil),
        arguments: ["/bin/sleep", "/program/lesson"]
    ) func process(path: String) async throws {
        let code = """
            import Foundation
            let p = Process()
            p.executableURL = URL(filePath: "\(path)")
            try p.run()
            """
        let found = try await errors(of: code)
        #expect(found.count == 1 && found[0].hasPrefix("11:"))
        #expect(found[0].hasSuffix(" crash a lesson cannot start another process"))
    }
}
