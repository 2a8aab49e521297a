internal import Foundation
internal import Golden
internal import Lessons
internal import Testing

/// Errors seeded one by one into a good lesson; each golden is what the author reads.
@Suite struct SeededErrors {
    static let good = fixture("good-lesson.md")

    @Test func theGoodLessonIsGood() throws {
        let (lesson, diagnostics) = Lesson.read(Self.good, file: "lessons/05-sine-wave.md")
        #expect(diagnostics == [])
        #expect(try #require(lesson).cells.map(\.name) == ["data", "train", "cell-3"])
    }

    @Test(arguments: Seed.all) func golden(_ seed: Seed) throws {
        let text = try seed.planted(in: Self.good)
        let (lesson, diagnostics) = Lesson.read(text, file: "lessons/05-sine-wave.md")
        #expect(lesson == nil)
        try expectGolden("seeded/\(seed.name).txt", diagnostics.map { "\($0)\n" }.joined())
    }
}

/// One error: what to replace in the good lesson, and with what.
struct Seed: Sendable, CustomTestStringConvertible {
    var name: String
    var old: String
    var new: String

    init(_ name: String, _ old: String, _ new: String) {
        self.name = name
        self.old = old
        self.new = new
    }

    var testDescription: String { name }

    func planted(in text: String) throws -> String {
        let range = try #require(text.range(of: old), "\(name): nothing to replace")
        return text.replacingCharacters(in: range, with: new)
    }
}

/// A file of the folder `Fixtures` beside the tests.
func fixture(_ name: String) -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try! String(contentsOf: folder.appending(path: "Fixtures/\(name)"), encoding: .utf8)
}
