internal import Lessons
package import OutputHTML

/// The words of a page's interface, in the language of the site.
package struct Wording: Sendable {
    var showCode: String
    var showData: String
    var lessons: String
    var contents: String
    var goals: String
    var previous: String
    var next: String
    var skipToText: String
    var switchTheme: String
    var references: String
    var downloads: String
    var source: String
    var program: String
    var notFound: String
    var notFoundAdvice: String
    var glossary: String
    var glossarySummary: String
    var search: String
    var noResult: String
    var copy: String
    var copied: String
    var showShapes: String
    var draft: String
    var reference: String
    var referenceSummary: String
    var functions: String
    var conformsTo: String
    var lesson: @Sendable (_ number: String) -> String
    var part: @Sendable (_ number: String) -> String
    /// The line that names authors.
    var authors: @Sendable (_ names: [String]) -> String
    /// A day as people write it.
    var day: @Sendable (_ year: Int, _ month: Int, _ day: Int) -> String
    var readingTime: @Sendable (_ minutes: Int) -> String
    var figure: @Sendable (_ number: Int) -> String
    var table: @Sendable (_ number: Int) -> String
    var footnote: @Sendable (_ number: Int) -> String
    var linkTo: @Sendable (_ title: String) -> String
    var callout: @Sendable (Callout) -> String
    var members: @Sendable (Reference.MemberKind) -> String
    /// The sentence on the engine and compiler of a page, and the number of its cells.
    var freshness: @Sendable (Provenance, _ cells: Int) -> String
    /// The words around live cells.
    var live: LiveWording
    /// The attributes of an element that holds these words, such as ` lang="en"`; empty on a page of their language.
    package private(set) var attributes: Markup = ""
    /// Whether the page is in another language than these words.
    private(set) var isForeign = false
}

extension Wording {
    /// The words for a language tag such as `en` or `zh-Hans`; falls back to English.
    package init(language tag: String) {
        let language = Language(tag)
        switch language.spoken {
        case .english: self = .english
        case .chinese: self = .chinese
        }
        guard !language.isSpoken else { return }
        attributes = " lang=\"\(language.spoken.rawValue)\""
        isForeign = true
    }

    /// Some of the words, marked with their language where the page is in another.
    func marked(_ words: String) -> RenderedText {
        guard isForeign else { return RenderedText(words: words) }
        var html = HTMLBuffer()
        html.markup("<span\(attributes)>\(words)</span>")
        return RenderedText(html, words: words)
    }
}
