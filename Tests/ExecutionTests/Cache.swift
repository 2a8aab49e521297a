import Execution
import Foundation
import Lessons
import LibC
import Serialization
import SwiftAnalysis
import Testing
import Turns

@Suite("The cache", .inTurns) struct CacheTests {
    /// Runs a test with a folder of its own.
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll test \(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func files(in folder: URL) throws -> [String: Data] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        var files: [String: Data] = [:]
        for path in paths { files[path] = try? Data(contentsOf: folder.appending(path: path)) }
        return files
    }

    private let keys = (0..<8).map { Digest(of: "\($0)") }

    @Test("has what was stored for a key, of its kind, and nothing for others") func values() async throws {
        try await withFolder { folder in
            let cache = Cache(folder: folder.path(percentEncoded: false))
            #expect(cache.value(.version, for: keys[0]) as String? == nil)
            try cache.store("é", as: .version, for: keys[0])
            #expect(cache.value(.version, for: keys[0]) == "é")
            #expect(cache.value(.version, for: keys[1]) as String? == nil)
            #expect(cache.value(.syntax, for: keys[0]) as String? == nil)
            #expect(cache.value(.version, for: keys[0]) as Int? == nil)
            try cache.store(["b"], as: .version, for: keys[0])
            #expect(cache.value(.version, for: keys[0]) == ["b"])
            #expect(try files(in: folder)[".gitignore"] == Data("*\n".utf8))
        }
    }

    @Test("has nothing for what is corrupt, truncated, or another key's") func corrupt() async throws {
        try await withFolder { folder in
            let cache = Cache(folder: folder.path(percentEncoded: false))
            try cache.store("value", as: .version, for: keys[0])
            let file = folder.appending(path: "version/\(keys[0].text)")
            let good = try Data(contentsOf: file)
            for index in stride(from: 0, to: good.count, by: 7) {
                var bad = good
                bad[index] ^= 1
                try bad.write(to: file)
                #expect(cache.value(.version, for: keys[0]) as String? == nil, "byte \(index)")
                try good.prefix(index).write(to: file)
                #expect(cache.value(.version, for: keys[0]) as String? == nil, "\(index) bytes")
            }
            try good.write(to: folder.appending(path: "version/\(keys[1].text)"))
            #expect(cache.value(.version, for: keys[1]) as String? == nil)
            try good.write(to: file)
            #expect(cache.value(.version, for: keys[0]) == "value")
        }
    }

    @Test("forgets what was used longest ago when there is more than the bound") func bound() async throws {
        try await withFolder { folder in
            let cache = Cache(folder: folder.path(percentEncoded: false), bound: 5000)
            let text = String(repeating: "a", count: 1000)
            for (index, key) in keys.prefix(4).enumerated() {
                try cache.store(text, as: index < 2 ? .syntax : .run, for: key)
            }
            // The second was used longest ago.
            for (index, age) in [30, 40, 20, 10].enumerated() {
                let path = "\(index < 2 ? "syntax" : "runs")/\(keys[index].text)"
                let used = timespec(tv_sec: time(nil) - 3600 * age, tv_nsec: 0)
                let file = folder.appending(path: path).path(percentEncoded: false)
                #expect(utimensat(AT_FDCWD, file, [used, used], 0) == 0)
            }
            try cache.store(text, as: .syntax, for: keys[4])
            let left = keys.prefix(5).enumerated().filter { index, key in
                let kind: Cache.Kind = index == 2 || index == 3 ? .run : .syntax
                return cache.value(kind, for: key) == text
            }
            #expect(left.map(\.offset) == [2, 3, 4])
        }
    }

    @Test("gives the syntax of a piece to another build, which writes nothing anew") func syntax()
        async throws
    {
        try await withFolder { folder in
            let toolchain = try await TestRunner.shared().toolchain
            let cache = Cache(folder: folder.path(percentEncoded: false))
            // Texts are equal to Swift that have other bytes, and so other offsets.
            let codes = [
                "f(\"é\", a) // so", "f(\"e\u{301}\", a) // so", "let é = [1]  // π\nfunc f() {\n}", "}",
            ]
            let first = try Analysis.make(for: toolchain, cache: cache)
            let parsed = try codes.map { try first.parse($0).syntax }
            for (code, syntax) in zip(codes.prefix(2), parsed) {
                #expect(syntax.tokens.last?.range.upperBound == code.utf8.count)
            }
            let written = try files(in: folder)
            #expect(written.keys.count { $0.hasPrefix("syntax/") } == codes.count)
            let second = try Analysis.make(for: toolchain, cache: cache)
            #expect(try codes.map { try second.parse($0).syntax } == parsed)
            #expect(second.compilerVersion == first.compilerVersion)
            #expect(try files(in: folder) == written)
        }
    }
}
