internal import Course
internal import Execution
internal import Foundation
internal import Lessons
internal import Testing
internal import Turns

/// Whether the engine was compiled for the browser before, which takes minutes.
private let hasEngine = FileManager.default.fileExists(atPath: ".build/wasm/objects")

/// Live cells on their way from a folder of lessons to a site and its check.
@Suite("Live cells of a course", .inTurns, .enabled(if: hasEngine)) struct LiveCellsTests {
    private static let lesson = """
        ---
        title: Live
        ---

        ```swift model name=double
        func double(_ n: Int) -> Int { 2 * n }
        ```

        ```swift model name=twice
        live(Stepper("n", 0...5, initially: 2)) { n in
            print("twice", n)
            double(n)
        }
        ```

        ```swift model name=motion
        animate(over: 0..<4) { n in
            Chart("Motion") { PointMark(x: .value("n", n), y: .value("n", n)) }
        }
        ```

        """

    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "unroll-live-\(UUID().uuidString)"
    )

    private var folders: ProjectFolders {
        ProjectFolders(
            lessons: folder.appending(path: "lessons").path(percentEncoded: false),
            site: folder.appending(path: "site").path(percentEncoded: false)
        )
    }

    private func site(_ path: String) -> URL { folder.appending(path: "site/\(path)") }

    private func text(_ path: String) throws -> String { try String(contentsOf: site(path), encoding: .utf8) }

    private func write(_ text: String) throws {
        let lessons = folder.appending(path: "lessons")
        try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: lessons.appending(path: "01-live.md"))
        try Data("reference: false\n".utf8).write(to: folder.appending(path: "unroll.yml"))
    }

    private func build(_ runner: LessonRunner) async throws -> BuildOutcome {
        try #require(await Project.read(folders).build(by: { () throws(Diagnostic) in runner }, jobs: 2))
    }

    private func check(_ runner: LessonRunner) async throws -> CheckOutcome {
        let project = Project.read(folders)
        let outcome = await project.check(by: { () throws(Diagnostic) in runner }, jobs: 2, twice: false)
        return try #require(outcome)
    }

    private func findings(_ runner: LessonRunner) async throws -> [String] {
        let outcome = try await check(runner)
        #expect(outcome.diagnostics == [])
        return try #require(outcome.check).findings.map {
            $0.description.replacing(folders.shownSite, with: "site/")
        }
    }

    @Test("are made once, kept while their code is the same, and held to native code") func wholeWay()
        async throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let runner = try await LessonRunner.find()
        guard await runner.moduleRunner() != nil else { return }
        try write(LiveCellsTests.lesson)
        let first = try await build(runner)
        #expect(first.diagnostics == [])
        #expect(first.site == .built)
        #expect(first.modules == ["01-live"])
        let page = try text("01-live.html")
        let script = try text("live/01-live.js")
        let key = try #require(script.firstMatch(of: /^self\.unrollLive\?\.\("(?<key>[0-9a-f]{16})","/)).key
        #expect(page.contains("data-module=\"live/01-live.js\" data-key=\"\(key)\" data-cell=\"0\""))
        #expect(page.contains("data-states=\"live/01-live-motion.js\""))

        // Prose, and another cell, leave the module as it is.
        try write(LiveCellsTests.lesson + "Prose.\n\n```swift model name=other\nprint(1)\n```\n")
        let second = try await build(runner)
        #expect(second.modules == [])
        #expect(try text("live/01-live.js") == script)
        let outcome = try await check(runner)
        #expect(outcome.liveStates == 4)
        #expect(outcome.unheld == [])
        #expect(try await findings(runner) == [])

        // What it runs is another program.
        try write(LiveCellsTests.lesson.replacing("2 * n }", with: "n + n }"))
        let third = try await build(runner)
        #expect(third.modules == ["01-live"])
        #expect(try text("live/01-live.js") != script)

        // A module of other code, which claims to be of this.
        let wrong = LiveCellsTests.lesson.replacing("2 * n }", with: "n == 5 ? 11 : n + n }")
        let right = try text("live/01-live.js")
        try write(wrong)
        _ = try await build(runner)
        let own = try #require(right.firstMatch(of: /\("(?<key>[0-9a-f]{16})"/)).key
        let forged = try text("live/01-live.js").replacing(/\("[0-9a-f]{16}"/) { _ in "(\"\(own)\"" }
        try write(LiveCellsTests.lesson.replacing("2 * n }", with: "n + n }"))
        _ = try await build(runner)
        try Data(forged.utf8).write(to: site("live/01-live.js"))
        let found = try await findings(runner)
        #expect(
            found == [
                "lessons/01-live.md:9 #twice  the module on the site, with n 5: output 2 10 → 11 (+0.1 relative; exact wanted)"
            ]
        )
    }

    @Test("are found where their files are cut off, changed or gone") func damage() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let runner = try await LessonRunner.find()
        guard await runner.moduleRunner() != nil else { return }
        try write(LiveCellsTests.lesson)
        _ = try await build(runner)
        let paths = ["live/01-live.js", "live/01-live-motion.js"]
        let whole = try paths.map(text)

        // A letter of the states, which are compressed.
        let middle = whole[1].index(whole[1].startIndex, offsetBy: whole[1].count / 2)
        var changed = whole[1]
        changed.replaceSubrange(middle...middle, with: whole[1][middle] == "A" ? "B" : "A")
        try Data(changed.utf8).write(to: site(paths[1]))
        try Data(whole[0].prefix(whole[0].count / 2).utf8).write(to: site(paths[0]))
        var found = try await findings(runner)
        #expect(found.contains { $0.hasPrefix("site/live/01-live-motion.js") && $0.contains("stale") })
        #expect(found.contains { $0.hasPrefix("site/live/01-live.js  missing: ") })

        for (path, text) in zip(paths, whole) { try Data(text.utf8).write(to: site(path)) }
        let kernels = try FileManager.default
            .contentsOfDirectory(atPath: site("live").path(percentEncoded: false))
            .filter { $0.hasPrefix("kernels-") }
        #expect(kernels.count == 3)
        for name in kernels {
            let path = "live/\(name)"
            let whole = try text(path)
            let middle = whole.index(whole.startIndex, offsetBy: whole.count / 2)
            var changed = whole
            changed.replaceSubrange(middle...middle, with: whole[middle] == "A" ? "B" : "A")
            try Data(changed.utf8).write(to: site(path))
            found = try await findings(runner)
            #expect(
                found.contains { $0.hasPrefix("lessons/01-live.md  the module on the site does not run: ") },
                "\(name)"
            )
            try Data(whole.utf8).write(to: site(path))
        }
        try FileManager.default.removeItem(at: site("live/\(kernels[0])"))
        found = try await findings(runner)
        #expect(found.contains { $0.hasPrefix("site/live/01-live.js  stale: ") })

        // The next build makes all of it again.
        _ = try await build(runner)
        #expect(try await findings(runner) == [])
        #expect(try paths.map(text) == whole)
    }

    @Test("are refused where a state stops, nothing is shown, or the browser shows something else")
    func refusals()
        async throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let runner = try await LessonRunner.find()
        guard await runner.moduleRunner() != nil else { return }
        let bodies: [(code: String, place: String, message: String)] = [
            ("[1, 2, 3][n]", ":7:14", "the live cell stops, with n 3: Index out of range"),
            (
                "Tensor.zeros([2]) + Tensor.zeros([n + 2])", ":7:23",
                "the live cell stops, with n 3: +: shapes [2] and [5] do not fit."
            ),
            ("_ = n", ":5:1", "the live cell shows nothing that its controls could change"),
            (
                "manualSeed(0); Int.random(in: 0..<1_000_000_000) + n", ":5:1",
                "the live cell shows something else in the page than in the lesson: "
            ),
            (
                "Int64(2_000_000_000 * (n + 1))", ":5:1",
                "in the browser the live cell shows something else, with n 3: it stops: "
            ),
            (
                "print(\"\\([n])\")", ":5:1",
                "in the browser the live cell shows something else, with the controls as they are at first: [0] → “(cannot print value"
            ),
        ]
        for body in bodies {
            try write(
                "---\ntitle: Live\n---\n\n```swift model name=bad\nlive(Stepper(\"n\", 0...3)) { n in\n    \(body.code)\n}\n```\n"
            )
            let outcome = try await build(runner)
            let errors = outcome.diagnostics.map {
                "\($0.shownLocation.replacing(/^.*01-live\.md/, with: "")) \($0.message)"
            }
            #expect(outcome.site == .built && outcome.modules == [], "\(body.code)")
            #expect(errors.count == 1, "\(body.code)")
            #expect(
                errors.first?.hasPrefix("\(body.place) \(body.message)") == true,
                "\(body.code): \(errors)"
            )
        }
    }
}
