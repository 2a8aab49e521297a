import Lessons
import Pages
import Records
import Testing

@Suite struct DrawingCheckTests {
    /// What is said of a lesson whose cell shows this drawing.
    private func complaint(_ svg: String) throws -> String? {
        let figure = Figure(svg: svg, title: "T", summary: "S")
        let lesson = try Sample.lesson(
            "01-a",
            "```swift model name=draw\ndraw()\n```\n",
            outputs: ["draw": [.figure(figure)]]
        )
        return Sample.site(lesson).diagnostics.first?.message
    }

    @Test(arguments: [
        "<svg viewBox=\"0 0 1 1\"><title>a &lt; b > c</title><path d='M0 0'/></svg>",
        "<svg><defs><clipPath id=\"c\"><rect width=\"1\"/></clipPath></defs><g clip-path=\"url(#c)\"/></svg>",
        "<svg aria-label=\"a &amp; b\">\n</svg>\n",
        "<svg><use href=\"#mark\"/><text fill=\"var(--series-1, #2563a8)\">x > \"y\"</text></svg>",
    ])
    func drawingsPass(svg: String) throws {
        #expect(try complaint(svg) == nil)
    }

    @Test(arguments: [
        "<svg><script>alert(1)</script></svg>", "<svg><SCRIPT>x</SCRIPT></svg>", "<svg onload=\"x()\"></svg>",
        "<svg><g OnClick='x()'/></svg>", "<svg><a href=\"javascript:x\"><text>x</text></a></svg>",
        "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<svg><image href=\"https://a.b/c.png\"/></svg>",
        "<svg><use href=\"https://a.b/c.svg#d\"/></svg>", "<svg><use xlink:href=\"data:x\"/></svg>",
        "<svg><animate attributeName=\"href\" to=\"javascript:x\"/></svg>", "<svg><set/></svg>",
        "<svg><rect style=\"background:url(https://a.b)\"/></svg>",
        "<svg><rect fill=\"url(//a.b#c)\"/></svg>",
        "<svg></svg><script>x</script>", "<p></p>", "<svg><g></svg>", "<svg><g", "<svg></svg><svg></svg>",
        "<svg><!-- --></svg>", "<svg><![CDATA[x]]></svg>", "<svg><style>@import 'x'</style></svg>",
        "<svg><rect x=1 onload=x></svg>", "<svg/onload=x()></svg>", "<svg></svg>\n<b></svg>",
        "<svg><g></svg></g>", "<svg></svg>x", "<svg><rect style=\"fill:ur&#108;(https://a.b)\"/></svg>",
        "<svg><rect style=\"fill:u\\72l(https://a.b)\"/></svg>",
        "<svg><rect fill=\"url&lpar;//a.b#c)\"/></svg>", "<svg viewBox=\"0 0 1 1\"/onload=\"x()\"></svg>",
        "<svg><rect fill=\"url(#a) url(//b.c#d)\"/></svg>", "<svg><rect x=\"1\"onload=\"x()\"/></svg>",
        "<svg><rect style=\"background: image-set('//a.b' 1x)\"/></svg>", "<svg><rect x=\"1></svg>",
    ])
    func anythingElseIsAnError(svg: String) throws {
        let message = try #require(try complaint(svg))
        #expect(message.hasPrefix("the figure of cell 'draw' holds "))
    }
}
