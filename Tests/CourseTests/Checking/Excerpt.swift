internal import Course
internal import Testing

@Suite("An excerpt of a page") struct ExcerptTests {
    @Test(
        "begins with a tag or in a text",
        arguments: [
            // A text that is long enough.
            ("<p>The loss fell to 0.25 in the end.</p>", "0.25", "oss fell to 0.25 in the end.</p>"),
            // A tag that ends shortly before the place.
            ("<p>Text.</p><span class=\"number\">0.25</span>", "0.25", "<span class=\"number\">0.25</span>"),
            // The place is in a tag.
            ("Text.<a href=\"02-next.html#train\">x</a>", "train", "<a href=\"02-next.html#train\">x</a>"),
            // Characters of more than one byte at either end.
            ("循环神经网络 7 循环神经网络循环", "7", "经网络 7 循环神经网络循环"),
            ("a\nb", "b", "a⏎b"),
        ]
    )
    func beginnings(page: String, place: String, excerpt: String) throws {
        let range = try #require(page.firstRange(of: place))
        let offset = page.utf8.distance(from: page.startIndex, to: range.lowerBound)
        #expect(Excerpt.cut(from: Array(page.utf8), at: offset) == excerpt)
    }

    @Test("is what is there where a page ends before the place") func short() {
        #expect(Excerpt.cut(from: Array("<p>".utf8), at: 9) == "<p>")
        #expect(Excerpt.cut(from: [], at: 0) == "")
    }
}
