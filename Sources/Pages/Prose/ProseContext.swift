package import Lessons
package import OutputHTML

/// The additions of a page to plain CommonMark; without them the output is libcmark's.
package struct ProseContext {
    /// The ids of headings and terms; `nil` for bare headings.
    package var outline: PageOutline?
    /// The path of the page.
    package var page = ""
    /// The texts of links that have none.
    package var references = CrossReferences()
    /// The values of the lesson's expressions.
    package var values: [String] = []
    /// Whether the text refers to something elsewhere, and so has no links, pictures and notes.
    package var isReference = false
    /// The way to the top of the site, from which the links of a phrase of all pages count; `nil` for prose, whose links
    /// count from its page.
    package var top: String?
    /// The words of the page's interface.
    package var wording = Wording(language: "en")
    /// The footnotes; those of a paragraph stand in the margin beside it.
    package var footnotes: [Footnote] = []
    /// The terms that any lesson may refer to.
    package var glossary = Glossary()
    /// Writes a fenced block of code; `nil` for libcmark's own form.
    package var code: ((_ info: String, _ text: String, inout HTMLBuffer) -> Void)?
    /// Writes the cell of the given index; without it cells are left out.
    package var cell: ((Int, inout HTMLBuffer) -> Void)?
    /// Whether raw HTML is passed through.
    package var allowsRawHTML = false

    /// Makes a context that adds nothing.
    package init() {}

    /// The renderer of the same prose as plain words.
    var plainText: PlainText {
        var plainText = PlainText()
        plainText.values = values
        plainText.reference = { [references, page] in references[$0, on: page]?.words }
        return plainText
    }
}
