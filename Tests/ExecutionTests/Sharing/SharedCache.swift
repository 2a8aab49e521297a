import Execution
import Foundation
import Lessons
import Records
import Serialization
import Testing
import Turns

@Suite("Runs that machines share", .inTurns) struct SharedCacheTests {
    private let text =
        "---\ntitle: Test\n---\n\n```swift model name=a\nlet n = 1\nn + 1\n```\n\nIt is `{swift} n`.\n"

    private func lesson(_ text: String, _ slug: String = "07-test") throws -> Lesson {
        try #require(Lesson.read(text, file: "lessons/\(slug).md").lesson)
    }

    /// Runs a test with a shared folder, and what makes clones whose library is sealed to the same sources.
    private func withShared(
        _ body: (_ shared: URL, _ clone: (Bool) async throws -> LessonRunner) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll test \(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let shared = folder.appending(path: "a cache")
        var count = 0
        try await body(shared) { isReadOnly in
            count += 1
            var runner = try await TestRunner.sealed(in: folder.appending(path: "clone \(count)"))
            runner.shared = [
                SharedCache(
                    at: shared.path(percentEncoded: false),
                    isReadOnly: isReadOnly,
                    patience: .seconds(60)
                ) {
                    record in
                    record.cells.contains { $0.outputs == [.value("<script>")] } ? "it is no good" : nil
                }
            ]
            return runner
        }
    }

    /// The blobs under a folder of the cache.
    private func blobs(_ shared: URL, _ kind: String) -> [URL] {
        let folder = shared.appending(path: kind)
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        return names.sorted().map { folder.appending(path: $0) }
    }

    @Test("A second clone takes what the first has run, and says the same of it") func taken() async throws {
        try await withShared { shared, clone in
            let first = await (try clone(false)).run(try lesson(text))
            #expect(!first.isCached && first.diagnostics == [])
            let runner = try await clone(false)
            let second = await runner.run(try lesson(text))
            #expect(second.isShared && second.isCached && second.diagnostics == [])
            #expect(
                second.record == first.record && second.program == first.program
                    && second.notes == first.notes
            )
            let third = await runner.run(try lesson(text))
            #expect(third.isCached && !third.isShared)
            #expect(blobs(shared, "ac").count == 1 && blobs(shared, "cas").count == 1)
            // As Bazel's remote cache has it: a blob has the name of its digest, a result names it.
            let blob = blobs(shared, "cas")[0]
            let bytes = try Data(contentsOf: blob)
            let digest = Digest(of: bytes).text
            #expect(blob.lastPathComponent == digest)
            let result = Array(try Data(contentsOf: blobs(shared, "ac")[0]))
            let size: [UInt8] =
                bytes.count < 128
                ? [UInt8(bytes.count)] : [UInt8(bytes.count & 0x7F | 0x80), UInt8(bytes.count >> 7)]
            let named: [UInt8] = [0x0A, 64] + Array(digest.utf8) + [0x10] + size
            let file: [UInt8] = [0x0A, 8] + Array("run.json".utf8) + [0x12, UInt8(named.count)] + named
            #expect(result == [0x12, UInt8(file.count)] + file)
        }
    }

    @Test("What is cached here is shared afterwards, once, and not by who may only read") func shared()
        async throws
    {
        try await withShared { shared, clone in
            var runner = try await clone(true)
            _ = await runner.run(try lesson(text))
            #expect(blobs(shared, "cas").isEmpty)
            runner.shared = try await clone(false).shared
            let run = await runner.run(try lesson(text))
            #expect(run.isCached)
            #expect(run.diagnostics == [])
            #expect(blobs(shared, "cas").count == 1)
            try FileManager.default.removeItem(at: shared)
            _ = await runner.run(try lesson(text))
            #expect(blobs(shared, "cas").isEmpty)
        }
    }

    @Test("Another lesson, other code and a check do not take it") func other() async throws {
        try await withShared { _, clone in
            _ = await (try clone(false)).run(try lesson(text))
            var runner = try await clone(true)
            #expect(await !runner.run(try lesson(text, "08-test")).isCached)
            #expect(await !runner.run(try lesson(text.replacing("n + 1", with: "n + 2"))).isCached)
            runner.reuse = .none
            #expect(await !runner.run(try lesson(text)).isCached)
            var unsealed = try await TestRunner.shared()
            unsealed.shared = runner.shared
            #expect(await !unsealed.run(try lesson(text)).isShared)
        }
    }

