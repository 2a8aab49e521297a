import Execution
import Foundation
import Lessons
import Records
import Serialization
import Testing
import Turns

@Suite("The keys of a site's records", .inTurns) struct RecordKeysTests {
    private let text =
        "---\ntitle: Test\n---\n\n```swift model name=a\nlet n = 1\nn + 1\n```\n\nIt is `{swift} n`.\n"

    private func lesson(_ text: String) throws -> Lesson {
        try #require(Lesson.read(text, file: "lessons/07-test.md").lesson)
    }

    /// Runs a test with a site that one clone has made, and a runner of another clone.
    private func withSite(
        _ body: (_ record: URL, _ first: LessonRun, _ runner: () async throws -> LessonRunner) async throws ->
            Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll test \(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let site = folder.appending(path: "site").path(percentEncoded: false)
        let runner = try await TestRunner.sealed(in: folder.appending(path: "one"))
        let first = await runner.run(try lesson(text))
        let record = try #require(first.record, "\(first.diagnostics)")
        let file = folder.appending(path: "site/records/07-test.json")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(record.json.lines.utf8).write(to: file)
        var keys = RecordKeys(of: site)
        try keys.write(["07-test": try #require(first.key)])
        var count = 1
        try await body(file, first) {
            count += 1
            var runner = try await TestRunner.sealed(in: folder.appending(path: "clone \(count)"))
            runner.trusted = RecordKeys(of: site)
            return runner
        }
    }

    @Test("A clone takes a record whose key holds, and says the same of it") func taken() async throws {
        try await withSite { _, first, clone in
            let runner = try await clone()
            let run = await runner.run(try lesson(text))
            #expect(run.isCached && run.isTrusted && run.diagnostics == [] && !first.isTrusted)
            #expect(run.record == first.record && run.program == first.program && run.notes == first.notes)
            var untrusting = try await clone()
            untrusting.trusted = nil
            #expect(await !untrusting.run(try lesson(text)).isCached)
            var checking = try await clone()
            checking.reuse = .none
            #expect(await !checking.run(try lesson(text)).isCached)
        }
    }

    @Test("A broken file of keys is said, and written anew") func broken() async throws {
        try await withSite { file, first, _ in
            let keys = file.deletingLastPathComponent().appending(path: "keys.json")
            let site = keys.deletingLastPathComponent().deletingLastPathComponent().path(
                percentEncoded: false
            )
            #expect(RecordKeys(of: site).warnings == [])
            try Data("{\"07-test\": 1".utf8).write(to: keys)
            var read = RecordKeys(of: site)
            let message = "the keys of the records are broken, and no record is taken by them"
            #expect(read.warnings.map(\.message) == [message])
            #expect(read.warnings.first?.hint == "a build without errors writes them anew")
            try read.write(["07-test": try #require(first.key)])
            #expect(RecordKeys(of: site).warnings == [])
            try FileManager.default.removeItem(at: keys)
            #expect(RecordKeys(of: site).warnings == [])
        }
    }

    @Test("A record of other code is not taken") func other() async throws {
        try await withSite { _, _, clone in
            let run = await (try clone()).run(try lesson(text.replacing("n + 1", with: "n + 2")))
            #expect(!run.isCached && run.diagnostics == [])
        }
    }

    @Test(
        "A record that was forged is refused with a sentence",
        arguments: [
            ("\"2\"", "\"3\"", false, "it was changed after its key was written"),
            ("\"name\": \"a\"", "\"name\": \"b\"", true, "its cells are not those of the lesson"),
            ("07-test", "08-test", true, "its cells are not those of the lesson"),
            ("\"cells\"", "\"more\": 1, \"cells\"", true, "it is not written as records are"),
            ("{", "[", true, "it is not written as records are"),
        ]
    ) func forged(old: String, new: String, isSealed: Bool, reason: String) async throws {
        try await withSite { file, _, clone in
            let good = try String(contentsOf: file, encoding: .utf8)
            let bad = good.replacing(old, with: new)
            try #require(bad != good)
            try Data(bad.utf8).write(to: file)
            let keys = file.deletingLastPathComponent().appending(path: "keys.json")
            let text = try String(contentsOf: keys, encoding: .utf8)
            let sealed = text.replacing(Digest(of: good).text, with: Digest(of: bad).text)
            if isSealed { try Data(sealed.utf8).write(to: keys) }
            let run = await (try clone()).run(try lesson(self.text))
            #expect(!run.isCached && run.record?.cells.first?.outputs == [.value("2")])
            #expect(
                run.diagnostics.map(\.message) == [
                    "the record is not taken, for \(reason); the lesson is run"
                ]
            )
        }
    }
}
