import Lessons
import Testing

@Suite("Columns") struct ColumnTests {
    /// Characters that are one to a person, in bytes one to twenty-five, in scalars one to seven.
    private static let characters = [
        "a", "\t", "é", "e\u{301}", "ß", "循", "，", "가", "क्षि", "😀", "👍🏽", "🇫🇷", "👨‍👩‍👧‍👦", "✈️",
    ]

    private func places(of text: String) -> [String] {
        Lesson.read("---\ntitle: A\n---\n\n\(text)\n", file: "a.md").diagnostics.map(\.shownLocation)
    }

    @Test("count characters, whoever counted first", arguments: characters) func count(character: String) {
        let three = String(repeating: character, count: 3)
        // libcmark counts bytes, and so does the reader of options.
        #expect(places(of: "x\(three) [](b.md)") == ["a.md:5:6"])
        #expect(places(of: "```swift model caption=\"x\(three)\" foldd\n```") == ["a.md:5:31"])
        #expect(places(of: "x\(three) `{swift}`") == ["a.md:5:6"])
        // libyaml counts scalars; it takes tabs for blanks.
        let front = Lesson.read("---\ntitle: A\ntags: [\"x\(three)\", [b]]\n---\n", file: "a.md").diagnostics
        #expect(front.map(\.shownLocation) == ["a.md:3:16"])
        let open = Lesson.read("---\ntitle: A\nsummary: {x\(three): \"b}\n---\n", file: "a.md").diagnostics
        #expect(open.map(\.shownLocation) == ["a.md:3:17"])
    }

    /// How many columns of a terminal the characters take.
    private static let widths = [
        ("abc", 3), ("éßñ", 3), ("e\u{301}o\u{308}", 2), ("循环", 4), ("，。", 4), ("가나", 4), ("ｆｕｌｌ", 8),
        ("ｶﾅ", 2), ("😀", 2),
        ("👍🏽", 2), ("🇫🇷🇩🇪", 4), ("👨‍👩‍👧‍👦", 2), ("✈️", 2), ("⌚", 2), ("a\u{200B}b\u{200E}", 2), ("½→∂", 3), ("𝛼𝑥", 2),
        ("☰䷀", 2),
    ]

    @Test("have their caret below them", arguments: widths) func caret(text: String, width: Int) throws {
        let line = "\t\(text)\(text)!"
        let column = line.utf8.count
        let place = SourceLocation(file: "a.md", line: 7, column: column)
        let diagnostic = Diagnostic(.error, .compile, at: place, "Lost", sourceLine: line)
        #expect(diagnostic.column == line.count)
        let lines = "\(diagnostic)".split(separator: "\n")
        #expect(lines[0] == "a.md:7:\(line.count): error: Lost")
        #expect(lines[1] == "    7 | \(line)")
        #expect(lines[2] == "      | \t\(String(repeating: " ", count: 2 * width))^")
    }

    @Test("within a character are its own, and those beyond a line are behind its last") func edges() {
        let line = "a👨‍👩‍👧‍👦b"
        let columns = (1...line.utf8.count + 3).map { SourceText.characterColumn($0, in: line) }
        #expect(columns == [1] + Array(repeating: 2, count: 25) + [3, 4, 4, 4])
        #expect(SourceText.characterColumn(1, in: "") == 1)
    }
}
