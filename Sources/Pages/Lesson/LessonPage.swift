internal import Lessons
internal import OutputHTML
internal import Records

/// The page of a lesson.
struct LessonPage: Sendable {
    /// The lesson.
    let lesson: Lesson
    /// The page, and the files of the lesson's own that it links.
    let files: [SiteFile]
    /// The states of its live cells that the build recorded.
    let states: [LiveStates]
    /// Whether it has live cells.
    let isLive: Bool
    /// The link targets in it.
    let outline: PageOutline
    /// Its links and images.
    let links: [LinkUse]
    /// The mistakes in its figures, its formulas and its raw HTML.
    let diagnostics: [Diagnostic]

    /// Renders the pages of lessons, each with links to those before and after it.
    static func render(
        _ lessons: [FinishedLesson],
        _ outlines: [PageOutline],
        in site: SiteContext,
        highlight: @escaping @Sendable (String) -> [SyntaxToken]
    ) -> [LessonPage] {
        let course = site.lessons.filter { !$0.isFront }
        let positions = Dictionary(uniqueKeysWithValues: zip(course.map(\.slug), course.indices))
        return Array(zip(lessons, outlines)).concurrentMap { finished, outline in
            let position = positions[finished.lesson.slug]
            let previous = position.flatMap { $0 > 0 ? course[$0 - 1] : nil }
            let next = position.flatMap { $0 + 1 < course.count ? course[$0 + 1] : nil }
            return render(
                finished,
                outline,
                previous: previous,
                next: next,
                in: site,
                highlight: highlight
            )
        }
    }

    private static func render(
        _ finished: FinishedLesson,
        _ outline: PageOutline,
        previous: Lesson?,
        next: Lesson?,
        in site: SiteContext,
        highlight: @escaping (String) -> [SyntaxToken]
    ) -> LessonPage {
        let lesson = finished.lesson
        let downloads = Downloads.collect(finished, wording: site.wording)
        let context = ProseContext(of: finished, outline, in: site)
        // The text around the prose is of this page, too: its links are checked, its formulas reported.
        var phrases = ProseRenderer(in: context)
        var fields = site.fields(
            path: lesson.path,
            title: site.references.title(of: lesson),
            summary: site.references.summary(of: lesson)
        )
        fields.merge(Self.fields(of: lesson.frontMatter, &phrases)) { $1 }
        fields.merge(bylineFields(of: lesson.frontMatter, in: site)) { $1 }
        fields.merge(outlineFields(outline, of: lesson, in: site)) { $1 }
        let cells = CellRenderer.prepare(
            finished,
            downloads: downloads,
            addresses: site.symbolAddresses,
            phrases: &phrases,
            highlight: highlight
        )
        let prose = cells.renderProse(in: context)
        let notes = cells.notes.file(at: lesson.paths.notes, for: lesson.path)
        fields["body"] = prose.html.string
        fields["notes"] = notes.map { RelativePath.written($0.path, from: lesson.path) }
        fields["hasShapes"] = cells.hasShapes
        fields["previous"] = previous.map { site.linkFields($0, on: lesson.path) }
        fields["next"] = next.map { site.linkFields($0, on: lesson.path) }
        fields.merge(downloads.fields(on: lesson.path)) { $1 }
        fields.merge(site.placeFields(of: lesson)) { $1 }
        let template = lesson.isFront || lesson.isPart ? "index" : "lesson"
        let page = SiteFile(lesson.path, site.theme.render(template, with: fields))
        return LessonPage(
            lesson: lesson,
            files: [page] + downloads.files + [notes].compactMap(\.self),
            states: cells.states,
            isLive: cells.firstLive != nil,
            outline: outline,
            links: phrases.links + prose.links,
            diagnostics: cells.drawingDiagnostics + finished.selectionDiagnostics
                + lesson.quoted(phrases.formulaDiagnostics + prose.formulaDiagnostics)
                + (site.settings.allowsRawHTML ? [] : RawHTML.diagnostics(at: prose.rawHTML, in: lesson))
        )
    }

