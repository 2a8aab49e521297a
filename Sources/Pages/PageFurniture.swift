internal import Lessons
internal import OutputHTML

/// What all pages of a site share: its settings, its theme, its words, and what every page links.
struct PageFurniture: Sendable {
    let settings: SiteSettings
    let provenance: Provenance?
    let theme: Theme
    let lessons: [Lesson]
    let wording: Wording
    let glossary: Glossary
    /// What all that can be pointed at is called.
    let names: Names
    /// The pages of the reference, by symbol.
    let symbolAddresses: [String: String]
    private let feed: String?

    /// Makes the furniture of a site.
    init(
        _ settings: SiteSettings,
        provenance: Provenance?,
        theme: Theme,
        lessons: [Lesson],
        names: Names,
        glossary: Glossary,
        symbolAddresses: [String: String]
    ) {
        self.settings = settings
        self.provenance = provenance
        self.theme = theme
        self.lessons = lessons
        wording = Wording(language: settings.language)
        self.glossary = glossary
        var names = names
        names.add(glossary)
        self.names = names
        self.symbolAddresses = symbolAddresses
        feed = Syndication(settings).feedPath(for: lessons)
    }

    /// The pages of some of the lessons, each with links to those before and after it.
    func pages(
        of finished: [FinishedLesson],
        _ outlines: [Outline],
        highlight: @escaping @Sendable (String) -> [SyntaxToken]
    ) -> [LessonPage] {
        let course = lessons.filter { !$0.isFront }
        let positions = Dictionary(uniqueKeysWithValues: zip(course.map(\.slug), course.indices))
        return Array(zip(finished, outlines)).concurrentMap { finished, outline in
            let position = positions[finished.lesson.slug]
            return LessonPage(
                finished,
                outline,
                previous: position.flatMap { $0 > 0 ? course[$0 - 1] : nil },
                next: position.flatMap { $0 + 1 < course.count ? course[$0 + 1] : nil },
                in: self,
                highlight: highlight
            )
        }
    }

    /// What every template may use.
    ///
    /// - Parameters:
    ///   - path: The path of the page.
    ///   - title: The page's title: as words for its tab, as running text for its heading.
    ///   - summary: What stands below the title.
    func common(path: String, title: Name, summary: Name?) -> [String: Any] {
        var site: [String: Any] = ["title": Name(settings.title).words, "language": settings.language]
        site["attributes"] = !wording.isForeign ? "" : " lang=\"\(settings.language)\""
        site["isRightToLeft"] = Language(settings.language).isRightToLeft
        site["footer"] = settings.footer.flatMap { Name($0).html.ifNotEmpty }
        site["address"] = settings.address(of: "index.html")
        var values: [String: Any] = [
            "site": site, "title": title.words, "heading": title.html, "say": wording.fields,
        ]
        values["summary"] = summary?.words.ifNotEmpty
        values["lead"] = summary?.html.ifNotEmpty
        values["canonical"] = settings.address(of: path)
        values["feed"] = feed
        // Pages in folders find what stands at the top of the site one step up.
        values["root"] = path.contains("/") ? "../" : nil
        values["hasGlossary"] = !glossary.terms.isEmpty
        values["hasReference"] = !symbolAddresses.isEmpty
        return values
    }

    /// The page for addresses that lead nowhere.
    var notFound: Page {
        var values = common(path: "404.html", title: wording.name(wording.notFound), summary: nil)
        values["canonical"] = nil
        // It is shown at addresses of any depth, and so holds its own style, and says in full where it leads.
        values["style"] = theme.style(with: settings).replacing("</", with: "<\\/")
        values["root"] = settings.address(of: "index.html")
        return Page(path: "404.html", html: theme.page("notfound", values))
    }

    /// The page that lists all lessons, for a course without a front page of its own.
    var index: Page {
        let values = common(
            path: "index.html",
            title: Name(settings.title),
            summary: settings.summary.map { Name($0) }
        )
        return Page(path: "index.html", html: theme.page("index", values.merging(list) { $1 }))
    }

    /// What the template of the front page says of the lessons.
    var list: [String: Any] {
        let entries = lessons.filter { !$0.isFront }.map { lesson in
            var entry = link(lesson)
            let summary = names.summary(of: lesson)
            entry["summary"] = summary?.words.ifNotEmpty
            entry["lead"] = summary?.html.ifNotEmpty
            entry["number"] = lesson.number.ifNotEmpty
            return entry
        }
        return ["isIndex": true, "entries": entries]
    }

    /// A lesson as a template links it.
    func link(_ lesson: Lesson) -> [String: Any] {
        let title = names.title(of: lesson)
        return ["href": lesson.path, "title": title.words, "heading": title.html]
    }
}

extension Wording {
    /// What templates say, by the names of their fields.
    var fields: [String: String] {
        [
            "language": attributes.string,
            "lessons": lessons, "contents": contents, "goals": goals, "previous": previous, "next": next,
            "skipToText": skipToText, "switchTheme": switchTheme, "references": references,
            "downloads": downloads, "notFound": notFound, "notFoundAdvice": notFoundAdvice, "search": search,
            "noResult": noResult, "copy": copy, "copied": copied, "showShapes": showShapes,
            "glossary": glossary, "reference": reference,
        ]
    }
}

extension String {
    /// The text, or `nil` for an empty one, which a template's section must not take for something.
    var ifNotEmpty: String? { isEmpty ? nil : self }
}
