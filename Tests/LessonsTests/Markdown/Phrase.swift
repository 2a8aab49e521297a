internal import Lessons
internal import Testing

/// Titles, summaries, goals and captions as Markdown.
@Suite struct PhraseTests {
    private func content(_ text: String) -> [Inline.Content] { Phrase(text).inlines.map(\.content) }

    @Test(arguments: [
        "- no list", "1. Introduction", "# no heading", "> no quote", "    no code", "---",
        "[a]: no definition",
        ": no meaning", "| no | table |", "```", "$5 and $10", "Sets of Array<Int>", "<b>bold</b> <!-- x -->",
        "snake_case_name",
        "2 * 3 * 4", "a\\", "\u{A0}", "[^none", "中文",
    ])
    func whatStartsABlockOrIsNoMarkIsText(text: String) {
        let words = content(text).map { content in
            if case .text(let text) = content { text } else { "?" }
        }
        #expect(words.joined() == text.drop { $0 == "\u{A0}" } || words.joined() == text)
    }

    @Test func marksMeanWhatTheyMeanInAParagraph() {
        #expect(content("*\"a\"* b").first.map { if case .emphasis = $0 { true } else { false } } == true)
        #expect(content("_a_ `b` $c$ [d](e)").count == 7)
        #expect(content("a\nb\n\nc").count == 1)
    }

    @Test func placesAreExactWhereTheyCanBeTold() throws {
        let text = "---\ntitle: \"A [b](c)\"\nsummary: \"A \\\"d\\\" [e](f)\"\n---\n\nText.\n"
        let read = Lesson.read(text, file: "lessons/01-a.md")
        let front = try #require(read.lesson).frontMatter
        #expect(
            front.title.inlines[1].location == SourceLocation(file: "lessons/01-a.md", line: 2, column: 11)
        )
        #expect(
            front.summary?.inlines[1].location == SourceLocation(file: "lessons/01-a.md", line: 3, column: 10)
        )
    }
}
