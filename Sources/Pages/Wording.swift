package import Lessons

/// What a page says on its own, in the reader's language.
package struct Wording: Sendable {
    package var showCode: String
    package var showData: String
    package var lessons: String
    package var contents: String
    package var goals: String
    package var previous: String
    package var next: String
    package var skipToText: String
    package var switchTheme: String
    package var references: String
    package var downloads: String
    package var source: String
    package var program: String
    package var tags: String
    package var notFound: String
    package var notFoundAdvice: String
    package var glossary: String
    package var glossarySummary: String
    package var search: String
    package var noResult: String
    package var copy: String
    package var copied: String
    package var showShapes: String
    package var lesson: @Sendable (_ number: String) -> String
    package var readingTime: @Sendable (_ minutes: Int) -> String
    package var figure: @Sendable (_ number: Int) -> String
    package var table: @Sendable (_ number: Int) -> String
    package var footnote: @Sendable (_ number: Int) -> String
    package var linkTo: @Sendable (_ title: String) -> String
    package var callout: @Sendable (Callout) -> String
    /// Says by what a page was computed, and how many cells that were.
    package var freshness: @Sendable (Provenance, _ cells: Int) -> String
}

extension Wording {
    /// The words for a language tag such as `en` or `zh-Hans`; English where there are none.
    package init(language: String) {
        self = language.lowercased().split(separator: "-").first == "zh" ? .chinese : .english
    }
}
