internal import Lessons
internal import Testing

@Suite struct SourceTextTests {
    private static let head = "---\ntitle: A\n---\n"

    @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
    func lineEndsAndByteOrderMarkDoNotMovePlaces(end: String, mark: String) throws {
        let text = Self.head + "\n> ```swift model\n> print(1)\n> ```\n\n```swift model nam=x\n```\n"
        let written =
            mark + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
        let diagnostics = Lesson.read(written, file: "a.md").diagnostics
        #expect(diagnostics.map(\.location.description) == ["a.md:9:16"])
        #expect(diagnostics.first?.sourceLine == "```swift model nam=x")
    }

    @Test(
        arguments: [
            ([0xE9], "a.md:4:8: error: byte 0xE9 is not UTF-8"),
            ([0xC0, 0x80], "a.md:4:8: error: byte 0xC0 is not UTF-8; nor is what stands at 1 other place"),
            (
                [0xED, 0xA0, 0x80],
                "a.md:4:8: error: byte 0xED is not UTF-8; nor is what stands at 2 other places"
            ),
            ([0xE5, 0xBD], "a.md:4:8: error: byte 0xE5 is not UTF-8"),
        ] as [([UInt8], String)]
    )
    func theFirstByteThatIsNotUTF8IsNamed(bytes: [UInt8], message: String) {
        let text = Array((Self.head + "循 x").utf8)
        let (lesson, diagnostics) = Lesson.read(text + [0x20, 0x20] + bytes, file: "a.md")
        #expect(lesson == nil)
        #expect(diagnostics.map { "\($0.location): error: \($0.message)" } == [message])
    }

    @Test func aByteOffsetHasALineAndAColumn() {
        let text = "a循\n\nb".utf8
        let positions = (0...text.count).map { SourceText.position(of: $0, in: text) }
        #expect(
            positions.map { "\($0.line):\($0.column)" } == [
                "1:1", "1:2", "1:3", "1:4", "1:5", "2:1", "3:1", "3:2",
            ]
        )
    }

    @Test func utf16IsNamed() {
        let bytes: [UInt8] = [0xFF, 0xFE, 0x2D, 0x00, 0x2D, 0x00]
        let diagnostics = Lesson.read(bytes, file: "a.md").diagnostics
        #expect(diagnostics.map(\.message) == ["the file is in UTF-16; a lesson is UTF-8"])
    }

    @Test func controlCharactersAreNamedLineByLine() {
        let text = Self.head + "a\u{0}b\n\tc\u{1B}\u{7}\n\u{7F}\n中\u{85}\n\u{FFFE}ｆ\n\u{1FFFF}\n中ｆ\u{A0}é👍\n"
        let diagnostics = Lesson.read(text, file: "a.md").diagnostics
        #expect(
            diagnostics.map { "\($0.location): \($0.message)" } == [
                "a.md:4:2: the control character U+0000 cannot stand in a lesson",
                "a.md:5:3: the control character U+001B cannot stand in a lesson",
                "a.md:6:1: the control character U+007F cannot stand in a lesson",
                "a.md:7:4: the control character U+0085 cannot stand in a lesson",
                "a.md:8:1: the control character U+FFFE cannot stand in a lesson",
                "a.md:9:1: the control character U+1FFFF cannot stand in a lesson",
            ]
        )
    }
}
