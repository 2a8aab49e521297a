internal import Lessons
package import OutputHTML
internal import Records

/// What something that can be pointed at is called where it does not stand itself: in contents, navigation, references.
package struct Name: Sendable, Hashable {
    /// As running text of a page, without links and notes.
    package var content: HTMLBuffer
    /// As plain words.
    package var words: String

    /// A name of both forms.
    init(_ content: HTMLBuffer, words: String) {
        self.content = content
        self.words = words
    }

    /// A name without markup.
    init(words: String) {
        var content = HTMLBuffer()
        content.text(words)
        self.init(content, words: words)
    }

    /// As running text of a page, for a template.
    package var html: String { content.string }

    /// A name that is running text.
    ///
    /// - Parameters:
    ///   - inlines: The text.
    ///   - values: The values of the lesson's expressions.
    ///   - page: The page that the text belongs to, from which its references count.
    ///   - names: What they lead to.
    init(_ inlines: [Inline], values: [String] = [], on page: String = "", _ names: Names = Names()) {
        var additions = ProseRenderer.Additions()
        additions.values = values
        additions.page = page
        additions.names = names
        additions.isName = true
        var prose = ProseRenderer(additions: additions)
        prose.inlines(inlines)
        content = prose.html
        words = additions.plainText.words(of: inlines)
    }

    /// A name that was written by itself.
    init(_ phrase: Phrase) { self.init(phrase.inlines) }
}

/// What all that can be pointed at is called, by its page and its id: known before the first page is written, so that a
/// reference without text can lead anywhere.
package struct Names: Sendable, Hashable {
    /// The names, by the paths of pages and the ids in them.
    private(set) var pages: [String: [String: Name]] = [:]

    /// No names.
    init() {}

    /// Names that are known from before.
    init(_ pages: [String: [String: Name]]) { self.pages = pages }

    /// Names all that lessons hold, in the place of what was known of their pages.
    mutating func add(_ lessons: [FinishedLesson], _ outlines: [Outline]) {
        let own = Array(zip(lessons, outlines)).concurrentMap { lesson, outline in
            outline.titles.mapValues {
                Name($0, values: lesson.record.expressions, on: lesson.lesson.path)
            }
            .merging(outline.labels) { title, _ in title }
        }
        for (lesson, names) in zip(lessons, own) { pages[lesson.lesson.path] = names }
        // A title may itself refer to something; to one that does so in turn, it does without.
        let first = self
        for (lesson, outline) in zip(lessons, outlines) {
            for (id, title) in outline.titles where title.holdsReference {
                pages[lesson.lesson.path]?[id] = Name(
                    title,
                    values: lesson.record.expressions,
                    on: lesson.lesson.path,
                    first
                )
            }
        }
    }

    /// What a link to a destination says that has no text.
    ///
    /// - Parameters:
    ///   - destination: The target as it is written in a lesson.
    ///   - page: The path of the lesson's page.
    subscript(destination: String, on page: String) -> Name? {
        let target = LinkTarget(destination)
        guard target.scheme == nil, let path = target.path, let id = target.fragment else { return nil }
        if path.isEmpty { return pages[page]?[id] ?? pages[Glossary.path]?[id] }
        return pages[LinkTarget(path).addressInSite]?[id]
    }

    /// The title of a lesson, as others show it.
    func title(of lesson: Lesson) -> Name { Name(lesson.frontMatter.title.inlines, on: lesson.path, self) }

    /// The summary of a lesson, as others show it.
    func summary(of lesson: Lesson) -> Name? {
        lesson.frontMatter.summary.map { Name($0.inlines, on: lesson.path, self) }
    }

    /// Takes the terms of a glossary for the names on its page.
    mutating func add(_ glossary: Glossary) {
        pages[Glossary.path] = Dictionary(uniqueKeysWithValues: glossary.terms.map { ($0.id, $0.title) })
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
