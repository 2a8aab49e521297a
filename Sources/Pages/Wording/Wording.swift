internal import Lessons

/// What a page says on its own, in the reader's language.
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
    var tags: String
    var notFound: String
    var notFoundAdvice: String
    var glossary: String
    var glossarySummary: String
    var search: String
    var noResult: String
    var copy: String
    var copied: String
    var showShapes: String
    var reference: String
    var referenceSummary: String
    var functions: String
    var conformsTo: String
    var lesson: @Sendable (_ number: String) -> String
    var readingTime: @Sendable (_ minutes: Int) -> String
    var figure: @Sendable (_ number: Int) -> String
    var table: @Sendable (_ number: Int) -> String
    var footnote: @Sendable (_ number: Int) -> String
    var linkTo: @Sendable (_ title: String) -> String
    var callout: @Sendable (Callout) -> String
    var members: @Sendable (Reference.MemberKind) -> String
    /// Says by what a page was computed, and how many cells that were.
    var freshness: @Sendable (Provenance, _ cells: Int) -> String
}

extension Wording {
    /// The words for a language tag such as `en` or `zh-Hans`; English where there are none.
    package init(language: String) {
        self = language.lowercased().split(separator: "-").first == "zh" ? .chinese : .english
    }
}
