import CCMark
import Foundation
import Lessons
import OutputHTML
import Pages
import Testing

@Suite struct ProseRendererTests {
    /// Our rendering of a lesson that holds nothing but this Markdown, without what a page adds.
    private func rendered(_ markdown: String) -> String {
        let parsed = Markdown.parse(SourceText(Array(markdown.utf8), file: "lessons/01-example.md"))
        var prose = ProseRenderer()
        prose.blocks(parsed.document.blocks)
        return prose.html.string
    }

    /// libcmark's own rendering, which leaves out raw HTML and dangerous links.
    private func reference(_ markdown: String) -> String {
        let html = cmark_markdown_to_html(markdown, markdown.utf8.count, CMARK_OPT_DEFAULT)
        defer { free(html) }
        return html.map { String(cString: $0) } ?? ""
    }

    @Test(arguments: [
        "# A *title* & more\n\nText with `code <b>`, a [link](/a?b=1&c='d' \"t\\\"t\") and ![a *picture*](x.png).\n",
        "- tight\n- list\n  1. inner\n  2. two\n\n7. seven\n\n   loose\n8. eight\n",
        "> quoted\n> - in a list\n>\n>   ```c++ extra\n>   int a<b>;\n>   ```\n",
        "a  \nb\\\nc\nd\n\n---\n\n    indented & code\n",
        "[a](JavaScript:alert(1)) [b](data:text/html,x) ![c](data:image/png;base64,AAAA) <https://a.b/ü?[x]>\n",
        "**bold *both* \"quotes\"** &copy; &#0; \\* \n\n###### six\n",
        "- a\n\n  b\n- \n- ```\n  x\n  ```\n",
        "[中文](/路径#标题 \"题\")\n",
    ])
    func rendersAsLibcmarkDoes(markdown: String) {
        #expect(rendered(markdown) == reference(markdown))
    }

    @Test func controlCharactersAreShownAsPictures() {
        #expect(rendered("&#7; &#x9b;\n") == "<p>␇ \u{FFFD}</p>\n")
    }

    @Test func aTableHeadingThatSaysNothingIsNoHeading() {
        let html = rendered("|   | first |\n|---|---|\n| a | b |\n")
        #expect(html.contains("<td></td>\n<th>first</th>"))
    }

    @Test func rendersTheSpecificationAsLibcmarkDoes() throws {
        let examples = try Specification.examples()
        #expect(examples.count == 652)
        let plain = examples.filter { !reference($0).contains("<!-- raw HTML omitted -->") }
        #expect(plain.count > 570)
        for example in plain { #expect(rendered(example) == reference(example)) }
    }
}

/// The examples of CommonMark's specification, which the tests of `Lessons` bring along.
private enum Specification {
    private struct Fixture: Decodable {
        struct Example: Decodable { var markdown: String }
        var examples: [Example]
    }

    static func examples() throws -> [String] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = tests.appending(path: "LessonsTests/Fixtures/commonmark-0.30.json")
        return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file)).examples.map(\.markdown)
    }
}
