import Lessons
import OutputHTML
import Pages
import Records
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

    @Test func aPageHasEachNoteOnce() throws {
        var finished = try Sample.lesson("01-a", "```swift model name=c\nf(f)\n```\n")
        let note = { (range: Range<Int>) in
            NameNote(range, declaration: "func f()", summary: "Does </script> it.", symbol: "s:f")
        }
        finished.notes["c"] = CellNotes(names: [note(0..<1), note(2..<3)])
        let site = Sample.site(finished)
        let page = try text("01-a.html", in: site)
        #expect(page.contains("<span data-note=\"0\">f</span>(<span data-note=\"0\">f</span>)"))
        #expect(page.contains(" data-notes=\"notes/01-a.js\">"))
        #expect(
            try text("notes/01-a.js", in: site)
                == "unrollNotes([\n[\"func f()\",\"Does </script> it.\"]\n])\n"
        )
    }

    @Test func aPageWithoutNotesHasNoScriptOfThem() throws {
        let site = try Sample.site(Sample.lesson("01-a", "```swift model name=c\nf(f)\n```\n"))
        #expect(try !text("01-a.html", in: site).contains("data-notes"))
        #expect(!site.files.contains { $0.path.hasPrefix("notes/") })
    }

    @Test func shapesAreThoseOfTheRecord() throws {
        let code = "let a = f(), b = g()\nlet c =\n    h()\nlet d = i()"
        var finished = try Sample.lesson("01-a", "```swift model name=c\n\(code)\n```\n")
        let place = { (text: String) in
            let end = code.utf8.distance(from: code.startIndex, to: code.firstRange(of: text)!.upperBound)
            return end - 1..<end
        }
        finished.notes["c"] = CellNotes(tensors: [
            TensorDefinition("a", place("g()")), TensorDefinition("b", place("g()")),
            TensorDefinition("c", place("h()")), TensorDefinition("d", place("i()")),
        ])
        finished.record.cells[0].shapes = [
            TensorShape(name: "a", shape: "[2]"), TensorShape(name: "b", shape: "[]"),
            TensorShape(name: "c", shape: "[3, 1]"),
        ]
        let page = try text("01-a.html", in: Sample.site(finished))
        #expect(page.contains("g()<span class=\"shape\" data-shape=\"a [2], b []\"></span>\n"))
        #expect(page.contains("    h()<span class=\"shape\" data-shape=\"[3, 1]\"></span>\n"))
        #expect(page.contains("<button type=\"button\" class=\"shapes\""))
    }

    private func text(_ path: String, in site: Site) throws -> String {
        try String(decoding: #require(site.files.first { $0.path == path }).contents, as: UTF8.self)
    }
}
