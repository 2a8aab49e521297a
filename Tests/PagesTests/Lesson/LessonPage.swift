import Lessons
import Pages
import Records
import Testing

@Suite struct LessonPageTests {
    private func page(_ body: String, outputs: [String: [Output]] = [:]) throws -> String {
        let site = try Sample.site(Sample.lesson("01-a", body, outputs: outputs))
        return try String(
            decoding: #require(site.files.first { $0.path == "01-a.html" }).contents,
            as: UTF8.self
        )
    }

    private let figure = Output.figure(Figure(svg: "<svg></svg>", title: "Loss", summary: "It falls."))
    private let cells = """
        ```swift model name=first caption="The first."
        draw()
        ```

        See [](#second) and [](#first), or [](#then).

        ## Then

        ```swift model name=second alt="A line that falls"
        draw()
        ```
        """

    @Test func referencesAreNumberedThroughThePage() throws {
        let page = try page(cells, outputs: ["first": [figure], "second": [figure]])
        #expect(page.contains("<a href=\"#second\">Figure 2</a>"))
        #expect(page.contains("<a href=\"#first\">Figure 1</a>"))
        #expect(page.contains("<a href=\"#then\">Then</a>"))
        #expect(page.contains("<figcaption><b>Figure 1</b> The first.</figcaption>"))
        #expect(page.contains("<div role=\"img\" aria-label=\"A line that falls\"><svg>"))
    }

    @Test func lessonsAreLinkedByTheirFiles() throws {
        let page = try page("[next](02-next.md#a) [out](https://a.b/c.md) [sub](x/y.md)")
        #expect(page.contains("href=\"02-next.html#a\""))
        #expect(page.contains("href=\"https://a.b/c.md\""))
        #expect(page.contains("href=\"x/y.html\""))
    }

    @Test func headingsOfOneNameGetDifferentIds() throws {
        let page = try page("## Text\n\n## A b\n\n> ## A b\n\n## 隐藏状态 (h)\n\n## ¿?\n")
        for id in ["text-2", "a-b", "a-b-2", "隐藏状态-h", "section"] {
            #expect(page.contains("<h2 id=\"\(id)\">"))
        }
    }

    @Test func dataBehindAFigureIsOneFile() throws {
        let data = Table(columns: ["x", "a \"name\""], rows: [["1", "2,5"], ["-1", "plain"]])
        let output = Output.figure(Figure(svg: "<svg></svg>", title: "T", summary: "S", data: data))
        let site = try Sample.site(Sample.lesson("01-a", cells, outputs: ["first": [output]]))
        let file = try #require(site.files.first { $0.path == "downloads/01-a-first.csv" })
        #expect(
            String(decoding: file.contents, as: UTF8.self)
                == "x,\"a \"\"name\"\"\"\r\n1,\"2,5\"\r\n-1,plain\r\n"
        )
    }

    @Test func dataThatLeavesRowsOutSaysSo() throws {
        let data = Table(columns: ["x"], rows: [["1"]], caption: "One row of 2, of 200 in all.")
        let output = Output.figure(Figure(svg: "<svg></svg>", title: "T", summary: "S", data: data))
        let site = try Sample.site(Sample.lesson("01-a", cells, outputs: ["first": [output]]))
        let page = try #require(site.files.first { $0.path == "01-a.html" })
        #expect(
            String(decoding: page.contents, as: UTF8.self)
                .contains("<table>\n<caption>One row of 2, of 200 in all.</caption><thead>")
        )
    }

    @Test(arguments: [(10, 1), (460, 2), (2300, 10)])
    func readingTimeCountsWords(words: Int, minutes: Int) throws {
        let body = String(repeating: "word ", count: words)
        #expect(try page(body).contains("<span>\(minutes) min read</span>"))
    }

    @Test func readingTimeCountsChineseCharacters() throws {
        #expect(try page(String(repeating: "循环神经网络。", count: 200)).contains("<span>3 min read</span>"))
    }
}
