import Execution
import Foundation
import Lessons
import Records
import Testing
import Turns

@Suite("A cached run", .inTurns) struct CachedRunTests {
    private let text =
        "---\ntitle: Test\n---\n\nProse.\n\n```swift model name=a\nlet n = 1; n + 1 // why\n```\n"

    /// Runs a test with a cache of its own.
    private func withCache(
        _ body: (_ runner: LessonRunner, _ folder: URL) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        var runner = try await TestRunner.shared()
        runner.cache = Cache(folder: folder.path(percentEncoded: false))
        try await body(runner, folder)
    }

    private func lesson(_ text: String) throws -> Lesson {
        try #require(Lesson.read(text, file: "lessons/07-test.md").lesson)
    }

    /// The runs in a cache.
    private func entries(in folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "runs"),
            includingPropertiesForKeys: nil
        )
    }

    @Test("A lesson that is as it was is not run again, and says the same") func hit() async throws {
        try await withCache { runner, _ in
            let lesson = try lesson(text)
            #expect(try runner.decision(on: lesson) == .never)
            let first = await runner.run(lesson)
            #expect(try runner.decision(on: lesson) == .hit)
            let second = await runner.run(lesson)
            #expect(!first.isCached && second.isCached)
            #expect(second.record == first.record && first.record != nil)
            #expect(second.program == first.program && first.program != nil)
        }
    }

    @Test("Another lesson of the same cells has a run of its own") func other() async throws {
        try await withCache { runner, _ in
            _ = await runner.run(try lesson(text))
            let other = try #require(Lesson.read(text, file: "lessons/08-other.md").lesson)
            #expect(try runner.decision(on: other) == .never)
            #expect(await runner.run(other).record?.lesson == "08-other")
            #expect(await runner.run(try lesson(text)).record?.lesson == "07-test")
        }
    }

    @Test("A lesson laid out anew has the program that it would have had") func layout() async throws {
        try await withCache { runner, folder in
            _ = await runner.run(try lesson(text))
            let moved = try lesson(
                text.replacing("Prose.", with: "More\n\nprose.")
                    .replacing("let n = 1; n + 1 // why", with: "// first\nlet n = 1;   n  +  1\n\n// done")
            )
            let cached = await runner.run(moved)
            #expect(cached.isCached)
            var fresh = runner
            fresh.cache = nil
            let run = await fresh.run(moved)
            #expect(cached.program == run.program)
            #expect(cached.record == run.record)
        }
    }

    @Test("A change is named") func change() async throws {
        try await withCache { runner, _ in
            _ = await runner.run(try lesson(text))
            guard
                case .changed(let changes) = try runner.decision(
                    on: lesson(text.replacing("= 1", with: "= 2"))
                )
            else { return #expect(Bool(false), "a miss was expected") }
            #expect(changes.map(\.component) == ["cell a"])
            #expect(changes[0].old != nil && changes[0].new != nil && changes[0].old != changes[0].new)
        }
    }

    @Test("What is corrupt, truncated or foreign is a miss") func corrupt() async throws {
        try await withCache { runner, folder in
            let lesson = try lesson(text)
            _ = await runner.run(lesson)
            let entry = try #require(try entries(in: folder).first)
            let good = try Data(contentsOf: entry)
            var flipped = good
            flipped[good.count / 2] ^= 1
            let second = try #require(good.firstIndex(of: UInt8(ascii: "\n")))
            let foreign = Data("{}\n".utf8)
            for bad in [
                flipped, good.dropLast(1), good.prefix(70), Data(), foreign, good + foreign,
                good[(second + 1)...],
            ] {
                try Data(bad).write(to: entry)
                #expect(try runner.decision(on: lesson) != .hit)
            }
            try good.write(to: entry)
            #expect(try runner.decision(on: lesson) == .hit)
            // The entry of another key under this one's name.
            _ = await runner.run(try self.lesson(text.replacing("= 1", with: "= 2")))
            let other = try #require(try entries(in: folder).first { $0 != entry })
            try Data(contentsOf: other).write(to: entry)
            #expect(try runner.decision(on: lesson) != .hit)
        }
    }

    @Test("A lesson that fails leaves no record") func failure() async throws {
        try await withCache { runner, folder in
            let lesson = try lesson(text.replacing("n + 1", with: "[n][n]"))
            #expect(await runner.run(lesson).record == nil)
            #expect(try runner.decision(on: lesson) == .never)
        }
    }

    @Test("Warnings come again, at the places where what they are about stands now") func warnings()
        async throws
    {
        try await withCache { runner, _ in
            let noisy = text.replacing("n + 1 //", with: "n + 1; n + 2 //")
            let first = await runner.run(try lesson(noisy))
            #expect(first.diagnostics.map(\.severity) == [.warning])
            let second = await runner.run(try lesson(noisy))
            #expect(second.isCached && second.diagnostics == first.diagnostics)
            let text = noisy.replacing("Prose.", with: "More\n\nprose.")
                .replacing("let n", with: "// moved\n  let /* so */ n")
            let moved = await runner.run(try lesson(text))
            #expect(moved.isCached)
            var fresh = runner
            fresh.cache = nil
            let run = await fresh.run(try lesson(text))
            #expect(moved.diagnostics == run.diagnostics)
            #expect(moved.diagnostics.map(\.location.line) == [11])
        }
    }

    @Test("Notes on names move with the code, and are asked for again when documentation changes")
    func notes()
        async throws
    {
        let text = text.replacing(
            "let n = 1;",
            with: "/// Old.\nfunc f() -> Tensor { .ones([2]) }\nlet t = f()\nlet n = 1;"
        )
        try await withCache { runner, _ in
            var fresh = runner
            fresh.cache = nil
            let first = await runner.run(try lesson(text))
            #expect(first.notes["a"]?.tensors.map(\.name) == ["t"])
            #expect(first.notes["a"]?.names.contains { $0.summary == "Old." } == true)
            for edit in [
                text,
                text.replacing("Prose.", with: "More\n\nprose.").replacing("let t", with: "  // so\n let  t"),
                text.replacing("Old.", with: "New."),
                text.replacing("Old.", with: "New.").replacing("let t", with: " let t"),
            ] {
                let lesson = try lesson(edit)
                let cached = await runner.run(lesson)
                #expect(cached.isCached)
                let run = await fresh.run(lesson)
                #expect(cached.notes == run.notes)
                #expect(cached.record == run.record)
            }
        }
    }

    @Test("Cells in another order are told by their names") func order() async throws {
        try await withCache { runner, _ in
            let cells = ["x", "y", "z"].map { "\n```swift model name=\($0)\nprint(\"\($0)\")\n```\n" }
            _ = await runner.run(try lesson(text + cells.joined()))
            let swapped = try lesson(text + cells[1] + cells[0] + cells[2])
            guard case .changed(let changes) = try runner.decision(on: swapped) else {
                return #expect(Bool(false), "a miss was expected")
            }
            #expect(changes.map(\.component) == ["order of cells"])
            #expect(changes.map(\.old) == ["cell x, cell y"] && changes.map(\.new) == ["cell y, cell x"])
        }
    }

    @Test("What was shown while data were written is not kept", arguments: [["2\n"], ["2\n", "1\n"]])
    func steady(writes: [String]) async throws {
        try await withCache { runner, folder in
            let data = folder.appending(path: "n.txt")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data("1\n".utf8).write(to: data)
            let code = "import Foundation\nprint(try String(contentsOfFile: \"n.txt\", encoding: .utf8))"
            let lesson = try lesson(
                text.replacing("title: Test", with: "title: Test\ndata: [n.txt]")
                    .replacing("let n = 1; n + 1 // why", with: code)
            )
            let root = folder.path(percentEncoded: false)
            let run = await runner.run(lesson, data: root) { progress in
                guard case .began = progress else { return }
                // As an editor does; the second time with what was there before.
                for text in writes { try? Data(text.utf8).write(to: data, options: .atomic) }
            }
            #expect(run.record?.cells.first?.outputs == [.text("1\n\n")], "\(run.diagnostics)")
            for text in ["1\n", "2\n"] {
                try Data(text.utf8).write(to: data)
                #expect(try runner.decision(on: lesson, data: root) == .never)
            }
            _ = await runner.run(lesson, data: root)
            #expect(try runner.decision(on: lesson, data: root) == .hit)
        }
    }
}
