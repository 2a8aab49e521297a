/// The metadata at the head of a lesson.
public struct FrontMatter: Sendable, Equatable {
    /// The lesson's title.
    public var title: Phrase
    /// One or two sentences for the index; `nil` for none.
    public var summary: Phrase?
    /// The day on which the lesson was written, as `2026-11-20`.
    public var date: String?
    /// The names of those who wrote the lesson; empty for those of the site's settings.
    public var authors: [String]
    /// Whether the lesson is not ready to be read: it is built by `serve` alone.
    public var isDraft: Bool
    /// The abilities that a reader will have gained, one line each.
    public var goals: [Phrase]
    /// The words under which the lesson may be found.
    public var tags: [String]
    /// The lesson's sources, one line each.
    public var references: [String]
    /// The relative tolerance for numbers of cells that name none; `nil` for exact.
    public var tolerance: Double?
    /// The time that a cell may take that names none; `nil` for the tool's default.
    public var timeout: Duration?
    /// The files that the lesson's cells read.
    public var data: [DataFile]

    /// Makes front matter.
    public init(
        title: Phrase,
        summary: Phrase? = nil,
        date: String? = nil,
        authors: [String] = [],
        isDraft: Bool = false,
        goals: [Phrase] = [],
        tags: [String] = [],
        references: [String] = [],
        tolerance: Double? = nil,
        timeout: Duration? = nil,
        data: [DataFile] = []
    ) {
        self.title = title
        self.summary = summary
        self.date = date
        self.authors = authors
        self.isDraft = isDraft
        self.goals = goals
        self.tags = tags
        self.references = references
        self.tolerance = tolerance
        self.timeout = timeout
        self.data = data
    }
}
