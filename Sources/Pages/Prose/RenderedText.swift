internal import Lessons
package import OutputHTML

/// Running text in both of its forms: HTML, and plain words for where no markup can stand.
///
/// Titles, summaries, terms and captions are shown in other places than their own: in contents, navigation, references.
package struct RenderedText: Sendable, Equatable {
    /// The HTML, without links and notes.
    package var content: HTMLBuffer
    /// The plain words.
    package var words: String

    /// Makes a text of both forms.
    init(_ content: HTMLBuffer, words: String) {
        self.content = content
        self.words = words
    }

    /// Makes a text without markup.
    init(words: String) {
        var content = HTMLBuffer()
        content.text(words)
        self.init(content, words: words)
    }

    /// The HTML as text, for templates.
    package var html: String { content.string }

    /// Renders running text.
    ///
    /// - Parameters:
    ///   - inlines: The text.
    ///   - values: The values of the lesson's expressions.
    ///   - page: The page that the text belongs to, which its references start from.
    ///   - references: The texts of links that have none.
    static func render(
        _ inlines: [Inline],
        values: [String] = [],
        on page: String = "",
        _ references: CrossReferences = CrossReferences()
    ) -> RenderedText {
        var context = ProseContext()
        context.values = values
        context.page = page
        context.references = references
        context.isReference = true
        var prose = ProseRenderer(in: context)
        prose.inlines(inlines)
        return RenderedText(prose.html, words: context.plainText.words(of: inlines))
    }

    /// Renders a phrase that belongs to no lesson.
    static func render(_ phrase: Phrase) -> RenderedText { render(phrase.inlines) }
}
