import Foundation
import Golden
import Lessons
import Pages
import Testing

@Suite struct ReferenceTests {
    /// A small module, as `swift symbolgraph-extract` would write it.
    private static let json = """
        {"module": {"name": "Engine"}, "symbols": [
        {"kind": {"identifier": "swift.struct"}, "identifier": {"precise": "s:T"}, "pathComponents": ["Tensor"],
         "names": {"title": "Tensor"}, "docComment": {"lines": [{"text": "Numbers in `rank` axes."}, {"text": ""},
         {"text": "More <b>."}]}, "declarationFragments": [{"kind": "keyword", "spelling": "struct"},
         {"kind": "text", "spelling": " "}, {"kind": "identifier", "spelling": "Tensor"}]},
        {"kind": {"identifier": "swift.method"}, "identifier": {"precise": "s:m"},
         "pathComponents": ["Tensor", "matmul(_:)"], "names": {"title": "matmul(_:)"},
         "docComment": {"lines": [{"text": "The product."}, {"text": "- Shape: [a, b] × [b, c] → [a, c]"}]},
         "declarationFragments": [{"kind": "attribute", "spelling": "@export(interface)"},
         {"kind": "text", "spelling": " "}, {"kind": "keyword", "spelling": "func"}, {"kind": "text", "spelling": " "},
         {"kind": "identifier", "spelling": "matmul"}, {"kind": "text", "spelling": "(_ other: "},
         {"kind": "typeIdentifier", "spelling": "Tensor", "preciseIdentifier": "s:T"},
         {"kind": "text", "spelling": ")"}]},
        {"kind": {"identifier": "swift.func"}, "identifier": {"precise": "s:f"}, "pathComponents": ["tanh(_:)"],
         "names": {"title": "tanh(_:)"}, "declarationFragments": [{"kind": "keyword", "spelling": "func"}]}
        ], "relationships": [{"kind": "memberOf", "source": "s:m", "target": "s:T"}]}
        """

    private func site(_ lessons: [FinishedLesson] = [], _ settings: SiteSettings = Sample.settings) throws
        -> Site
    {
        Site.render(
            settings,
            lessons: lessons,
            symbolGraphs: [try SymbolGraph(json: Data(Self.json.utf8))],
            highlight: Sample.highlight
        )
    }

    private func text(_ path: String, in site: Site) throws -> String {
        try String(decoding: #require(site.files.first { $0.path == path }).contents, as: UTF8.self)
    }

    @Test func aTypeHasAPageOfItsOwn() throws {
        try expectGolden("reference-tensor.html", text("reference/tensor.html", in: site()))
    }

    @Test func linksAtTheFootOfPagesInFoldersStartOneStepUp() throws {
        var settings = Sample.settings
        settings.footer =
            "[A](01-a.md), [B](guide/index.html), [C](https://example.org/), *not* [D](mailto:d@e.org)"
        settings.baseURL = "https://example.org/course"
        let site = try site([Sample.lesson("01-a", "Text.")], settings)
        for (path, top) in [
            ("01-a.html", ""), ("reference/tensor.html", "../"), ("404.html", "https://example.org/course/"),
        ] {
            let footer = """
                <p><a href="\(top)01-a.html">A</a>, <a href="\(top)guide/index.html">B</a>, \
                <a href="https://example.org/">C</a>, <em>not</em> <a href="mailto:d@e.org">D</a></p>
                """
            #expect(try text(path, in: site).contains(footer), "\(path)")
        }
    }

    @Test func thereIsAListOfAll() throws {
        let list = try text("reference/index.html", in: site())
        #expect(list.contains("<a href=\"tensor.html\"><code>Tensor</code></a>"))
        #expect(list.contains("<dd>Numbers in rank axes.</dd>"))
        #expect(list.contains("<a href=\"engine-functions.html#tanh\"><code>tanh(…)</code></a>"))
    }

    @Test func namesInCellsLeadIntoIt() throws {
        var finished = try Sample.lesson(
            "01-a",
            "```swift model name=c\nf\n```\n\n[f](reference/tensor.html#matmul)\n"
        )
        finished.notes["c"] = CellNotes(names: [NameNote(0..<1, declaration: "func f()", symbol: "s:m")])
        let site = try site([finished])
        #expect(site.diagnostics == [])
        #expect(
            try text("notes/01-a.js", in: site).contains(
                "[\"func f()\",\"\",\"reference/tensor.html#matmul\"]"
            )
        )
        #expect(
            try text("search-index.js", in: site).contains(
                "\"reference/tensor.html#matmul\",\"Tensor\""
            )
        )
    }
}
