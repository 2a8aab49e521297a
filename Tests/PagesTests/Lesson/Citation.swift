import Pages
import Testing

@Suite struct CitationTests {
    @Test(arguments: [
        ("Elman (1990). Time. https://doi.org/10.1", "Elman (1990). Time.", "https://doi.org/10.1"),
        ("Elman (1990). Time.", "Elman (1990). Time.", nil), ("https://a.b", "", "https://a.b"),
        ("", "", nil),
        ("See https://a.b, page 3", "See https://a.b, page 3", nil),
    ])
    func endsInItsAddress(reference: String, text: String, address: String?) {
        let citation = Citation(reference)
        #expect(citation.text == text)
        #expect(citation.address == address)
    }
}
