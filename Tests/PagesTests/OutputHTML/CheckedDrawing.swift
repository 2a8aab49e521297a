import Lessons
import Pages
import Records
import Serialization
import Testing

@Suite("A drawing for a page") struct CheckedDrawingTests {
    /// What a drawing holds that it may not; `nil` for one that is taken as it is.
    private func offense(_ svg: String) -> String? {
        switch CheckedDrawing.check(svg) {
        case .success(let drawing):
            #expect(drawing.svg == svg)
            return nil
        case .failure(let offense): return offense.name
        }
    }

    @Test(
        "is taken as it is",
        arguments: [
            "<svg viewBox=\"0 0 1 1\"><title>a &lt; b > c</title><path d='M0 0'/></svg>",
            "<svg><defs><clipPath id=\"c\"><rect width=\"1\"/></clipPath></defs><g clip-path=\"url(#c)\"/></svg>",
            "<svg aria-label=\"a &amp; b\">\n</svg>\n",
            "<svg><use href=\"#mark\"/><text fill=\"var(--series-1, #2563a8)\">x > \"y\"</text></svg>",
            "<svg><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><desc>onload=\"x\" javascript:x</desc></svg>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><g\tid='a'\n/></svg>",
            "<svg><text style=\"paint-order: stroke; --hue: 3;\" transform=\"rotate(45) scale(2)\">é</text></svg>",
            "<svg><linearGradient id='g'><stop offset=\"0\" stop-color=\"rgb(1, 2, 3)\"/></linearGradient></svg>",
        ]
    )
    func drawings(svg: String) {
        #expect(offense(svg) == nil)
    }

    /// Drawings that are more than that, each in its own way.
    static let examples = [
        // Handlers.
        "<svg onload=\"x()\"></svg>", "<svg><g OnClick='x()'/></svg>", "<svg/onload=x()></svg>",
        "<svg><rect x=1 onload=x></svg>", "<svg viewBox=\"0 0 1 1\"/onload=\"x()\"></svg>",
        "<svg><rect x=\"1\"onload=\"x()\"/></svg>",
        "<svg><g tabindex=\"0\" onfocus=\"x()\" autofocus=\"\"/></svg>",
        "<svg><g onbegin=\"x()\"/></svg>", "<svg><g\u{0C}onload='x()'/></svg>",
        "<svg><g \u{A0}onload='x()'/></svg>",
        // Elements that do more.
        "<svg><script>alert(1)</script></svg>", "<svg><SCRIPT>x</SCRIPT></svg>",
        "<svg><ScRiPt href='x'/></svg>",
        "<svg><svg:script>x</svg:script></svg>", "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<svg><foreignobject/></svg>", "<svg><image href=\"https://a.b/c.png\"/></svg>",
        "<svg><img src='x'/></svg>",
        "<svg><iframe src='x'></iframe></svg>", "<svg><video src='x'/></svg>",
        "<svg><feImage href='x'/></svg>",
        "<svg><filter id='f'/></svg>", "<svg><style>@import 'x'</style></svg>",
        "<svg><handler>x</handler></svg>",
        "<svg><animate attributeName=\"href\" to=\"javascript:x\"/></svg>", "<svg><set/></svg>",
        "<svg><set attributeName='onload' to='x()'/></svg>", "<svg><animateMotion/></svg>",
        "<svg><discard/></svg>",
        "<svg><a href=\"javascript:x\"><text>x</text></a></svg>", "<svg><metadata><p>x</p></metadata></svg>",
        "<svg><math><mi>x</mi></math></svg>", "<svg><p>x</p></svg>", "<svg><font color='x'/></svg>",
        // HTML where a browser reads HTML.
        "<svg><title><img src=x onerror=x()></title></svg>", "<svg><title><g/></title></svg>",
        "<svg><desc><svg></svg></desc></svg>", "<svg><title><title></title></title></svg>",
        // Addresses.
        "<svg><use href=\"https://a.b/c.svg#d\"/></svg>", "<svg><use xlink:href=\"data:x\"/></svg>",
        "<svg><use href=\" javascript:x\"/></svg>", "<svg><use href=\"java\nscript:x\"/></svg>",
        "<svg><use href=\"&#106;avascript:x\"/></svg>", "<svg><use href=\"&#x23;a\"/></svg>",
        "<svg><use xlink:href='data:image/svg+xml,<svg id=a onload=x()>#a'/></svg>",
        "<svg><use href=''/></svg>",
        "<svg><rect fill=\"url(//a.b#c)\"/></svg>", "<svg><rect fill=\"url&lpar;//a.b#c)\"/></svg>",
        "<svg><rect fill=\"url(#a) url(//b.c#d)\"/></svg>", "<svg><rect fill=\"URL( //a.b )\"/></svg>",
        "<svg><rect fill=\"src('//a.b')\"/></svg>",
        "<svg><rect mask=\"-webkit-cross-fade(//a.b, 1)\"/></svg>",
        "<svg><rect xml:base='https://a.b' fill='url(#a)'/></svg>",
        "<svg><g ping='//a.b' target='_top'/></svg>",
        // Styles.
        "<svg><rect style=\"background:url(https://a.b)\"/></svg>",
        "<svg><rect style=\"fill:ur&#108;(https://a.b)\"/></svg>",
        "<svg><rect style=\"fill:u\\72l(https://a.b)\"/></svg>",
        "<svg><rect style=\"background: image-set('//a.b' 1x)\"/></svg>",
        "<svg style='position:fixed; inset:0'></svg>",
        "<svg style='fill:red;/**/position:fixed'></svg>", "<svg style='animation: x 1s'></svg>",
        "<svg style=\"behavior: url(#a)\"></svg>", "<svg style=\"fill: red; @import 'x'\"></svg>",
        "<svg style=\"--a: url(//a.b)\"></svg>", "<svg style=\"content: 'x'\"></svg>",
        // What is no element.
        "<svg><!-- --></svg>", "<svg><!--><g onload='x()'>--></svg>", "<svg><![CDATA[x]]></svg>",
        "<svg><?xml x?></svg>",
        "<?xml version='1.0'?><svg></svg>", "<!DOCTYPE svg [<!ENTITY x '<g/>'>]><svg>&x;</svg>",
        "<svg><!DOCTYPE x></svg>", "<svg></></svg>", "<svg>< g></svg>", "<svg></ g></svg>",
        // Elements that end elsewhere, or never.
        "<svg></svg><script>x</script>", "<svg></svg><img src='nope' onerror='document.title=1'>",
        "<svg/><script>x</script>",
        "<p></p>", "<svg><g></svg>", "<svg><g", "<svg></svg><svg></svg>", "<svg></svg>\n<b></svg>",
        "<svg><g></svg></g>",
        "<svg></svg>x", "<svg><rect x=\"1></svg>", "<svg></svg", "<svg></svg></div>", "<svg></g></svg>", "",
        "svg", "<svgx></svgx>",
        " <svg></svg>", "<sVg></sVg>", "<svg></SVG>",
        // Characters that HTML does not hold, or takes otherwise.
        "<svg>\0</svg>", "<svg><g\0/></svg>", "<svg></svg\u{0B}>", "<svg><g></g\u{1F}></svg>",
        "<svg aria-label='\u{1B}'></svg>",
        "<svg></svg\u{2028}>", "<svg><scr\u{130}pt/></svg>", "<svg><\u{17F}cript/></svg>",
        "<svg><use hr\u{435}f='x'/></svg>",
        // Attributes that nobody knows.
        "<svg srcdoc='x'></svg>", "<svg><g formaction='x'/></svg>", "<svg><g is='x'/></svg>",
        "<svg><g slot='x'/></svg>",
        "<svg><g contenteditable='true'/></svg>", "<svg><g popover='x'/></svg>", "<svg><g begin='x'/></svg>",
    ]