    @Test("Where nothing may run, a lesson without a run is an error") func nothingRuns() async throws {
        try await withShared { _, clone in
            var runner = try await clone(true)
            runner.runsLessons = false
            let run = await runner.run(try lesson(text))
            #expect(run.record == nil)
            #expect(
                run.diagnostics.map(\.message) == ["there is no run of it to be taken, and nothing runs here"]
            )
        }
    }

    @Test(
        "What is no run of the lesson is refused with a sentence, and the lesson is run",
        arguments: [
            ("", "", "it is no JSON, but begins with nothing"),
            ("{", "<html><title>Login</title>", "it is no JSON, but begins with '<html><title>Login</titl'"),
            ("\"format\":1", "\"format\":2", "it is not written as runs are"),
            ("\"format\":1", "\"format\": 1", "it is not written as runs are"),
            ("\"key\":\"", "\"key\":\"0", "it was made for another key"),
            ("\"name\":\"a\"", "\"name\":\"b\"", "its cells are not those of the lesson"),
            ("\"2\"", "\"<script>\"", "it is no good"),
            ("\"values\":\"", "\"values\":\"####", "it is not written as runs are"),
        ]
    )
    func refused(old: String, new: String, reason: String) async throws {
        try await withShared { shared, clone in
            _ = await (try clone(false)).run(try lesson(text))
            let blob = blobs(shared, "cas")[0]
            let written = try String(contentsOf: blob, encoding: .utf8)
            let forged = old.isEmpty ? "" : written.replacing(old, with: new)
            #expect(forged != written)
            try write(forged, to: shared, for: blobs(shared, "ac")[0])
            let run = await (try clone(true)).run(try lesson(text))
            #expect(!run.isCached && run.record?.cells[0].outputs == [.value("2")])
            #expect(
                run.diagnostics.map(\.message) == [
                    "the run of 07-test is not taken, for \(reason); the lesson is run"
                ]
            )
        }
    }

    /// Writes a blob as somebody would who may write to the cache.
    private func write(_ text: String, to shared: URL, for result: URL) throws {
        let old = try #require(blobs(shared, "cas").first).lastPathComponent
        let digest = Digest(of: text).text
        try Data(text.utf8).write(to: shared.appending(path: "cas/\(digest)"))
        // A result of a size that is too small is as good: the digest counts.
        let bytes = try String(decoding: Data(contentsOf: result), as: Unicode.ASCII.self)
        #expect(bytes.contains(old))
        var data = try Data(contentsOf: result)
        let range = try #require(data.firstRange(of: Data(old.utf8)))
        data.replaceSubrange(range, with: Data(digest.utf8))
        try data.write(to: result)
    }

    @Test("A blob that was changed, cut off, is gone or is a folder harms nothing") func corrupt()
        async throws
    {
        try await withShared { shared, clone in
            let first = await (try clone(false)).run(try lesson(text))
            let (blob, result) = (blobs(shared, "cas")[0], blobs(shared, "ac")[0])
            let (blobBytes, resultBytes) = (try Data(contentsOf: blob), try Data(contentsOf: result))
            var random = SplitMix(seed: 7)
            var runner = try await clone(true)
            (runner.reuse, runner.runsLessons) = (.shared, false)
            for round in 0..<200 {
                let isBlob = round % 2 == 0
                var bytes = isBlob ? blobBytes : resultBytes
                switch round % 5 {
                case 0: bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
                case 1: bytes.append(UInt8.random(in: 0...255, using: &random))
                default:
                    for _ in 0...Int.random(in: 0..<4, using: &random) {
                        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                            in: 0...255,
                            using: &random
                        )
                    }
                }
                try (isBlob ? bytes : blobBytes).write(to: blob)
                try (isBlob ? resultBytes : bytes).write(to: result)
                let run = await runner.run(try lesson(text))
                #expect(run.record == nil || run.record == first.record, "round \(round)")
            }
            try FileManager.default.removeItem(at: blob)
            try resultBytes.write(to: result)
            #expect(await (try clone(true)).run(try lesson(text)).diagnostics == [])
            try FileManager.default.createDirectory(at: blob, withIntermediateDirectories: true)
            let run = await (try clone(true)).run(try lesson(text))
            #expect(run.record == first.record)
            #expect(
                run.diagnostics.first?.message.hasPrefix("the shared cache is left alone, for cas/") == true
            )
        }
    }
}
