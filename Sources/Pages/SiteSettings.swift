/// What the author of a site decides for all its pages.
public struct SiteSettings: Sendable, Hashable {
    /// The site's title, at the top of each page.
    public var title: String
    /// What the site is about, in a sentence or two for the index.
    public var summary: String
    /// The language of the lessons, as a tag such as `en` or `zh-Hans`.
    public var language: String

    /// Makes settings; each has a default.
    public init(title: String = "Lessons", summary: String = "", language: String = "en") {
        self.title = title
        self.summary = summary
        self.language = language
    }
}