    @Test("is nothing but a drawing", arguments: CheckedDrawingTests.examples)
    func hostile(svg: String) {
        #expect(offense(svg) != nil)
    }

    private func lesson(showing svg: String) throws -> FinishedLesson {
        let figure = Figure(svg: svg, title: "T", summary: "S")
        return try Sample.lesson(
            "01-a",
            "```swift model name=draw\ndraw()\n```\n",
            outputs: ["draw": [.figure(figure)]]
        )
    }

    @Test(
        "that is more is an error of its site, and on none of its pages, drafts among them",
        arguments: CheckedDrawingTests.examples
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

    @Test("that is more never reaches an open page", arguments: CheckedDrawingTests.examples)
    func preview(svg: String) throws {
        let finished = try lesson(showing: svg)
        let shown = try shown(finished.record.cells[0], of: finished.lesson)
        #expect(!shown.contains("<svg") && shown.contains("This figure holds "))
    }

    /// What an open page is sent when a cell has run.
    private func shown(_ cell: CellRecord, of lesson: Lesson) throws -> String {
        let preview = Preview(of: "/nowhere", address: "127.0.0.1", port: 8000)
        func ask(_ target: String) -> Preview.Body {
            preview.respond(to: Preview.Request(target: target, host: "localhost:8000")).body
        }
        preview.end(cell, of: lesson)
        guard case .whole(let html) = ask("/") else { throw Unheard() }
        let page = String(decoding: html, as: UTF8.self)
        let session = try #require(page.firstMatch(of: /data-session="([^"]+)"/)).output.1
        let target = "/unroll/events?page=\(lesson.slug).html&version=0&session=\(session)"
        guard case .stream(let feed) = ask(target) else { throw Unheard() }
        let heard = String(decoding: feed.take().events, as: UTF8.self)
        let event = try #require(heard.firstMatch(of: /event: cell\ndata: (.*)\n/)).output.1
        return try #require(try JSON(parsing: String(event))["html"]?.string)
    }

    private struct Unheard: Error {}

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
