import CCMark
import Foundation
import Lessons
import Pages
import Testing

@Suite struct ProseRendererTests {
    /// Our rendering of a lesson that holds nothing but this Markdown, without what a page adds.
    private func rendered(_ markdown: String) -> String? {
        let read = Lesson.read("---\ntitle: Example\n---\n" + markdown, file: "lessons/01-example.md")
        guard let lesson = read.lesson else { return nil }
        var prose = ProseRenderer()
        prose.blocks(lesson.document.blocks)
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

    /// A fence that is never closed runs to the end in CommonMark; in a lesson it is an error, and so it may be here.
    @Test(.enabled(if: Specification.path != nil, "needs the path of CommonMark's specification"))
    func rendersTheSpecificationAsLibcmarkDoes() throws {
        let examples = try Specification.examples()
        #expect(examples.count == 652)
        let plain = examples.filter { !reference($0).contains("<!-- raw HTML omitted -->") }
        let refused = plain.filter { rendered($0) == nil }
        let different = plain.filter { rendered($0) != nil && rendered($0) != reference($0) }
        let equal = plain.count - refused.count - different.count
        print(
            "CommonMark: of \(plain.count) examples without raw HTML \(equal) equal, \(refused.count) refused"
        )
        #expect(refused.allSatisfy(leavesAFenceOpen))
        for example in different {
            Issue.record("\(example)\n— ours:\n\(rendered(example)!)\n— libcmark's:\n\(reference(example))")
        }
    }

    private func leavesAFenceOpen(_ markdown: String) -> Bool {
        Lesson.read("---\ntitle: Example\n---\n" + markdown, file: "lessons/01-example.md").diagnostics
            .filter { $0.severity == .error }.allSatisfy { $0.message.contains("never closed") }
    }
}

/// The examples of CommonMark's specification, where `UNROLL_COMMONMARK` names its text.
private enum Specification {
    static var path: String? { ProcessInfo.processInfo.environment["UNROLL_COMMONMARK"] }

    static func examples() throws -> [String] {
        let text = try String(contentsOfFile: path!, encoding: .utf8)
        let fence = String(repeating: "`", count: 32)
        let parts = text.components(separatedBy: "\n\(fence) example\n").dropFirst()
        return parts.map { part in
            let markdown = part.components(separatedBy: "\n.\n")[0]
            return markdown.replacingOccurrences(of: "→", with: "\t") + "\n"
        }
    }
}
