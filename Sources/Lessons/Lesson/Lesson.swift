/// A lesson, as its author wrote it: front matter, prose and cells.
public struct Lesson: Sendable, Hashable {
    /// The file's name without `.md`, such as `05-sine-wave`; it names the page.
    public var slug: String
    /// The file as the author would name it, such as `lessons/05-sine-wave.md`.
    public var file: String
    /// What stands between the two lines of `---`.
    public var frontMatter: FrontMatter
    /// Everything after the front matter.
    public var document: MarkdownDocument
    /// The cells, in the order of the text.
    public var cells: [Cell]
    /// The expressions in prose, in the order of the text.
    public var expressions: [InlineExpression]
    /// The lines of the file, for diagnostics that come later.
    public var lines: [String]

    /// Makes a lesson of its parts.
    public init(
        slug: String,
        file: String,
        frontMatter: FrontMatter,
        document: MarkdownDocument,
        cells: [Cell],
        expressions: [InlineExpression] = [],
        lines: [String]
    ) {
        self.slug = slug
        self.file = file
        self.frontMatter = frontMatter
        self.document = document
        self.cells = cells
        self.expressions = expressions
        self.lines = lines
    }

    /// Whether this is the course's front page, which stands above the list of lessons: `index.md`.
    public var isFront: Bool { slug == Lesson.frontSlug }

    /// The slug of the front page.
    static let frontSlug = "index"
}
