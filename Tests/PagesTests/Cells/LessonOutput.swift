import Foundation
import Lessons
import OutputHTML
import Pages
import Records
import Testing

/// What a cell showed, on the pages of a site and on one that is open.
@Suite("An output of a lesson") struct LessonOutputTests {
    /// Drawings that are more than that, as the tests of `OutputHTML` have them.
    static let examples: [String] = {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = tests.appending(path: "OutputHTMLTests/Fixtures/hostile-drawings.json")
        let groups = try? JSONDecoder().decode([String: [String]].self, from: Data(contentsOf: file))
        return (groups ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
    }()

    private func lesson(showing svg: String) throws -> FinishedLesson {
        let figure = Figure(svg: svg, title: "T", summary: "S")
        return try Sample.lesson(
            "01-a",
            "```swift model name=draw\ndraw()\n```\n",
            outputs: ["draw": [.figure(figure)]]
        )
    }

    @Test(
        "that is no mere drawing is an error of its site, and on none of its pages, drafts among them",
        arguments: LessonOutputTests.examples
    )
    func site(svg: String) throws {
        let site = Sample.site(try lesson(showing: svg))
        let error = try #require(site.diagnostics.first { $0.severity == .error })
        #expect(error.message.hasPrefix("the figure of cell 'draw' holds "))
        let page = try #require(site.files.first { $0.path == "01-a.html" })
        let html = String(decoding: page.contents, as: UTF8.self)
        let shown = try #require(html.firstMatch(of: /(?s)<figure class="drawing">(.*?)<\/figure>/)).output.1
        #expect(shown.contains("<samp>This figure holds ") && !shown.contains("<svg"))
    }

    @Test("that is no mere drawing never reaches an open page", arguments: LessonOutputTests.examples)
    func preview(svg: String) throws {
        let finished = try lesson(showing: svg)
        let shown = try shown(finished.record.cells[0], of: finished.lesson)
        #expect(!shown.contains("<svg") && shown.contains("This figure holds "))
    }

    /// Returns what an open page is sent when a cell has run.
    private func shown(_ cell: CellRecord, of lesson: Lesson) throws -> String {
        let finished = FinishedLesson(lesson, RunRecord(lesson: lesson.slug, cells: [cell]))
        let outputs = finished.renderOutputs(of: cell.name, wording: Wording(language: "en"))
        return try #require(outputs).html.string
    }

    @Test("stands among words that are nothing but words, whoever wrote them")
    func words() throws {
        let evil = "<img src=x onerror='x()'>\"&<script>x()</script>"
        let table = Table(columns: [evil, evil], rows: [[evil, "1"]], caption: evil)
        let figure = Figure(svg: "<svg></svg>", title: evil, summary: evil, data: table, caption: evil)
        var finished = try Sample.lesson(
            "01-a",
            "Value `{swift} x`.\n\n```swift model name=draw\nlet x = 1\n```\n",
            outputs: ["draw": [.text(evil), .value(evil), .table(table), .figure(figure)]]
        )
        finished.record.expressions = [evil]
        finished.record.cells[0].shapes = [TensorShape(name: "x", shape: evil)]
        var pages = Sample.site(finished).files.filter { $0.path.hasSuffix(".html") }
        pages.append(SiteFile("cell", try shown(finished.record.cells[0], of: finished.lesson)))
        for page in pages {
            let html = String(decoding: page.contents, as: UTF8.self)
            #expect(
                !html.contains("<img") && !html.contains("<script>x") && !html.contains("'x()'>\""),
                "\(page.path)"
            )
        }
    }
}
