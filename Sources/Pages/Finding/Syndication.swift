internal import Lessons
internal import OutputHTML

/// The sitemap of a site with a known address, and an Atom feed of its dated lessons.
struct Syndication {
    private let settings: SiteSettings

    /// Makes the syndication of a site; one without a base URL has neither file.
    init(_ settings: SiteSettings) {
        self.settings = settings
    }

    /// Returns `sitemap.xml` with the addresses of all pages (sitemaps.org, protocol 0.9).
    func sitemap(of paths: [String]) -> SiteFile? {
        let addresses = paths.compactMap(settings.address)
        guard !addresses.isEmpty else { return nil }
        var xml = HTMLBuffer()
        xml.markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        xml.markup("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
        for address in addresses {
            xml.markup("<url>")
            xml.element("loc", address)
            xml.markup("</url>\n")
        }
        xml.markup("</urlset>\n")
        return SiteFile("sitemap.xml", xml.bytes)
    }

    /// The path of the feed; `nil` for a site without address, or without dated lessons.
    func feedPath(for lessons: [Lesson]) -> String? {
        settings.baseURL != nil && lessons.contains { $0.frontMatter.date != nil } ? "feed.xml" : nil
    }

    /// Returns the Atom feed (RFC 4287), newest first. Its only times are the lessons' own dates.
    func feed(of lessons: [Lesson], _ references: CrossReferences) -> SiteFile? {
        let dated = lessons.filter { $0.frontMatter.date != nil }
            .sorted { ($0.frontMatter.date!, $0.slug) > ($1.frontMatter.date!, $1.slug) }
        guard let path = feedPath(for: lessons), let home = settings.address(of: "index.html"),
            let feed = settings.address(of: path), let newest = dated.first?.frontMatter.date
        else { return nil }
        var xml = HTMLBuffer()
        xml.markup(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
        )
        xml.element("title", RenderedText.render(settings.title).words)
        if let summary = settings.summary {
            xml.element("subtitle", RenderedText.render(summary).words)
        }
        xml.markup("\n")
        xml.element("id", home)
        link(feed, rel: "self", into: &xml)
        link(home, rel: "alternate", into: &xml)
        xml.element("updated", newest + "T00:00:00Z")
        xml.markup("\n")
        // A feed must have one (RFC 4287, section 4.1.1).
        let names = settings.authors
        authors(names.isEmpty ? [RenderedText.render(settings.title).words] : names, into: &xml)
        for lesson in dated { entry(lesson, references, into: &xml) }
        xml.markup("</feed>\n")
        return SiteFile(path, xml.bytes)
    }

    private func entry(_ lesson: Lesson, _ references: CrossReferences, into xml: inout HTMLBuffer) {
        guard let address = settings.address(of: lesson.path), let date = lesson.frontMatter.date else {
            return
        }
        xml.markup("<entry>\n")
        xml.element("title", references.title(of: lesson).words)
        xml.element("id", address)
        link(address, rel: "alternate", into: &xml)
        xml.element("published", date + "T00:00:00Z")
        xml.element("updated", date + "T00:00:00Z")
        xml.markup("\n")
        authors(lesson.frontMatter.authors, into: &xml)
        for tag in lesson.frontMatter.tags { category(tag, into: &xml) }
        if let summary = references.summary(of: lesson) { xml.element("summary", summary.words) }
        xml.markup("\n</entry>\n")
    }

    private func authors(_ names: [String], into xml: inout HTMLBuffer) {
        for name in names {
            xml.markup("<author>")
            xml.element("name", name)
            xml.markup("</author>\n")
        }
    }

    private func category(_ term: String, into xml: inout HTMLBuffer) {
        xml.markup("<category term=\"")
        xml.text(term)
        xml.markup("\"/>\n")
    }

    private func link(_ address: String, rel: String, into xml: inout HTMLBuffer) {
        xml.markup("<link rel=\"\(rel)\" href=\"")
        xml.text(address)
        xml.markup("\"/>\n")
    }
}