    /// The fields of the front matter.
    private static func fields(of front: FrontMatter, _ phrases: inout ProseRenderer) -> [String: Any] {
        var fields: [String: Any] = ["heading": phrases.phrase(front.title).string]
        fields["lead"] = front.summary.map { phrases.phrase($0).string }
        fields["goals"] = front.goals.map { phrases.phrase($0).string }
        fields["references"] = front.references.map { reference in
            let citation = Citation(reference)
            var fields: [String: Any] = ["text": phrases.phrase(Phrase(unchecked: citation.text)).string]
            fields["address"] = citation.address
            return fields
        }
        fields["hasGoals"] = !front.goals.isEmpty
        fields["hasReferences"] = !front.references.isEmpty
        return fields
    }

    /// The fields that say who wrote the lesson, and when.
    private static func bylineFields(of front: FrontMatter, in site: SiteContext) -> [String: Any] {
        let authors = front.authors.isEmpty ? site.settings.authors : front.authors
        var fields: [String: Any] = ["authors": authors.map { ["name": $0] }]
        fields["byline"] = authors.isEmpty ? nil : site.wording.authors(authors)
        if let date = front.date {
            let numbers = date.split(separator: "-").compactMap { Int($0) }
            fields["date"] = date
            fields["day"] = site.wording.day(numbers[0], numbers[1], numbers[2])
        }
        fields["hasByline"] = !authors.isEmpty || front.date != nil
        return fields
    }

    /// The fields of the contents and of the line above the title.
    private static func outlineFields(_ outline: PageOutline, of lesson: Lesson, in site: SiteContext)
        -> [String: Any]
    {
        let titles = site.references.pages[lesson.path] ?? [:]
        let headings = outline.headings.filter { (2...3).contains($0.level) }
        var fields: [String: Any] = ["hasContents": headings.count > 1]
        fields["contents"] = headings.map { heading in
            [
                "id": heading.id, "title": titles[heading.id]?.words ?? "",
                "heading": titles[heading.id]?.html ?? "", "level": String(heading.level),
            ]
        }
        let kicker = lesson.isPart ? site.wording.part : site.wording.lesson
        fields["kicker"] = lesson.number.isEmpty ? nil : kicker(lesson.number)
        fields["readingTime"] = site.wording.readingTime(ReadingTime.minutes(of: lesson))
        if !lesson.cells.isEmpty, let provenance = site.provenance {
            fields["freshness"] = site.wording.freshness(provenance, lesson.cells.count)
        }
        return fields
    }
}

extension ProseContext {
    /// The context of a lesson's page, without its code and cells.
    fileprivate init(of finished: FinishedLesson, _ outline: PageOutline, in site: SiteContext) {
        self.init()
        self.outline = outline
        page = finished.lesson.path
        references = site.references
        values = finished.record.expressions
        wording = site.wording
        glossary = site.glossary
        footnotes = finished.lesson.document.footnotes
        allowsRawHTML = site.settings.allowsRawHTML
    }
}

extension Lesson {
    /// The number that the name of the lesson, or of a part's folder, starts with, such as `05`; empty without one.
    var number: String {
        String((isPart ? slug : name).prefix { $0.isASCII && $0.isNumber })
    }

    /// Diagnostics with the lines that they are about.
    fileprivate func quoted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.map { diagnostic in
            var diagnostic = diagnostic
            diagnostic.sourceLine = diagnostic.location.line.flatMap(line)
            return diagnostic
        }
    }
}

/// An entry of a lesson's references: its text, and the address at its end, if there is one.
package struct Citation: Hashable {
    /// Author, year and title; empty if there is only an address.
    package let text: String
    /// The address, such as `https://doi.org/10.1162/neco.1997.9.8.1735`.
    package let address: String?

    /// Reads an entry as it is written in the front matter.
    package init(_ reference: String) {
        let words = reference.split(separator: " ")
        guard let last = words.last, ["https://", "http://"].contains(where: last.hasPrefix) else {
            (text, address) = (reference, nil)
            return
        }
        text = words.dropLast().joined(separator: " ")
        address = String(last)
    }
}
