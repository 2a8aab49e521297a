internal import Foundation
internal import Subprocess
internal import Testing
internal import Turns

@Suite("A build that is interrupted", .serialized, .inTurns) struct InterruptionTests {
    private static let endless = """
        ---
        title: Endless
        ---

        ```swift model
        import Foundation
        try "\\(getpid())".write(toFile: "started", atomically: true, encoding: .utf8)
        while true { }
        ```
        """

    /// The processes of lessons that run in a folder of temporary files.
    private func lessons(in folder: URL) throws -> [String] {
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
        return processes.filter { process in
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")
            return path?.hasPrefix(folder.resolvingSymlinksInPath().path(percentEncoded: false)) == true
        }
    }

    @Test(
        "stops its lessons, leaves the site alone, and leaves nothing behind",
        arguments: [(Signal.interrupt, "auto", 130), (.interrupt, "off", 130), (.terminate, "off", 143)]
    )
    func interrupted(by signal: Signal, sandbox: String, status: Int) async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            try #require(try await tool("build").status == 0)
            let site = try tool.files(under: "site")
            try tool.write(InterruptionTests.endless, to: "lessons/02-endless.md")
            let temporary = tool.folder.appending(path: "temporary")
            try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
            let run = try await tool.interrupted(
                ["build", "--sandbox", sandbox],
                by: signal,
                temporary: temporary
            ) {
                let names = try FileManager.default.contentsOfDirectory(
                    atPath: temporary.path(percentEncoded: false)
                )
                return names.contains { tool.read("temporary/\($0)/started") != nil }
            }
            #expect(run.status == status)
            #expect(run.errors.hasSuffix("✗ interrupted\n"), "\(run.errors)")
            #expect(run.output.isEmpty)
            #expect(try lessons(in: temporary) == [])
            #expect(try tool.files(under: "site") == site)
            #expect(try tool.files(under: "temporary").isEmpty)
        }
    }

    @Test("and killed is cleared away by the next one")
    func killed() async throws {
        try await withTool { tool in
            try tool.write(InterruptionTests.endless, to: "lessons/01-endless.md")
            let temporary = tool.folder.appending(path: "temporary")
            try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
            let run = try await tool.interrupted(["build"], by: .kill, temporary: temporary) {
                let names = try FileManager.default.contentsOfDirectory(
                    atPath: temporary.path(percentEncoded: false)
                )
                return names.contains { tool.read("temporary/\($0)/started") != nil }
            }
            #expect(run.status == -9)
            #expect(try !tool.files(under: "temporary").isEmpty)
            // It runs without a sandbox, too, and is of no use to anybody.
            for process in try lessons(in: temporary) { kill(try #require(Int32(process)), SIGKILL) }
            try tool.write(BuildCommandTests.good, to: "lessons/01-endless.md")
            let next = try await tool.interrupted(["build"], by: .kill, temporary: temporary) { false }
            #expect(next.status == 0, "\(next.errors)")
            #expect(try tool.files(under: "temporary").isEmpty)
        }
    }
}
