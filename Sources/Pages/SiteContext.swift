internal import Lessons
internal import OutputHTML

/// The values that all pages of a site share: its settings, theme, words, and the targets that any page links.
struct SiteContext: Sendable {
    let settings: SiteSettings
    let provenance: Provenance?
    let theme: Theme
    let lessons: [Lesson]
    let wording: Wording
    let glossary: Glossary
    /// The titles of all link targets.
    let references: CrossReferences
    /// The addresses in the reference, by symbol.
    let symbolAddresses: [String: String]
    private let feed: String?
    /// The lessons and the pages of parts that stand in the list of a course, each part with its lessons.
    private let chapters: [Chapter]
    /// The parts, by their names.
    private let parts: [String: Chapter]

    /// Makes the context of a site.
    init(
        _ settings: SiteSettings,
        provenance: Provenance?,
        theme: Theme,
        lessons: [Lesson],
        references: CrossReferences,
        glossary: Glossary,
        symbolAddresses: [String: String]
    ) {
        self.settings = settings
        self.provenance = provenance
        self.theme = theme
        self.lessons = lessons
        wording = Wording(language: settings.language)
        self.glossary = glossary
        var references = references
        references.add(glossary)
        self.references = references
        self.symbolAddresses = symbolAddresses
        feed = Syndication(settings).feedPath(for: lessons)
        chapters = Chapter.all(of: lessons)
        parts = Dictionary(chapters.compactMap { chapter in chapter.lesson.part.map { ($0, chapter) } }) {
            $1
        }
    }

    /// The fields that every template may use.
    ///
    /// - Parameters:
    ///   - path: The path of the page.
    ///   - top: The address of the top of the site; `nil` for the way from the page.
    ///   - title: The page's title, of which the tab shows the words.
    ///   - summary: The text below the title.
    func fields(path: String, top: String? = nil, title: RenderedText, summary: RenderedText?)
        -> [String: Any]
    {
        // Pages in folders find the files at the top of the site one step up.
        let top = top ?? (path.contains("/") ? "../" : nil)
        var site: [String: Any] = [
            "title": RenderedText.render(settings.title).words, "language": settings.language,
        ]
        site["attributes"] = !wording.isForeign ? "" : " lang=\"\(settings.language)\""
        site["isRightToLeft"] = Language(settings.language).isRightToLeft
        site["footer"] = footer(from: top ?? "")?.html.string.ifNotEmpty
        site["address"] = settings.address(of: "index.html")
        var fields: [String: Any] = [
            "site": site, "title": title.words, "heading": title.html, "say": wording.fields,
        ]
        fields["summary"] = summary?.words.ifNotEmpty
        fields["lead"] = summary?.html.ifNotEmpty
        fields["canonical"] = settings.address(of: path)
        fields["feed"] = feed
        fields["authors"] = settings.authors.map { ["name": $0] }
        fields["root"] = top
        fields["hasGlossary"] = !glossary.terms.isEmpty
        fields["hasReference"] = !symbolAddresses.isEmpty
        return fields
    }

    /// Renders the line at the foot of a page, whose links count from the top of the site; `nil` where there is none.
    func footer(from top: String) -> ProseRenderer? {
        settings.footer.map { footer in
            var context = ProseContext()
            context.page = "index.html"
            context.references = references
            context.top = top
            var prose = ProseRenderer(in: context)
            prose.inlines(footer.inlines)
            return prose
        }
    }

    /// The mistakes in the links and formulas of the footer, at its place in the settings.
    func diagnostics(of footer: ProseRenderer?, _ check: LinkCheck) -> [Diagnostic] {
        guard let footer else { return [] }
        let found = footer.links.compactMap(check.complaint(ofFooter:)) + footer.formulaDiagnostics
        guard let place = settings.footerPlace else { return found }
        return found.map { complaint in
            var complaint = complaint
            (complaint.location, complaint.sourceLine) = (place.location, place.line)
            return complaint
        }
    }

    /// Renders the page for addresses that lead nowhere.
    func renderNotFound() -> SiteFile {
        // It is shown at addresses of any depth, and so holds its own style, and has full addresses.
        let top = settings.address(of: "index.html")
        let title = wording.marked(wording.notFound)
        var fields = fields(path: "404.html", top: top, title: title, summary: nil)
        fields["canonical"] = nil
        fields["style"] = theme.style(with: settings).replacing("</", with: "<\\/")
        return SiteFile("404.html", theme.render("notfound", with: fields))
    }

