internal import Foundation
internal import Synchronization
internal import Testing
internal import Turns
internal import unroll

/// How many changes were told.
private final class Count: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}

@Suite("A watcher of sources", .inTurns) struct SourceWatcherTests {
    /// Watches a course in a folder of its own, and counts the changes that are told.
    private func watching(_ body: (Tool, () -> Int) async throws -> Void) async throws {
        try await withTool { tool in
            try tool.write("prose", to: "lessons/01-a.md")
            try tool.write("1\n2\n", to: "lessons/data/numbers.txt")
            try tool.write("page", to: "site/index.html")
            func path(_ name: String) -> String {
                tool.folder.appending(path: name).path(percentEncoded: false)
            }
            let watcher = SourceWatcher(lessons: path("lessons"), site: path("site"))
            let changes = Count()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await watcher.run { changes.add() } }
                try await body(tool) { changes.value }
                group.cancelAll()
            }
        }
    }

    /// How long a change is waited for, on a machine that has all other tests to run.
    private static let patience = Duration.seconds(120)

    /// Waits until as many changes were told.
    private func wait(for count: Int, _ changes: () -> Int) async throws {
        let end = ContinuousClock.now + Self.patience
        while changes() < count, .now < end { try await Task.sleep(for: .milliseconds(5)) }
        #expect(changes() == count)
    }

    /// Writes a file in one step.
    private func write(_ text: String, to path: String, of tool: Tool) throws {
        let file = tool.folder.appending(path: path)
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    @Test("tells of lessons, data, settings and the theme that are written, added, renamed and removed")
    func changes() async throws {
        try await watching { tool, changes in
            let lesson = tool.folder.appending(path: "lessons/01-a.md")
            let edits: [() throws -> Void] = [
                { try write("other prose", to: "lessons/01-a.md", of: tool) },
                { try write("other prosE", to: "lessons/01-a.md", of: tool) },
                { try write("1\n3\n", to: "lessons/data/numbers.txt", of: tool) },
                { try write("4\n", to: "lessons/more/deep/numbers.txt", of: tool) },
                { try write("5\n", to: "lessons/more/deep/numbers.txt", of: tool) },
                { try write("title: A\n", to: "unroll.yml", of: tool) },
                { try write("p { color: red }", to: "theme/extra.css", of: tool) },
                { try write("p { color: tan }", to: "theme/extra.css", of: tool) },
                { try FileManager.default.removeItem(at: tool.folder.appending(path: "unroll.yml")) },
                {
                    let renamed = tool.folder.appending(path: "lessons/02-a.md")
                    try FileManager.default.moveItem(at: lesson, to: renamed)
                },
            ]
            for (index, edit) in edits.enumerated() {
                try edit()
                try await wait(for: index + 1, changes)
            }
        }
    }

    @Test("notices a file that its editor writes aside, and puts into the place of the old one")
    func editor() async throws {
        try await watching { tool, changes in
            let file = tool.folder.appending(path: "lessons/01-a.md")
            let aside = tool.folder.appending(path: "lessons/.01-a.md.swp")
            try Data("new".utf8).write(to: aside)
            #expect(rename(aside.path(percentEncoded: false), file.path(percentEncoded: false)) == 0)
            try await wait(for: 1, changes)
            // As vim does: the old file becomes the copy, and a new one is written under its name.
            let copy = tool.folder.appending(path: "lessons/01-a.md~")
            try FileManager.default.moveItem(at: file, to: copy)
            try Data("newer".utf8).write(to: file)
            try FileManager.default.removeItem(at: copy)
            let end = ContinuousClock.now + Self.patience
            while changes() < 2, .now < end { try await Task.sleep(for: .milliseconds(5)) }
            // Two, if the editor rested in between.
            #expect((2...3).contains(changes()))
        }
    }

    @Test("says nothing of the site, of hidden files, and of what editors keep")
    func others() async throws {
        try await watching { tool, changes in
            try tool.write("new page", to: "site/index.html")
            try tool.write("record", to: ".unroll/runs/a.json")
            try tool.write("notes", to: "notes.txt")
            try tool.write("swap", to: "lessons/.01-a.md.swp")
            try tool.write("backup", to: "lessons/01-a.md~")
            try write("prose, at last", to: "lessons/01-a.md", of: tool)
            try await wait(for: 1, changes)
        }
    }

    @Test("follows links to files that lie elsewhere")
    func links() async throws {
        try await withTool { tool in
            try tool.write("1\n", to: "elsewhere/numbers.txt")
            try tool.write("prose", to: "lessons/01-a.md")
            try FileManager.default.createSymbolicLink(
                at: tool.folder.appending(path: "lessons/numbers.txt"),
                withDestinationURL: tool.folder.appending(path: "elsewhere/numbers.txt")
            )
            let lessons = tool.folder.appending(path: "lessons").path(percentEncoded: false)
            let watcher = SourceWatcher(lessons: lessons, site: lessons + "/site")
            let changes = Count()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await watcher.run { changes.add() } }
                try write("2\n", to: "elsewhere/numbers.txt", of: tool)
                try await wait(for: 1) { changes.value }
                group.cancelAll()
            }
        }
    }
}
