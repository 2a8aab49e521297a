/// A lesson, as its author wrote it: front matter, prose and cells.
public struct Lesson: Sendable, Equatable {
    /// The path of the file in the folder of lessons without `.md`, such as `05-sine-wave` or, in a part,
    /// `2-gates/01-open`; it names the page, and the lesson in commands, records and caches.
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
    public var isFront: Bool { slug == Lesson.indexName }

    /// Whether this is the page of a part, which stands above the list of its lessons: `2-gates/index.md`.
    public var isPart: Bool { part != nil && name == Lesson.indexName }

    /// The name of the part's folder that the lesson lies in, such as `2-gates`; `nil` outside of parts.
    public var part: String? { RelativePath.folder(of: slug) }

    /// The file's name without `.md`, such as `01-open`.
    public var name: String { part.map { String(slug.dropFirst($0.count + 1)) } ?? slug }

    /// The name of the file, without `.md`, that is the page of a course or of a part.
    package static let indexName = "index"
}

extension Lesson {
    /// Reads a lesson from the bytes of its file.
    ///
    /// All that is wrong is reported, in the order of the file; there is a lesson when none of it is an error.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - file: The file as the author would name it, such as `lessons/05-sine-wave.md`.
    ///   - part: The name of the part's folder that it lies in; `nil` for none.
    public static func read(_ bytes: [UInt8], file: String, in part: String? = nil) -> (
        lesson: Lesson?, diagnostics: [Diagnostic]
    ) {
        let source = SourceText(bytes, file: file)
        // With U+FFFD in the place of bytes every later column would be wrong.
        guard String(validating: bytes, as: UTF8.self) != nil else { return (nil, source.diagnostics) }

        let front = FrontMatter.read(source, in: part)
        guard let bodyLine = front.bodyLine else { return (nil, source.diagnostics + front.diagnostics) }
        let markdown = Markdown.parse(source, from: bodyLine)
        let code = CellReader.read(markdown, in: source)
        let faults = Inspection.inspect(code.document, cells: code.cells, in: source)

        let found = [source.diagnostics, front.diagnostics, markdown.diagnostics, code.diagnostics, faults]
        let diagnostics = found.joined().sorted { $0.location < $1.location }
        let hasError = diagnostics.contains { $0.severity == .error }
        guard let frontMatter = front.frontMatter, !hasError else { return (nil, diagnostics) }
        let lesson = Lesson(
            slug: (part.map { $0 + "/" } ?? "") + name(of: file),
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

    private static func name(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    }
}
