/// What a lesson says of itself before its text.
public struct FrontMatter: Sendable, Hashable {
    /// The lesson's title.
    public var title: Phrase
    /// One or two sentences for the index; `nil` for none.
    public var summary: Phrase?
    /// When the lesson was written, as `2026-11-20`.
    public var date: String?
    /// What a reader will have learned at the end, one line each.
    public var goals: [Phrase]
    /// Words under which the lesson may be found.
    public var tags: [String]
    /// What the lesson rests on, one line each.
    public var references: [String]
    /// Relative tolerance for numbers when compared, for cells that name none; `nil` for exact.
    public var tolerance: Double?
    /// How long a cell may run that names no time of its own; `nil` for the tool's default.
    public var timeout: Duration?
    /// The files that the lesson's cells read.
    public var data: [DataFile]

    /// Makes front matter.
    public init(
        title: Phrase,
        summary: Phrase? = nil,
        date: String? = nil,
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
        self.goals = goals
        self.tags = tags
        self.references = references
        self.tolerance = tolerance
        self.timeout = timeout
        self.data = data
    }
}
