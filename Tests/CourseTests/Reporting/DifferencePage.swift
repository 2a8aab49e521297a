internal import Course
internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Testing

@Suite("The report of differences") struct DifferencePageTests {
    private static let style = ReportStyle(.standard, with: SiteSettings())

    private func lesson(cells: Int) throws -> Lesson {
        let cells = (0..<cells).map { "\n```swift model name=c\($0)\nshow(\($0) < 1)\n```\n" }.joined()
        return try #require(Lesson.read("---\ntitle: A\n---\n\(cells)", file: "lessons/01-a.md").lesson)
    }

    /// The cells of a lesson that showed some outputs and shows others, each in a cell.
    private func cells(_ outputs: [(old: Output, new: Output)]) throws -> [CheckedCell] {
        let lesson = try lesson(cells: outputs.count)
        func record(_ outputs: [Output]) -> RunRecord {
            let cells = outputs.enumerated().map { CellRecord(name: "c\($0)", outputs: [$1]) }
            return RunRecord(lesson: lesson.slug, cells: cells)
        }
        let (old, new) = (record(outputs.map(\.old)), record(outputs.map(\.new)))
        let findings = lesson.findings(.differs, of: old, with: new)
        return lesson.checkedCells(findings, recorded: old, shown: new, file: lesson.file)
    }

    private func page(_ cells: [CheckedCell], in folder: String = "reports") -> String {
        let report = DifferenceReport(
            title: "A & B",
            headline: "it differs",
            remedy: .init("./unroll accept 01-a", "takes it"),
            cells: cells
        )
        return DifferencePage.render(report, in: folder, style: DifferencePageTests.style)
    }

    /// The page without its style sheet.
    private func body(_ page: String) -> String { String(page.split(separator: "</style>").last ?? "") }

    private func figure(_ svg: String) -> Output {
        .figure(Figure(svg: svg, title: "T", summary: "S", data: Table(columns: ["y"], rows: [[svg]])))
    }

    @Test("says that nothing differs") func same() throws {
        let page = page(try cells([(.text("1"), .text("1"))]))
        #expect(page.contains("<h1>Nothing differs</h1>") && !page.contains("<article"))
    }

    @Test("groups cells by how far they moved, the worst first") func groups() throws {
        let small = (0..<950).map { _ in (old: Output.text("loss 1"), new: Output.text("loss 1.00000008")) }
        let others: [(old: Output, new: Output)] = [
            (.text("0.50"), .text("0.5")), (.text("loss 2"), .text("loss 3")),
            (.text("loss 2"), .text("loss 4")),
            (.text("yes"), .text("no")), (.text("rate 1"), .text("rate 1.003")), (.text("7"), .text("7")),
        ]
        let report = DifferenceReport(title: "A", headline: "", cells: try cells(small + others))
        #expect(
            report.groups.map(\.title) == [
                "1 cell shows something else", "2 cells moved by more than 1e-2",
                "1 cell moved by at most 1e-2",
                "950 cells moved by at most 1e-7", "1 cell is written differently",
            ]
        )
        #expect(report.groups[1].cells.map(\.name) == ["c952", "c951"])
        let page = DifferencePage.render(report, in: ".", style: DifferencePageTests.style)
        #expect(page.utf8.count < 2_000_000, "\(page.utf8.count)")
        #expect(page.matches(of: /<article/).count == 955)
        #expect(page.matches(of: /<div class="pair">/).count == 200, "of the rest, numbers alone")
    }

    @Test("tells a thousand differences of a cell by the worst ones") func many() throws {
        let lines = (1...1_000).map { ("loss \($0)", "loss \($0).5") }
        let old = lines.map(\.0).joined(separator: "\n")
        let page = body(page(try cells([(.text(old), .text(lines.map(\.1).joined(separator: "\n")))])))
        #expect(page.contains("<tr><td>line 1, loss</td><td class=\"old\">1</td><td class=\"new\">1.5</td>"))
        #expect(page.contains("<summary>992 more that moved by at most 0.056</summary>"))
        #expect(page.matches(of: /<tr>/).count == 2 + 8 + 400)
        #expect(page.contains("and 592 more, which <code>./unroll check --json</code> lists"))
    }

    @Test("shows two drawings with names of their own, and the choice of how they stand") func drawings()
        throws
    {
        func svg(_ x: Int) -> String {
            "<svg aria-labelledby=\"t\"><title id=\"t\">T</title><path clip-path=\"url(#t)\" d=\"M0,\(x)\"/></svg>"
        }
        let page = body(page(try cells([(figure(svg(1)), figure(svg(2)))])))
        #expect(
            page.contains(
                "<svg aria-labelledby=\"v1-1-o-t\"><title id=\"v1-1-o-t\">T</title><path clip-path=\"url(#v1-1-o-t)\" d=\"M0,1\"/></svg>"
            )
        )
        #expect(page.contains("<title id=\"v1-1-n-t\">"))
        #expect(page.matches(of: /<input type="radio" name="v1-1"/).count == 4)
        #expect(page.contains("<a href=\"../lessons/01-a.md#L5\">lessons/01-a.md:5</a>"))
        for element in ["div", "fieldset", "article", "section", "details"] {
            let (opened, closed) = (
                page.split(separator: "<\(element)").count, page.split(separator: "</\(element)>").count
            )
            #expect(opened == closed, "\(element)")
        }
        #expect(page.contains("<code>show(0 &lt; 1)\n</code>"))
    }

    @Test(
        "opens alone, and lets nothing in that a lesson shows",
        arguments: [
            "<script>alert(1)</script>", "<svg onload=\"alert(1)\"></svg>",
            "<svg><script>alert(1)</script></svg>",
            "<svg><image href=\"https://example.org/x.png\"/></svg>",
            "</style></pre></article>\u{0}\u{1B}\u{7F}\"'",
        ]
    ) func hostile(text: String) throws {
        let before: [Output] = [
            .text("1"), .value("1"), .table(Table(columns: ["y"], rows: [["1"]])), figure("<svg></svg>"),
        ]
        let now: [Output] = [
            .text(text), .value(text), .table(Table(columns: [text], rows: [[text]])), figure(text),
        ]
        for (old, new) in zip(before, now) {
            let page = page(try cells([(old, new), (new, old)]))
            for foreign in ["<script", "onload=\"", "<image", "src=", "@import", "\u{0}", "\u{1B}"] {
                #expect(!page.contains(foreign), "\(foreign) in \(new)")
            }
            #expect(page.matches(of: /<\/style>/).count == 1 && page.matches(of: /<article/).count == 2)
            #expect(page.contains("default-src 'none'"))
        }
        #expect(
            body(page(try cells([(figure("<svg></svg>"), figure("<svg><script></script></svg>"))])))
                .contains("This figure holds &lt;script&gt;, which no drawing may.")
        )
    }

    @Test("tells of errors, files and what was not compared") func others() throws {
        let error = Diagnostic(.error, .crash, at: SourceLocation(file: "lessons/01-a.md"), "it <stops>")
        let report = DifferenceReport(
            title: "A",
            headline: "",
            cells: [],
            errors: [error],
            unheld: ["no node"]
        )
        let page = DifferencePage.render(report, in: ".", style: DifferencePageTests.style)
        #expect(
            page.contains("<samp>lessons/01-a.md: error: it &lt;stops&gt;</samp>")
                && page.contains(">no node</p>")
        )
        #expect(page.contains("<h1>Nothing was compared</h1>"))
    }
}
