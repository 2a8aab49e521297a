internal import Foundation
internal import Subprocess
internal import Testing
internal import Turns

@Suite("A build that is interrupted", .serialized, .inTurns) struct InterruptionTests {
    /// A lesson without end, which leaves a word in its folder, and what it may start there.
    private static func endless(_ word: String) -> String {
        """
        ---
        title: Endless
        ---

        ```swift model
        import Foundation
        var words: [UnsafeMutablePointer<CChar>?] = []
        for word in ["/bin/sh", "-c", "setsid sleep 1000 & (setsid sleep 1000 &); sleep 1000"] { words.append(strdup(word)) }
        words.append(nil)
        var child: pid_t = 0
        if getppid() != 1 { posix_spawn(&child, "/bin/sh", nil, nil, words, nil) }
        usleep(200_000)
        try "\(word)".write(toFile: "started", atomically: true, encoding: .utf8)
        while true { }
        ```
        """
    }

    /// The processes that run in the folder of a lesson which left this word there.
    private func processes(of word: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { process in
            Int(process) != nil
                && (try? String(contentsOfFile: "/proc/\(process)/cwd/started", encoding: .utf8)) == word
        }
    }

    @Test(
        "stops its lessons, leaves the site alone, and leaves nothing behind",
        arguments: [(Signal.interrupt, "auto", 130), (.interrupt, "off", 130), (.terminate, "off", 143)]
    )
    func interrupted(by signal: Signal, sandbox: String, status: Int) async throws {
        try await withTool { tool in
            let word = UUID().uuidString
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            try #require(try await tool("build").status == 0)
            let site = try tool.files(under: "site")
            try tool.write(InterruptionTests.endless(word), to: "lessons/02-endless.md")
            let temporary = tool.folder.appending(path: "temporary")
            try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
            let run = try await tool.interrupted(
                ["build", "--sandbox", sandbox],
                by: signal,
                temporary: temporary
            ) { try !processes(of: word).isEmpty }
            #expect(run.status == status)
            #expect(run.errors.hasSuffix("✗ interrupted\n"), "\(run.errors)")
            #expect(run.output.isEmpty)
            #expect(try processes(of: word) == [])
            #expect(try tool.files(under: "site") == site)
            #expect(try tool.files(under: "temporary").isEmpty)
            #expect(try tool.files(under: ".unroll/scratch").isEmpty)
        }
    }

    @Test(
        "and killed takes its lessons along, and is cleared away by the next one",
        arguments: ["auto", "off"]
    )
    func killed(sandbox: String) async throws {
        try await withTool { tool in
            let word = UUID().uuidString
            try tool.write(InterruptionTests.endless(word), to: "lessons/01-endless.md")
            let temporary = tool.folder.appending(path: "temporary")
            try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
            let run = try await tool.interrupted(
                ["build", "--sandbox", sandbox],
                by: .kill,
                temporary: temporary
            ) {
                try !processes(of: word).isEmpty
            }
            #expect(run.status == -9)
            #expect(try !tool.files(under: ".unroll/scratch").isEmpty)
            // The system tells them of it; how soon is its own.
            let end = ContinuousClock.now + .seconds(30)
            while try !processes(of: word).isEmpty, .now < end {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try processes(of: word) == [])
            try tool.write(BuildCommandTests.good, to: "lessons/01-endless.md")
            let next = try await tool.interrupted(["build"], by: .kill, temporary: temporary) { false }
            #expect(next.status == 0, "\(next.errors)")
            #expect(try tool.files(under: ".unroll/scratch").isEmpty)
            #expect(try tool.files(under: "temporary").isEmpty)
        }
    }
}
