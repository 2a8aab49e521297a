internal import Lessons
internal import OutputHTML
internal import Records

/// The titles of everything that a link can lead to, by page and id. They are known before the first page is written, so
/// that a link without text can lead anywhere.
package struct CrossReferences: Sendable, Equatable {
    /// The titles, by the paths of pages and the ids in them.
    private(set) var pages: [String: [String: RenderedText]] = [:]

    /// Makes references without titles.
    init() {}

    /// Takes titles that are known already.
    init(_ pages: [String: [String: RenderedText]]) { self.pages = pages }

    /// Adds the titles in lessons, and replaces those that were known of their pages.
    mutating func add(_ lessons: [FinishedLesson], _ outlines: [PageOutline]) {
        // A title may hold a reference to another title, though not to one that holds a reference in turn.
        let none = CrossReferences()
        for (lesson, outline) in zip(lessons, outlines) {
            pages[lesson.lesson.path] = outline.titles.mapValues { lesson.render($0, none) }
                .merging(outline.labels) { title, _ in title }
        }
        let first = self
        for (lesson, outline) in zip(lessons, outlines) {
            for (id, title) in outline.titles where title.holdsReference {
                pages[lesson.lesson.path]?[id] = lesson.render(title, first)
            }
        }
    }

    /// Adds the terms of a glossary, as its page has them.
    mutating func add(_ glossary: Glossary) {
        pages[Glossary.path] = Dictionary(uniqueKeysWithValues: glossary.terms.map { ($0.id, $0.title) })
    }

    /// The text of a link that has none.
    ///
    /// - Parameters:
    ///   - destination: The target as it is written in a lesson.
    ///   - page: The path of the lesson's page.
    subscript(destination: String, on page: String) -> RenderedText? {
        let target = LinkTarget(destination)
        guard target.scheme == nil, let path = target.path(from: page), let id = target.fragment else {
            return nil
        }
        if path == page { return pages[page]?[id] ?? pages[Glossary.path]?[id] }
        return pages[LinkTarget(path).addressInSite]?[id]
    }

    /// The title of a lesson, as other pages show it.
    func title(of lesson: Lesson) -> RenderedText {
        RenderedText.render(lesson.frontMatter.title.inlines, on: lesson.path, self)
    }

    /// The summary of a lesson, as other pages show it.
    func summary(of lesson: Lesson) -> RenderedText? {
        lesson.frontMatter.summary.map { RenderedText.render($0.inlines, on: lesson.path, self) }
    }
}

extension FinishedLesson {
    /// Renders running text of the lesson.
    func render(_ inlines: [Inline], _ references: CrossReferences) -> RenderedText {
        RenderedText.render(inlines, values: record.expressions, on: lesson.path, references)
    }
}

extension [Inline] {
    /// Whether a link without text stands in it.
    fileprivate var holdsReference: Bool {
        contains { inline in
            switch inline.content {
            case .link(_, _, let content): PlainText().isBare(content) || content.holdsReference
            case .emphasis(let content), .strong(let content): content.holdsReference
            default: false
            }
        }
    }
}
