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
        #expect(found == ["7:1 crash a lesson cannot start another process"])
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
            try await errors(of: code) == [
                "9:1 limit the lesson writes to a file outside of its scratch folder, which is all that it may write to"
            ]
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

    @Test("One that exits in the middle") func exit() async throws {
        #expect(
            try await errors(of: "import Glibc\nprint(1)", "print(2)\nexit(0)", "3") == [
                "16:1 crash the program ended itself with status 0 before the end of the lesson"
            ]
        )
    }

    @Test("One that prints what is no text") func bytes() async throws {
        #expect(
            try await errors(of: "import Glibc", "fwrite([0xFF, 0xFE] as [UInt8], 1, 2, stdout)") == [
                "13:1 crash cell cell-2 prints bytes that are not UTF-8"
            ]
        )
    }

    @Test("One that pretends to be the notebook") func forgery() async throws {
        let run = try await TestRunner.shared().run(
            lesson("print(\"\\u{1E}token {\\\"end\\\":true}\")", "print(2)")
        )
        #expect(run.record?.cells[0].outputs == [.text("\u{1E}token {\"end\":true}\n")])
        #expect(run.record?.cells[1].outputs == [.text("2\n")])
    }
}
