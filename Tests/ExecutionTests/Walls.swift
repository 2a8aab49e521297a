import Execution
import Foundation
import Lessons
import Records
import Testing
import Turns

/// What a lesson sees of the machine, and what it leaves there.
@Suite("A lesson's files and processes", .inTurns) struct WallsTests {
    private func run(
        _ lesson: Lesson,
        _ policy: Sandbox.Policy,
        limits: Limits = Limits(),
        data: String? = nil
    )
        async throws -> LessonRun
    {
        var runner = try await TestRunner.shared()
        runner.limits = limits
        runner.sandbox = SandboxSearch(policy: policy)
        return await runner.run(lesson, data: data)
    }

    private static let hasWalls =
        (try? FileManager.default.contentsOfDirectory(atPath: "/usr/bin"))?
        .contains("bwrap") == true

    /// What stands in a folder on the way to files.
    private func way(_ folder: String, _ files: [String]) -> [String] {
        let names = files.filter { $0.hasPrefix(folder + "/") }
            .compactMap { $0.dropFirst(folder.count + 1).split(separator: "/").first.map(String.init) }
        return Set(names).sorted()
    }

    @Test("Nothing of the machine but what the program needs", .enabled(if: hasWalls)) func unseen()
        async throws
    {
        let code = """
            import Foundation
            func list(_ folder: String) -> [String] {
                ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
            }
            print(list("/etc"), list("/home"), list("/root"), list("/tmp"), list(NSHomeDirectory()))
            print(list("\(FileManager.default.homeDirectoryForCurrentUser.path)").count)
            print(list(URL(filePath: "\(#filePath)").deletingLastPathComponent().path))
            print(["/x", "/dev/x", "/dev/shm/x", "/program/x", "/usr/x", "x"].map {
                FileManager.default.createFile(atPath: $0, contents: Data([1]))
            })
            print(NSHomeDirectory(), ProcessInfo.processInfo.hostName, getppid())
            """
        let run = try await run(lesson(code), .require)
        // A library stands where the loader looks for it, and so do the names of the folders on the way there.
        let libraries = [
            URL(filePath: CommandLine.arguments[0]),
            URL(filePath: try await TestRunner.shared().toolchain.compiler),
        ].map { $0.resolvingSymlinksInPath().path(percentEncoded: false) }
        let (home, root, temporary) = (
            way("/home", libraries), way("/root", libraries), way("/tmp", libraries)
        )
        let shown = """
            ["ld.so.cache"] \(home) \(root) \(temporary) []
            0
            []
            [false, false, false, false, false, true]
            /lesson lesson 1

            """
        #expect(run.record?.cells[0].outputs == [.text(shown)])
    }

    @Test(
        "Dates, numbers, addresses, patterns and threads work",
        arguments: [Sandbox.Policy.automatic, .off]
    )
    func foundation(policy: Sandbox.Policy) async throws {
        let code = """
            import Foundation
            print(TimeZone(identifier: "Europe/Berlin")!.secondsFromGMT(for: Date(timeIntervalSince1970: 0)))
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "de_DE")
            formatter.timeZone = TimeZone(identifier: "Asia/Kathmandu")
            formatter.dateStyle = .full
            print(formatter.string(from: Date(timeIntervalSince1970: 0)))
            print(Calendar(identifier: .gregorian).component(.year, from: Date(timeIntervalSince1970: 0)))
            print(String(format: "%.3f", 1.5), URL(string: "https://a.b/c")!.host()!, "a1".contains(#/\\d/#))
            print(DispatchQueue.global().sync { "dispatch" }, await Task { "task" }.value)
            print(1234.5.formatted(.number.locale(Locale(identifier: "fr_FR"))))
            """
        let run = try await run(lesson(code), policy)
        let shown = """
            3600
            Donnerstag, 1. Januar 1970
            1970
            1.500 a.b true
            dispatch task
            1\u{202F}234,5

            """
        #expect(run.record?.cells[0].outputs == [.text(shown)])
        #expect(run.diagnostics.filter { $0.severity == .error } == [])
    }

