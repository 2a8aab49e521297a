internal import Foundation
internal import Subprocess
internal import Synchronization
internal import Testing
internal import Turns

@Suite("A build that is interrupted", .serialized, .inTurns) struct InterruptionTests {
    private static let endless = """
        ---
        title: Endless
        ---

        ```swift model
        while true { }
        ```
        """

    /// The processes of lessons that a process has started, or those that it started.
    private static func lessons(of tool: Int) throws -> [Int] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int($0) }.filter {
            process in
            guard isLesson(process) else { return false }
            var ancestor = process
            while ancestor > 1, ancestor != tool { ancestor = parent(of: ancestor) ?? 0 }
            return ancestor == tool
        }
    }

    /// Whether a process is there and runs a lesson's program, within walls or without.
    private static func isLesson(_ process: Int) -> Bool {
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")
        return path?.hasSuffix("/lesson") == true
    }

    private static func parent(of process: Int) -> Int? {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("PPid:") }
        return line.flatMap { Int($0.dropFirst(5).trimmingCharacters(in: .whitespaces)) }
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
            let started = Mutex<[Int]>([])
            let run = try await tool.interrupted(
                ["build", "--sandbox", sandbox],
                by: signal,
                temporary: temporary
            ) { process in
                let lessons = try InterruptionTests.lessons(of: process)
                started.withLock { $0 = lessons }
                return !lessons.isEmpty
            }
            #expect(run.status == status)
            #expect(run.errors.hasSuffix("✗ interrupted\n"), "\(run.errors)")
            #expect(run.output.isEmpty)
            #expect(started.withLock { $0.filter(InterruptionTests.isLesson) } == [])
            #expect(try tool.files(under: "site") == site)
            #expect(try tool.files(under: "temporary").isEmpty)
            #expect(try tool.files(under: ".unroll/scratch").isEmpty)
        }
    }

    @Test("and killed is cleared away by the next one")
    func killed() async throws {
        try await withTool { tool in
            try tool.write(InterruptionTests.endless, to: "lessons/01-endless.md")
            let temporary = tool.folder.appending(path: "temporary")
            try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
            let started = Mutex<[Int]>([])
            let run = try await tool.interrupted(["build"], by: .kill, temporary: temporary) { process in
                let lessons = try InterruptionTests.lessons(of: process)
                started.withLock { $0 = lessons }
                return !lessons.isEmpty
            }
            #expect(run.status == -9)
            #expect(try !tool.files(under: ".unroll/scratch").isEmpty)
            // Without a sandbox, too, a lesson ends with the tool that started it.
            while started.withLock({ $0.contains(where: InterruptionTests.isLesson) }) {
                try await Task.sleep(for: .milliseconds(20))
            }
            try tool.write(BuildCommandTests.good, to: "lessons/01-endless.md")
            let next = try await tool.interrupted(["build"], by: .kill, temporary: temporary) { _ in false }
            #expect(next.status == 0, "\(next.errors)")
            #expect(try tool.files(under: ".unroll/scratch").isEmpty)
        }
    }
}
