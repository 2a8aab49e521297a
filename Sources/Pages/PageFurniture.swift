package import Lessons

/// Puts prose and cells into the theme's templates.
package struct PageFurniture {
    private let settings: SiteSettings
    private let provenance: Provenance
    private let theme: Theme
    private let wording: Wording

    /// Makes the furniture of a site.
    package init(_ settings: SiteSettings, provenance: Provenance, theme: Theme) {
        self.settings = settings
        self.provenance = provenance
        self.theme = theme
        wording = Wording(language: settings.language)
    }

    /// The page of a lesson.
    package func page(
        of finished: FinishedLesson,
        previous: Lesson?,
        next: Lesson?,
        highlight: @escaping (String) -> [SyntaxToken]
    ) -> Page {
        let lesson = finished.lesson
        let cells = CellRenderer(lesson, finished.record, wording: wording, highlight: highlight)
        var additions = ProseRenderer.Additions()
        additions.anchors = Anchors(reserved: lesson.cells.map(\.name) + ["text", "references"])
        additions.cell = { cells.cell($0, into: &$1) }
        additions.code = { info, text, html in
            cells.code(
                text,
                language: info.split(whereSeparator: \.isWhitespace).first.map(String.init),
                into: &html
            )
        }
        var prose = ProseRenderer(additions: additions)
        prose.blocks(lesson.document.blocks)
        prose.footnotes(lesson.document.footnotes)

        var values = common(title: lesson.frontMatter.title, summary: lesson.frontMatter.summary)
        values["body"] = prose.html.string
        values["contents"] = prose.headings.filter { (2...3).contains($0.level) }.map {
            ["id": $0.id, "title": $0.title, "level": $0.level] as [String: Any]
        }
        values["hasContents"] = prose.headings.contains { (2...3).contains($0.level) }
        values["previous"] = previous.map(link)
        values["next"] = next.map(link)
        values["references"] = lesson.frontMatter.references
        values["hasReferences"] = !lesson.frontMatter.references.isEmpty
        if !lesson.cells.isEmpty {
            values["freshness"] = wording.freshness(provenance, lesson.cells.count)
        }
        return Page(path: lesson.slug + ".html", html: theme.page("lesson", values))
    }

    /// The page that lists all lessons.
    package func index(of lessons: [FinishedLesson]) -> Page {
        var values = common(title: settings.title, summary: settings.summary)
        values["isIndex"] = true
        values["entries"] = lessons.map { finished in
            var entry = link(finished.lesson)
            entry["summary"] = finished.lesson.frontMatter.summary
            entry["number"] = finished.lesson.number
            return entry
        }
        return Page(path: "index.html", html: theme.page("index", values))
    }

    private func link(_ lesson: Lesson) -> [String: Any] {
        ["href": lesson.slug + ".html", "title": lesson.frontMatter.title]
    }

    private func common(title: String, summary: String) -> [String: Any] {
        [
            "site": ["title": settings.title, "summary": settings.summary, "language": settings.language],
            "title": title,
            "summary": summary,
            "say": [
                "lessons": wording.lessons, "contents": wording.contents, "previous": wording.previous,
                "next": wording.next, "skipToText": wording.skipToText, "switchTheme": wording.switchTheme,
                "references": wording.references,
            ],
        ]
    }
}

extension Lesson {
    /// The number that the slug starts with, such as `05`, if it does.
    package var number: String {
        String(slug.prefix { $0.isASCII && $0.isNumber })
    }
}