    /// Renders the page that lists all lessons, for a course without a front page of its own.
    func renderIndex() -> SiteFile {
        let fields = fields(
            path: "index.html",
            title: RenderedText.render(settings.title),
            summary: settings.summary.map(RenderedText.render)
        )
        return SiteFile("index.html", theme.render("index", with: fields.merging(listFields) { $1 }))
    }

    /// The fields of a link to a lesson, on the page of a path.
    func linkFields(_ lesson: Lesson, on page: String) -> [String: Any] {
        let title = references.title(of: lesson)
        return [
            "href": RelativePath.written(lesson.path, from: page), "title": title.words,
            "heading": title.html,
        ]
    }
}

// MARK: - Parts

extension SiteContext {
    /// A lesson in the list of a course, or the page of a part with the part's lessons.
    private struct Chapter: Sendable {
        let lesson: Lesson
        var lessons: [Lesson] = []

        static func all(of lessons: [Lesson]) -> [Chapter] {
            let inner = Dictionary(grouping: lessons.filter { $0.part != nil && !$0.isPart }) {
                $0.part ?? ""
            }
            return lessons.filter { !$0.isFront && ($0.part == nil || $0.isPart) }.map { lesson in
                Chapter(lesson: lesson, lessons: lesson.part.flatMap { inner[$0] } ?? [])
            }
        }
    }

    /// The fields of the front page that list the lessons, and the parts with theirs.
    var listFields: [String: Any] {
        let entries = chapters.map { chapter in
            var entry = entryFields(chapter.lesson, on: "index.html")
            entry["lessons"] = chapter.lessons.map { entryFields($0, on: "index.html") }
            entry["hasLessons"] = !chapter.lessons.isEmpty
            return entry
        }
        return ["isIndex": true, "entries": entries]
    }

    /// The fields that say where in the course a lesson stands.
    func placeFields(of lesson: Lesson) -> [String: Any] {
        var fields: [String: Any] = ["isDraft": lesson.frontMatter.isDraft]
        if lesson.isFront { return fields.merging(listFields) { $1 } }
        let own = lesson.part.flatMap { parts[$0] }
        if lesson.isPart {
            fields["isPart"] = true
            fields["entries"] = own?.lessons.map { entryFields($0, on: lesson.path) } ?? []
        } else {
            fields["part"] = own.map { linkFields($0.lesson, on: lesson.path) }
        }
        if parts.isEmpty { return fields }
        fields["hasParts"] = true
        fields["course"] = chapters.map { chapter in
            var entry = linkFields(chapter.lesson, on: lesson.path)
            entry["isHere"] = chapter.lesson.slug == lesson.slug
            let lessons = chapter.lesson.slug == own?.lesson.slug ? chapter.lessons : []
            entry["hasLessons"] = !lessons.isEmpty
            entry["lessons"] = lessons.map { inner in
                linkFields(inner, on: lesson.path).merging(["isHere": inner.slug == lesson.slug]) { $1 }
            }
            return entry
        }
        return fields
    }

    /// The fields of a lesson in a list, on the page of a path.
    private func entryFields(_ lesson: Lesson, on page: String) -> [String: Any] {
        var entry = linkFields(lesson, on: page)
        let summary = references.summary(of: lesson)
        entry["summary"] = summary?.words.ifNotEmpty
        entry["lead"] = summary?.html.ifNotEmpty
        entry["number"] = lesson.number.ifNotEmpty
        entry["isDraft"] = lesson.frontMatter.isDraft
        return entry
    }
}

extension Wording {
    /// The words of templates, by the names of their fields.
    var fields: [String: String] {
        [
            "language": attributes.string,
            "lessons": lessons, "contents": contents, "goals": goals, "previous": previous, "next": next,
            "skipToText": skipToText, "switchTheme": switchTheme, "references": references,
            "downloads": downloads, "notFound": notFound, "notFoundAdvice": notFoundAdvice, "search": search,
            "noResult": noResult, "copy": copy, "copied": copied, "showShapes": showShapes,
            "glossary": glossary, "reference": reference, "draft": draft,
        ]
    }
}

extension String {
    /// The text, or `nil` for an empty one, for which a template's section would be rendered.
    fileprivate var ifNotEmpty: String? { isEmpty ? nil : self }
}
