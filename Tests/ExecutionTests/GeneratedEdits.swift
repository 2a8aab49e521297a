import Execution
import Foundation
import Lessons
import Serialization
import Testing
import Turns

@Suite("Generated edits", .inTurns) struct GeneratedEditTests {
    /// How many edits are tried.
    private static let count = 500
    /// How many of them ran needlessly when keys missed regular expressions and places.
    private static let needless = 85

    /// A lesson before and after an edit.
    private struct Pair {
        var edit: GeneratedEdit
        /// The indices of both texts among all that are run.
        var before: Int
        var after: Int
    }

    private func key(_ text: String) async throws -> RunKey {
        let analysis = try await TestRunner.shared().analysis
        return try RunKey.make(
            of: try #require(Lesson.read(text, file: "lessons/07-test.md").lesson),
            parsing: analysis.parse,
            engine: .sources(Digest(of: "")),
            compiler: "",
            limits: Limits(),
            data: []
        )
    }

    @Test("of which each that changes what is shown makes the lesson run") func stale() async throws {
        var generator = EditGenerator(seed: 7)
        var texts: [String] = []
        var indices: [Data: Int] = [:]
        func index(of text: String) -> Int {
            // Texts are equal that have other bytes.
            let bytes = Data(text.utf8)
            if let known = indices[bytes] { return known }
            indices[bytes] = texts.count
            texts.append(text)
            return texts.count - 1
        }
        var pairs: [Pair] = []
        while pairs.count < GeneratedEditTests.count {
            let edit = generator.edit()
            guard Lesson.read(edit.after, file: "a.md").lesson != nil, indices[Data(edit.after.utf8)] == nil
            else {
                continue
            }
            pairs.append(Pair(edit: edit, before: index(of: edit.before), after: index(of: edit.after)))
        }
        let shown = try await ManyLessons(texts).shown()
        for pair in pairs { try #require(shown[pair.before] != nil, "not compiled: \(pair.edit.before)") }
        var keys: [RunKey] = []
        for text in texts { keys.append(try await key(text)) }

        var tally: [String: (tried: Int, mattering: Int, needless: Int)] = [:]
        for pair in pairs {
            let matters = shown[pair.before] != shown[pair.after]
            let isRun = keys[pair.before] != keys[pair.after]
            #expect(!matters || isRun, "a stale result: \(pair.edit)")
            tally[pair.edit.kind, default: (0, 0, 0)].tried += 1
            if matters { tally[pair.edit.kind]?.mattering += 1 }
            if isRun, !matters { tally[pair.edit.kind]?.needless += 1 }
        }
        for (kind, row) in tally.sorted(by: { $0.key < $1.key }) {
            print("  \(kind): \(row.tried), \(row.mattering) matter, \(row.needless) needless runs")
        }
        let matter = tally.values.map(\.mattering).reduce(0, +)
        let needless = tally.values.map(\.needless).reduce(0, +)
        let compiled = pairs.count { shown[$0.after] != nil }
        let stale = pairs.count { shown[$0.before] != shown[$0.after] && keys[$0.before] == keys[$0.after] }
        print(
            "\(pairs.count) generated edits, \(compiled) compile, \(matter) matter: \(stale) stale results, \(needless) needless runs"
        )
        #expect(stale == 0)
        #expect(needless <= GeneratedEditTests.needless)
        // Enough of either sort for the numbers to mean something.
        #expect(matter > 100 && pairs.count - matter > 100 && compiled > 300)
    }
}
