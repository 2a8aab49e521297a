import OutputHTML
import Testing

@Suite struct HTMLBufferTests {
    @Test func controlCharactersAreShownAsPictures() {
        var html = HTMLBuffer()
        html.text("a\u{0}\u{1B}[31m\r\u{7F}\t\n\u{85}é中\u{FFFE}<")
        html.text(bytes: Array("\u{7}".utf8)[...])
        #expect(html.string == "a␀␛[31m␍␡\t\n\u{FFFD}é中\u{FFFD}&lt;␇")
    }

    @Test func onlyLiteralsAreMarkup() {
        let name = "<b>\"&"
        var html = HTMLBuffer()
        html.markup("<i title=\"\(name)\">\(3)</i>")
        #expect(html.string == "<i title=\"&lt;b&gt;&quot;&amp;\">3</i>")
    }

    @Test func addressesArePercentEncoded() {
        var html = HTMLBuffer()
        html.address("a b?c='d'&e=%20#é")
        #expect(html.string == "a%20b?c=&#x27;d&#x27;&amp;e=%20#%C3%A9")
    }
}
