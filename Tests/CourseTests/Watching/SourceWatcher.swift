internal import Course
internal import Foundation
internal import Synchronization
internal import Testing
internal import Turns

/// How many changes were told.
private final class Count: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}

/// Files in a folder of their own.
private struct Folder {
    let url: URL

    /// Runs a test in a new folder.
    static func with(_ body: (Folder) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "unroll watcher \(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(Folder(url: url))
    }

    /// Writes a file, in one step if it must be so.
    func write(_ text: String, to path: String, options: Data.WritingOptions = []) throws {
        let file = url.appending(path: path)
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file, options: options)
    }
}

@Suite("A watcher of sources", .inTurns) struct SourceWatcherTests {
    /// Watches a course in a folder of its own, and counts the changes that are told.
    private func watching(_ body: (Folder, () -> Int) async throws -> Void) async throws {
        try await Folder.with { folder in
            try folder.write("prose", to: "lessons/01-a.md")
            try folder.write("1\n2\n", to: "lessons/data/numbers.txt")
            try folder.write("page", to: "site/index.html")
            func path(_ name: String) -> String {
                folder.url.appending(path: name).path(percentEncoded: false)
            }
            let watcher = SourceWatcher(of: ProjectFolders(lessons: path("lessons"), site: path("site")))
            let changes = Count()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await watcher.run { changes.add() } }
                try await body(folder) { changes.value }
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
    private func write(_ text: String, to path: String, in folder: Folder) throws {
        try folder.write(text, to: path, options: .atomic)
    }

    @Test("tells of lessons, data, settings, theme and Swift that are written, added, renamed and removed")
    func changes() async throws {
        try await watching { folder, changes in
            let lesson = folder.url.appending(path: "lessons/01-a.md")
            let edits: [() throws -> Void] = [
                { try write("other prose", to: "lessons/01-a.md", in: folder) },
                { try write("other prosE", to: "lessons/01-a.md", in: folder) },
                { try write("1\n3\n", to: "lessons/data/numbers.txt", in: folder) },
                { try write("4\n", to: "lessons/more/deep/numbers.txt", in: folder) },
                { try write("5\n", to: "lessons/more/deep/numbers.txt", in: folder) },
                { try write("title: A\n", to: "unroll.yml", in: folder) },
                { try write("p { color: red }", to: "theme/extra.css", in: folder) },
                { try write("p { color: tan }", to: "theme/extra.css", in: folder) },
                { try write("sources: [Sources/Gates]\n", to: "unroll.yml", in: folder) },
                { try write("public let a = 1\n", to: "Sources/Gates/A.swift", in: folder) },
                { try write("public let a = 2\n", to: "Sources/Gates/A.swift", in: folder) },
                { try FileManager.default.removeItem(at: folder.url.appending(path: "unroll.yml")) },
                {
                    let renamed = folder.url.appending(path: "lessons/02-a.md")
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
        try await watching { folder, changes in
            let file = folder.url.appending(path: "lessons/01-a.md")
            let aside = folder.url.appending(path: "lessons/.01-a.md.swp")
            try Data("new".utf8).write(to: aside)
            #expect(rename(aside.path(percentEncoded: false), file.path(percentEncoded: false)) == 0)
            try await wait(for: 1, changes)
            // As vim does: the old file becomes the copy, and a new one is written under its name.
            let copy = folder.url.appending(path: "lessons/01-a.md~")
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
        try await watching { folder, changes in
            try folder.write("new page", to: "site/index.html")
            try folder.write("record", to: ".unroll/runs/a.json")
            try folder.write("notes", to: "notes.txt")
            try folder.write("swap", to: "lessons/.01-a.md.swp")
            try folder.write("backup", to: "lessons/01-a.md~")
            try write("prose, at last", to: "lessons/01-a.md", in: folder)
            try await wait(for: 1, changes)
        }
    }

    @Test("follows links to files that lie elsewhere")
    func links() async throws {
        try await Folder.with { folder in
            try folder.write("1\n", to: "elsewhere/numbers.txt")
            try folder.write("prose", to: "lessons/01-a.md")
            try FileManager.default.createSymbolicLink(
                at: folder.url.appending(path: "lessons/numbers.txt"),
                withDestinationURL: folder.url.appending(path: "elsewhere/numbers.txt")
            )
            let lessons = folder.url.appending(path: "lessons").path(percentEncoded: false)
            let watcher = SourceWatcher(of: ProjectFolders(lessons: lessons, site: lessons + "/site"))
            let changes = Count()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await watcher.run { changes.add() } }
                try write("2\n", to: "elsewhere/numbers.txt", in: folder)
                try await wait(for: 1) { changes.value }
                group.cancelAll()
            }
        }
    }
}
