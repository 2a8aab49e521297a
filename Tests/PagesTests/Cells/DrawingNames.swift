internal import Pages
internal import Records
internal import Testing

@Suite("Names within a drawing") struct DrawingNamesTests {
    private func renamed(_ svg: String) -> String {
        Figure(svg: svg, title: "", summary: "").withNames(prefixed: "a-").svg
    }

    @Test(
        "get a prefix, and all that mentions them",
        arguments: [
            ("<svg id=\"x\"/>", "<svg id=\"a-x\"/>"),
            ("<svg aria-labelledby='x y'>", "<svg aria-labelledby='a-x a-y'>"),
            ("<use href=\"#x\"/><use xlink:href='#x'/>", "<use href=\"#a-x\"/><use xlink:href='#a-x'/>"),
            (
                "<path clip-path=\"url(#x)\" mask=\"url('#x')\"/>",
                "<path clip-path=\"url(#a-x)\" mask=\"url('#a-x')\"/>"
            ),
            ("<path style=\"fill: url(#x), #fff\"/>", "<path style=\"fill: url(#a-x), #fff\"/>"),
        ]
    ) func names(svg: String, wanted: String) {
        #expect(renamed(svg) == wanted)
    }

    @Test(
        "are no texts, colors or unclosed things",
        arguments: [
            "<text fill=\"#abc\">id=\"x\" url(#x)</text>", "<svg data-a=\"id='x'\">", "<svg id=\"", "<svg id",
            "<", "",
            "<svg viewBox=\"0 0 1 1\" class = \"#x\">",
        ]
    ) func others(svg: String) {
        #expect(renamed(svg) == (svg == "<svg id=\"" ? "<svg id=\"a-" : svg))
    }
}
