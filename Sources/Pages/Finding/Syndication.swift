internal import Lessons
internal import OutputHTML

/// What a site with a known address tells machines: a sitemap, and an Atom feed of its dated lessons.
struct Syndication {
    private let settings: SiteSettings

    /// Makes what belongs to a site; without a base URL that is nothing.
    init(_ settings: SiteSettings) {
        self.settings = settings
    }

    /// `sitemap.xml` with the addresses of all pages (sitemaps.org, protocol 0.9).
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

    /// The path of the feed, if the site has one: it needs an address, and lessons that say when they were written.
    func feedPath(for lessons: [Lesson]) -> String? {
        settings.baseURL != nil && lessons.contains { $0.frontMatter.date != nil } ? "feed.xml" : nil
    }

    /// The Atom feed (RFC 4287), newest first. Its only times are the lessons' own dates.
    func feed(of lessons: [Lesson], _ names: Names) -> SiteFile? {
        let dated = lessons.filter { $0.frontMatter.date != nil }
            .sorted { ($0.frontMatter.date!, $0.slug) > ($1.frontMatter.date!, $1.slug) }
        guard let path = feedPath(for: lessons), let home = settings.address(of: "index.html"),
            let feed = settings.address(of: path), let newest = dated.first?.frontMatter.date
        else { return nil }
        var xml = HTMLBuffer()
        xml.markup(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
        )
        xml.element("title", Name(settings.title).words)
        if let summary = settings.summary { xml.element("subtitle", Name(summary).words) }
        xml.markup("\n")
        xml.element("id", home)
        link(feed, rel: "self", into: &xml)
        link(home, rel: "alternate", into: &xml)
        xml.element("updated", newest + "T00:00:00Z")
        xml.markup("\n<author>")
        xml.element("name", Name(settings.title).words)
        xml.markup("</author>\n")
        for lesson in dated { entry(lesson, names, into: &xml) }
        xml.markup("</feed>\n")
        return SiteFile(path, xml.bytes)
    }

    private func entry(_ lesson: Lesson, _ names: Names, into xml: inout HTMLBuffer) {
        guard let address = settings.address(of: lesson.path), let date = lesson.frontMatter.date else {
            return
        }
        xml.markup("<entry>\n")
        xml.element("title", names.title(of: lesson).words)
        xml.element("id", address)
        link(address, rel: "alternate", into: &xml)
        xml.element("updated", date + "T00:00:00Z")
        if let summary = names.summary(of: lesson) { xml.element("summary", summary.words) }
        xml.markup("\n</entry>\n")
    }

    private func link(_ address: String, rel: String, into xml: inout HTMLBuffer) {
        xml.markup("<link rel=\"\(rel)\" href=\"")
        xml.text(address)
        xml.markup("\"/>\n")
    }
}
