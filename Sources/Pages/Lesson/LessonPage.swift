internal import Lessons
internal import OutputHTML
internal import Records

/// Turns one lesson into its page.
struct LessonPage {
    /// The page.
    let page: Page
    /// What can be pointed at in it.
    let outline: Outline
    /// Its links and images.
    let links: [LinkUse]
    /// Where the lesson holds raw HTML.
    let rawHTML: [SourceLocation]
    /// What is wrong with its formulas.
    let formulaTroubles: [Diagnostic]
    /// What is wrong with the figures that its cells showed.
    let drawingTroubles: [Diagnostic]
    /// What a reader can take home.
    let downloads: Downloads
    /// What the names in its cells stand for.
    let notes: SiteFile?

    /// The page, and all that it links of its own.
    var files: [SiteFile] { [SiteFile(page.path, page.html)] + downloads.files + (notes.map { [$0] } ?? []) }

    /// Makes the page of a lesson.
    init(
        _ finished: FinishedLesson,
        _ outline: Outline,
        previous: Lesson?,
        next: Lesson?,
        in furniture: PageFurniture,
        highlight: @escaping (String) -> [SyntaxToken]
    ) {
        let lesson = finished.lesson
        let wording = furniture.wording
        let downloads = Downloads(finished, wording: wording)
        var additions = ProseRenderer.Additions()
        additions.outline = outline
        additions.page = lesson.path
        additions.names = furniture.names
        additions.values = finished.record.expressions
        additions.wording = wording
        additions.glossary = furniture.glossary
        additions.footnotes = lesson.document.footnotes
        additions.allowsRawHTML = furniture.settings.allowsRawHTML
        let cells = CellRenderer(
            finished,
            outline: outline,
            downloads: downloads,
            addresses: furniture.symbolAddresses,
            additions: additions,
            highlight: highlight
        )
        additions.cell = { cells.cell($0, into: &$1) }
        additions.code = { info, text, html in
            let language = info.split(whereSeparator: \.isWhitespace).first
            cells.code(text, language: language.map(String.init), into: &html)
        }
        var prose = ProseRenderer(additions: additions)
        prose.blocks(lesson.document.blocks)
        prose.remainingFootnotes()

        let front = lesson.frontMatter
        var filling = furniture.common(
            path: lesson.path,
            title: furniture.names.title(of: lesson),
            summary: furniture.names.summary(of: lesson)
        )
        filling["body"] = prose.html.string
        Self.fill(&filling, lesson, outline, furniture)
        // What stands above and below the text is of this page, too: its links are checked, its formulas reported.
        var phrases = ProseRenderer(additions: additions)
        filling["heading"] = phrases.phrase(front.title)
        filling["lead"] = front.summary.map { phrases.phrase($0) }
        filling["goals"] = front.goals.map { phrases.phrase($0) }
        filling["references"] = front.references.map { reference in
            let citation = Citation(reference)
            var values: [String: Any] = ["text": phrases.phrase(Phrase(unchecked: citation.text))]
            values["address"] = citation.address
            return values
        }
        for caption in Caption.shown(in: finished) { _ = phrases.phrase(caption) }
        filling["previous"] = previous.map(furniture.link)
        filling["next"] = next.map(furniture.link)
        filling["downloads"] = downloads.sources.map { ["label": $0.label, "href": $0.file.path] }
        notes = cells.notes.isEmpty ? nil : cells.notes.file(of: lesson.slug)
        filling["notes"] = notes?.path
        filling["hasShapes"] = cells.hasShapes
        filling["hasDownloads"] = !downloads.sources.isEmpty
        if lesson.isFront { filling.merge(furniture.list) { $1 } }
        page = Page(
            path: lesson.path,
            html: furniture.theme.page(lesson.isFront ? "index" : "lesson", filling)
        )
        self.outline = outline
        self.downloads = downloads
        links = phrases.links + prose.links
        rawHTML = prose.rawHTML
        drawingTroubles = cells.drawingTroubles
        formulaTroubles = (phrases.formulaTroubles + prose.formulaTroubles).map { trouble in
            var trouble = trouble
            trouble.sourceLine = trouble.location.line.flatMap(lesson.line)
            return trouble
        }
    }

    /// Fills in what a lesson says of itself.
    private static func fill(
        _ values: inout [String: Any],
        _ lesson: Lesson,
        _ outline: Outline,
        _ furniture: PageFurniture
    ) {
        let contents = outline.headings.filter { (2...3).contains($0.level) }
        let names = furniture.names.pages[lesson.path] ?? [:]
        values["contents"] = contents.map { heading in
            [
                "id": heading.id, "title": names[heading.id]?.words ?? "",
                "heading": names[heading.id]?.html ?? "", "level": String(heading.level),
            ]
        }
        values["hasContents"] = contents.count > 1
        values["kicker"] = lesson.number.isEmpty ? nil : furniture.wording.lesson(lesson.number)
        values["readingTime"] = furniture.wording.readingTime(ReadingTime.minutes(of: lesson))
        values["hasGoals"] = !lesson.frontMatter.goals.isEmpty
        values["hasReferences"] = !lesson.frontMatter.references.isEmpty
        if !lesson.cells.isEmpty, let provenance = furniture.provenance {
            values["freshness"] = furniture.wording.freshness(provenance, lesson.cells.count)
        }
    }
}

extension Lesson {
    /// The path of the lesson's page in the site.
    var path: String { slug + ".html" }

    /// The number that the slug starts with, such as `05`, if it does.
    var number: String {
        String(slug.prefix { $0.isASCII && $0.isNumber })
    }
}
