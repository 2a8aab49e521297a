import Lessons
import Testing

@Suite struct DocumentationCommentTests {
    @Test(arguments: [
        ("The sum of `x`.", "The sum of x."),
        ("First\nline.\n\nMore.", "First line."),
        ("  \n Indented *x*.", "Indented x."),
        ("Short.\n- Shape: x [2]", "Short."),
        ("- Parameter x: A number.", ""),
        ("a * b * c", "a * b * c"),
        ("", ""),
    ])
    func theFirstParagraphIsTheSummary(comment: String, summary: String) {
        #expect(DocumentationComment(comment).summary == summary)
    }

    @Test(
        arguments: [
            ("The sum.\n\n- Shape: `x` [2]\n  → []\n- Returns: It.", "x [2] → []"),
            ("- Shape: [a]", "[a]"),
            ("The shape: [a]", nil),
            ("", nil),
        ] as [(String, String?)]
    )
    func shapesAreFound(comment: String, shape: String?) {
        #expect(DocumentationComment(comment).shape == shape)
    }

    @Test(arguments: [
        ("- Shape: [a]", "- **Shape:** [a]"),
        (
            "- Parameters:\n  - x: A number.\n    More: of it.",
            "- **Parameters:**\n  - `x`: A number.\n    More: of it."
        ),
        ("- Parameter x: A number.", "- **Parameter x:** A number."),
        ("- a list: of things", "- a list: of things"),
        ("- http://a.b\n- one\n\nText: text.", "- http://a.b\n- one\n\nText: text."),
    ])
    func wordsOfListsAreSetApart(comment: String, markdown: String) {
        #expect(DocumentationComment(comment).markdown == markdown)
    }
}
