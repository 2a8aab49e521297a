import Lessons
import Pages
import Testing

@Suite struct AnnotatedCodeTests {
    private func html(
        _ code: String,
        _ tokens: [SyntaxToken] = [],
        notes: [Range<Int>: Int] = [:],
        shapes: [Int: String] = [:]
    ) -> String {
        var html = HTMLBuffer()
        AnnotatedCode(code, tokens: tokens, notes: notes, shapes: shapes).write(into: &html)
        return html.string
    }

    @Test func tokensAreColoredAndTextIsEscaped() {
        let code = "let é = \"<b>\""
        let tokens = [
            SyntaxToken(.keyword, 0..<3), SyntaxToken(.identifier, 4..<6), SyntaxToken(.string, 9..<14),
        ]
        #expect(
            html(code, tokens)
                == "<span class=\"k\">let</span> é = <span class=\"s\">&quot;&lt;b&gt;&quot;</span>"
        )
    }

    @Test func namesCarryTheirNotes() {
        let tokens = [SyntaxToken(.identifier, 0..<1), SyntaxToken(.type, 2..<3)]
        #expect(
            html("a B c", tokens, notes: [0..<1: 0, 2..<3: 1, 4..<5: 0])
                == "<span data-note=\"0\">a</span> <span class=\"t\" data-note=\"1\">B</span> <span data-note=\"0\">c</span>"
        )
    }

    @Test func shapesStandAtTheEndsOfTheirLines() {
        #expect(
            html("a\nb\nc", [SyntaxToken(.string, 0..<3)], shapes: [1: "[2]", 3: "[\"]"])
                == "<span class=\"s\">a<span class=\"shape\" data-shape=\"[2]\"></span>\nb</span>\n"
                + "c<span class=\"shape\" data-shape=\"[&quot;]\"></span>"
        )
        #expect(
            html("a\n", shapes: [1: "[1]", 2: "[2]"]) == "a<span class=\"shape\" data-shape=\"[1]\"></span>\n"
        )
    }

    @Test func tokensThatMakeNoSenseAreLeftOut() {
        let tokens = [
            SyntaxToken(.keyword, 0..<2), SyntaxToken(.string, 1..<3), SyntaxToken(.number, 2..<9),
            SyntaxToken(.comment, 2..<2),
        ]
        #expect(html("abc", tokens) == "<span class=\"k\">ab</span>c")
    }

    @Test func aPageHoldsEachNoteOnce() throws {
        var finished = try Sample.lesson("01-a", "```swift model name=c\nf(f)\n```\n")
        let note = { (range: Range<Int>) in
            NameNote(range, declaration: "func f()", summary: "Does </script> it.", symbol: "s:f")
        }
        finished.notes["c"] = CellNotes(
            names: [note(0..<1), note(2..<3)],
            shapes: [ShapeNote(line: 1, text: "[3]")]
        )
        let site = Sample.site(finished)
        let page = try String(
            decoding: #require(site.files.first { $0.path == "01-a.html" }).contents,
            as: UTF8.self
        )
        #expect(page.contains("<span data-note=\"0\">f</span>(<span data-note=\"0\">f</span>)"))
        #expect(page.contains("id=\"notes\">[[\"func f()\",\"Does \\u003c/script> it.\"]]</script>"))
        #expect(page.contains("data-shape=\"[3]\""))
    }
}