    @Test("Declared data can be read, and not be written", .enabled(if: hasWalls)) func data() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data"),
            withIntermediateDirectories: true
        )
        for name in ["a", "b"] { try Data(name.utf8).write(to: folder.appending(path: "data/\(name).csv")) }
        var lesson = lesson(
            """
            import Foundation
            print(try String(contentsOfFile: "data/a.csv", encoding: .utf8))
            print((try? Data().write(to: URL(filePath: "data/a.csv"))) == nil)
            print(try FileManager.default.contentsOfDirectory(atPath: "data"))
            """
        )
        lesson.frontMatter.data = [DataFile(path: "data/a.csv", at: SourceLocation(file: lesson.file))]
        let run = try await run(lesson, .require, data: folder.path(percentEncoded: false))
        #expect(run.record?.cells[0].outputs == [.text("a\ntrue\n[\"a.csv\"]\n")])
        #expect(try String(contentsOf: folder.appending(path: "data/a.csv"), encoding: .utf8) == "a")
    }

    @Test(
        "Files are limited, one and all together",
        arguments: [Sandbox.Policy.automatic, .off],
        [
            "try Data(count: 8 << 20).write(to: URL(filePath: \"big\"))",
            "for i in 0..<64 { try Data(count: 1 << 20).write(to: URL(filePath: \"part\\(i)\")) }; sleep(20)",
        ]
    ) func files(policy: Sandbox.Policy, code: String) async throws {
        let limits = Limits(files: 4 << 20)
        let run = try await run(lesson("print(1)", "import Foundation\n\(code)"), policy, limits: limits)
        let errors = run.diagnostics.filter { $0.severity == .error }
        #expect(
            errors.map(\.message)
                == ["cell cell-2 writes more to files than the 4 MiB that a lesson may write"]
        )
        // Of an error that leaves a loop, no more than the cell is known.
        #expect([13, 15].contains(errors.first?.location.line))
    }

    @Test("What it starts ends with it, wherever it hides", arguments: [Sandbox.Policy.automatic, .off])
    func daemon(policy: Sandbox.Policy) async throws {
        // An unusual time to sleep tells the process from any other.
        let seconds = Int.random(in: 100_000...900_000)
        let code = """
            import Foundation
            var words: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c",
                "setsid sleep \(seconds) & (setsid sh -c 'sleep \(seconds) & sleep \(seconds)' &) ; sleep \(seconds) &"
            ].map { strdup($0) } + [nil]
            var child: pid_t = 0
            posix_spawn(&child, "/bin/sh", nil, nil, words, nil)
            usleep(300_000)
            """
        for end in ["", "\nfatalError(\"no\")", "\nkill(getpid(), SIGKILL)", "\nwhile true {}"] {
            _ = try await run(lesson(code + end), policy, limits: Limits(time: .seconds(2)))
            #expect(WallsTests.processes(with: "\(seconds)") == [])
        }
    }

    @Test(
        "One that closes all its files and goes on is stopped",
        arguments: [Sandbox.Policy.automatic, .off]
    )
    func silent(policy: Sandbox.Policy) async throws {
        let code = "import Glibc\nfor file: Int32 in 0..<200 { close(file) }\nwhile true {}"
        let run = try await run(lesson("print(1)", code), policy, limits: Limits(time: .seconds(2)))
        #expect(
            run.diagnostics.filter { $0.severity == .error }.map(\.message) == [
                "cell cell-2 was still running after 2 s"
            ]
        )
    }

    /// The processes of this machine whose command line has a word.
    private static func processes(with word: String) -> [String] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { process in
            guard let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else {
                return nil
            }
            let words = String(decoding: line, as: UTF8.self).split(separator: "\0")
            return words.first == "sleep" && words.contains(Substring(word)) ? process : nil
        }
    }

    @Test("Standard error is told with its cell, and is in no record") func errorOutput() async throws {
        let run = try await run(
            lesson(
                "import Foundation\nfputs(\"one\\n\", stderr)\nprint(1)",
                "2",
                "FileHandle.standardError.write(Data(\"\\u{1B}[31mthree\\n\".utf8))\nfatalError(\"no\")"
            ),
            .automatic
        )
        let notes = run.diagnostics.filter { $0.severity == .note }
        #expect(notes.map(\.message) == ["cell-1", "cell-3"].map { "cell \($0) wrote to standard error:" })
        #expect(notes.map(\.hint) == ["one", "␛[31mthree"])
        #expect(notes.map(\.location.line) == [7, 21])
        #expect(run.partial?.cells.map(\.outputs) == [[.text("1\n")], [.value("2")], []])
        #expect(run.diagnostics.filter { $0.severity == .error }.map(\.message) == ["no"])
    }

    @Test("What a cell writes to standard error before it crashes as promised is told, too") func promised()
        async throws
    {
        var crashing = lesson(
            "import Foundation\nfputs(\"early\\n\", stderr)",
            "fputs(\"late\\n\", stderr)\nfatalError(\"no\")"
        )
        crashing.cells[1].options.expectedFailure = .crash("no")
        let run = try await run(crashing, .automatic)
        #expect(run.record?.cells[1].outputs == [.text("error: no\n")])
        #expect(run.diagnostics.map(\.hint) == ["early", "late"])
    }

    @Test(
        "A file that it does not see is named, with what it sees",
        .enabled(if: hasWalls),
        arguments: [
            "try String(contentsOfFile: \"/etc/passwd\", encoding: .utf8)",
            "print(try! String(contentsOfFile: \"/etc/passwd\", encoding: .utf8))",
            "do { _ = try Data(contentsOf: URL(filePath: \"/etc/passwd\")) } catch { fatalError(\"\\(error)\") }",
        ]
    ) func hidden(code: String) async throws {
        let run = try await run(lesson("import Foundation\n\(code)"), .require)
        #expect(run.diagnostics.map(\.message) == ["the lesson reads '/etc/passwd', which it does not see"])
    }

    @Test(
        "A file that is found not to be declared is named, with the line that declares it",
        .enabled(if: hasWalls)
    )
    func undeclared() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("a".utf8).write(to: folder.appending(path: "a.csv"))
        let code =
            "import Foundation\nlet name = [\"a\", \"csv\"].joined(separator: \".\")\ntry Data(contentsOf: URL(filePath: name))"
        let run = try await run(lesson(code), .require, data: folder.path(percentEncoded: false))
        #expect(run.diagnostics.map(\.message) == ["the lesson reads 'a.csv' and does not declare it"])
        #expect(run.diagnostics.map(\.hint) == ["declare it in the front matter: data: [a.csv]"])
    }

    @Test("A file that is nowhere is named, with those that are declared", .enabled(if: hasWalls))
    func missing() async throws {
        let code = "import Foundation\ntry Data(contentsOf: URL(filePath: \"tides.cvs\"))"
        let run = try await run(lesson(code), .require)
        #expect(run.diagnostics.map(\.message) == ["the lesson reads 'tides.cvs', and there is no such file"])
        let remedy = "put it beside the lesson, and declare it in the front matter: data: [tides.cvs]"
        #expect(run.diagnostics.map(\.hint) == [remedy])
    }
}
