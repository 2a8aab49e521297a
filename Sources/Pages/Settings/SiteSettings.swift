public import Lessons

/// The settings of a site, which its author gives in `unroll.yml`.
public struct SiteSettings: Sendable, Equatable {
    /// The site's title, at the top of each page.
    public var title: Phrase
    /// The summary of the site, a sentence or two for the index; `nil` for none.
    public var summary: Phrase?
    /// The language of the lessons, as a tag such as `en` or `zh-Hans`.
    public var language: String
    /// The address of the site, such as `https://example.org/course/`; with it come a sitemap, a feed and social
    /// metadata.
    public var baseURL: String?
    /// The names of those who wrote the lessons, where a lesson names none of its own.
    public var authors: [String]
    /// A line at the foot of each page; `nil` for none.
    public var footer: Phrase?
    /// Whether lessons may hold raw HTML.
    public var allowsRawHTML: Bool
    /// Whether the site has a reference of the symbols that lessons may use, to which names in cells lead.
    public var hasReference: Bool
    /// The values of the stylesheet's custom properties that are not the theme's, such as `accent`.
    public var properties: [String: String]
    /// The location of the footer in the settings, and the line that stands there; `nil` for one that stands in no file.
    package var footerPlace: Place?
    /// The path of the folder of lessons, from that of the settings.
    package var lessons = "lessons"
    /// The path of the folder of the site, from that of the settings.
    package var out = "site"
    /// The place of the cache that machines share: a folder, from that of the settings, or an address; `nil` for none.
    package var cache: String?
    /// The location of `cache` in the settings, if it stands there.
    package var cacheLocation: SourceLocation?
    /// The location of `out` in the settings, if it stands there.
    package var outLocation: SourceLocation?

    /// The folders of Swift files that lessons use, from that of the settings.
    package var sources: [NamedFolder] = []
    /// The folder of a Swift package whose libraries lessons import, from that of the settings; `nil` for none.
    package var package: NamedFolder?
    /// Whether lessons import the engine and the charts.
    package var usesEngine = true
    /// The mistake in what they say of the project's own Swift, without which no lesson can run; `nil` for none.
    package var wrongSwift: Diagnostic?

    /// A location in the file of settings, with its line.
    package struct Place: Sendable, Equatable {
        package var location: SourceLocation
        package var line: String?
    }

    /// Makes settings; each has a default.
    public init(
        title: Phrase = "Lessons",
        summary: Phrase? = nil,
        language: String = "en",
        baseURL: String? = nil,
        authors: [String] = [],
        footer: Phrase? = nil,
        allowsRawHTML: Bool = false,
        hasReference: Bool = true,
        properties: [String: String] = [:]
    ) {
        self.title = title
        self.summary = summary
        self.language = language
        self.baseURL = baseURL
        self.authors = authors
        self.footer = footer
        self.allowsRawHTML = allowsRawHTML
        self.hasReference = hasReference
        self.properties = properties
    }

    /// The address of a page, where the site's own is known; that of its folder for an `index.html`.
    package func address(of path: String) -> String? {
        let isIndex = path == "index.html" || path.hasSuffix("/index.html")
        let place = isIndex ? String(path.dropLast("index.html".count)) : path
        return baseURL.map { ($0.hasSuffix("/") ? $0 : $0 + "/") + place }
    }
}
