/// A lesson, as its author wrote it: front matter, prose and cells.
public struct Lesson: Sendable, Equatable {
    /// The file's name without `.md`, such as `05-sine-wave`; it names the page.
    public var slug: String
    /// The file as the author would name it, such as `lessons/05-sine-wave.md`.
    public var file: String
    /// The metadata between the two lines of `---`.
    public var frontMatter: FrontMatter
    /// The text after the front matter.
    public var document: MarkdownDocument
    /// The cells, in the order of the text.
    public var cells: [Cell]
    /// The expressions in prose, in the order of the text.
    public var expressions: [InlineExpression]
    /// The lines of the file, for later diagnostics.
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

extension Lesson {
    /// Reads a lesson from the bytes of its file.
    ///
    /// All that is wrong is reported, in the order of the file; there is a lesson when none of it is an error.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - file: The file as the author would name it, such as `lessons/05-sine-wave.md`.
    public static func read(_ bytes: [UInt8], file: String) -> (lesson: Lesson?, diagnostics: [Diagnostic]) {
        let source = SourceText(bytes, file: file)
        // With U+FFFD in the place of bytes every later column would be wrong.
        guard String(validating: bytes, as: UTF8.self) != nil else { return (nil, source.diagnostics) }

        let front = FrontMatter.read(source)
        guard let bodyLine = front.bodyLine else { return (nil, source.diagnostics + front.diagnostics) }
        let markdown = Markdown.parse(source, from: bodyLine)
        let code = CellReader.read(markdown, in: source)
        let faults = Inspection.inspect(code.document, cells: code.cells, in: source)

        let found = [source.diagnostics, front.diagnostics, markdown.diagnostics, code.diagnostics, faults]
        let diagnostics = found.joined().sorted { $0.location < $1.location }
        let hasError = diagnostics.contains { $0.severity == .error }
        guard let frontMatter = front.frontMatter, !hasError else { return (nil, diagnostics) }
        let lesson = Lesson(
            slug: slug(of: file),
            file: file,
            frontMatter: frontMatter,
            document: code.document,
            cells: code.cells,
            expressions: code.expressions,
            lines: source.lines
        )
        return (lesson, diagnostics)
    }

    /// Reads a lesson from its text.
    ///
    /// - Parameters:
    ///   - text: The contents of the file.
    ///   - file: The file as the author would name it, such as `lessons/05-sine-wave.md`.
    public static func read(_ text: String, file: String) -> (lesson: Lesson?, diagnostics: [Diagnostic]) {
        read(Array(text.utf8), file: file)
    }

    private static func slug(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    }
}
