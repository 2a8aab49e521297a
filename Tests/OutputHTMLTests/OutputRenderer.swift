import OutputHTML
import Records
import Testing

@Suite struct OutputRendererTests {
    @Test func nothingShownIsNothingWritten() {
        #expect(OutputRenderer.render([]).html.string == "")
    }

    @Test func textAndValuesArePreformatted() {
        let html = OutputRenderer.render([.text("a <b>\n"), .value("1")]).html.string
        #expect(
            html == """
                <div class="output">
                <pre class="printed"><samp>a &lt;b&gt;</samp></pre>
                <pre class="value"><samp>1</samp></pre>
                </div>

                """
        )
    }

    @Test func columnsOfNumbersAreSetFlushRight() {
        let table = Table(columns: ["x", "", "<y>"], rows: [["−1", "a", "b"], ["–", "2", "3"]])
        let html = OutputRenderer.render([.table(table)]).html.string
        #expect(html.contains("aria-label=\"x, &lt;y&gt;\""))
        #expect(
            html.contains(
                "<th scope=\"col\" class=\"number\">x</th><td></td><th scope=\"col\">&lt;y&gt;</th>"
            )
        )
        #expect(html.contains("<tr><td class=\"number\">–</td><td>2</td><td>3</td></tr>"))
    }

    /// Every text of at most five of these characters, and words.
    @Test func whatSwiftReadsAsANumberIsSetFlushRight() {
        var texts = [""]
        for length in 1...5 {
            let shorter = texts.filter { $0.count == length - 1 }
            texts += shorter.flatMap { text in ["1", ".", "e", "-", "+", " "].map { text + $0 } }
        }
        texts += ["nan", "-nan", "inf", "+inf", "nano", "1E5", "1.5e-07", "one", "1,5", "1_5", "١"]
        for text in texts {
            let html = OutputRenderer.render([.table(Table(columns: ["x"], rows: [[text]]))]).html.string
            let isNumber = text.isEmpty || Double(text) != nil
            #expect(html.contains("<td class=\"number\">") == isNumber, "'\(text)'")
        }
    }

    @Test func aFigureHasItsLabelsAndItsData() {
        var labels = OutputFrame.Labels()
        labels.number = HTMLBuffer()
        labels.number?.text("Figure 1")
        labels.caption = HTMLBuffer()
        labels.caption?.text("It falls.")
        labels.data = "a.csv"
        var frame = OutputFrame()
        (frame.labels, frame.alternative, frame.isFailure) = ([labels], "A \"line\"", true)
        let figure = Figure(
            svg: "<svg></svg>",
            title: "Loss",
            summary: "S",
            data: Table(columns: ["x"], rows: [["1"]])
        )
        let html = OutputRenderer.render([.figure(figure)], in: frame).html.string
        #expect(html.hasPrefix("<div class=\"output failure\">\n<figure class=\"drawing\">\n"))
        #expect(html.contains("<div role=\"img\" aria-label=\"A &quot;line&quot;\"><svg></svg></div>\n"))
        #expect(html.contains("<figcaption><b>Figure 1</b> It falls.</figcaption>\n"))
        #expect(html.contains("<summary>Data behind this figure</summary>"))
        #expect(html.contains("<p><a download href=\"a.csv\">CSV</a></p>\n"))
    }
}
