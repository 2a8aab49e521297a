import Lessons
import Pages
import Records

/// A lesson made by hand, with one of everything that a page can show.
enum Sample {
    static let settings = SiteSettings(
        title: "Recurrent networks, unrolled",
        summary: "Lessons in which every number and every figure was computed by the code above it."
    )
    static let provenance = Provenance(engine: "Recurrent 1.0", compiler: "Swift 6.3.1")

    static let codeOfTraining = """
        let w1 = Tensor.normal([7, 6], mean: 0, standardDeviation: 0.4).requiringGradient()
        for epoch in 1...300 {  // one update a step
            let loss = step(w1, \"epoch <b>\")
            if epoch % 100 == 0 { print(epoch, loss.item) }
        }
        losses.last!
        """

    static let finished: FinishedLesson = {
        let file = "lessons/02-by-hand.md"
        func place(_ line: Int) -> SourceLocation { SourceLocation(file: file, line: line, column: 1) }
        func text(_ string: String) -> Inline { Inline(.text(string), at: place(1)) }
        func block(_ content: Block.Content, _ line: Int) -> Block { Block(content, at: place(line)) }
        func cell(_ name: String, _ code: String, _ change: (inout CellOptions) -> Void = { _ in }) -> Cell {
            var options = CellOptions()
            change(&options)
            return Cell(name: name, options: options, code: code, fence: place(1), firstLine: 2)
        }
        let blocks: [Block] = [
            block(
                .paragraph([
                    text(
                        "A recurrent network reads a series one step at a time and keeps what it needs in a "
                    ),
                    Inline(.emphasis([text("context")]), at: place(1)),
                    text(". Here we write one without any layer: two matrices, "),
                    Inline(.code("tanh"), at: place(1)),
                    text(", and a loop. See the "),
                    Inline(
                        .link(
                            destination: "https://arxiv.org/abs/1506.00019?a=1&b=2",
                            title: "A review",
                            [
                                text("review")
                            ]
                        ),
                        at: place(1)
                    ),
                    text(" for the history & <background>."),
                ]),
                6
            ),
            block(.heading(level: 2, [text("Training")]), 9),
            block(
                .paragraph([text("Each step concatenates the input with the context of the step before.")]),
                11
            ),
            block(.cell(0), 13),
            block(.cell(1), 17),
            block(.heading(level: 3, [text("What went in")]), 25),
            block(
                .list(
                    start: nil,
                    tight: true,
                    items: [
                        [block(.paragraph([text("the sine at one point")]), 27)],
                        [block(.paragraph([text("six numbers of context")]), 28)],
                    ]
                ),
                27
            ),
            block(.cell(2), 30),
            block(.heading(level: 2, [text("Predictions")]), 40),
            block(
                .quote([block(.paragraph([text("The network has seen nothing but its own last guess.")]), 42)]
                ),
                42
            ),
            block(.cell(3), 44),
            block(.cell(4), 50),
            block(.heading(level: 2, [text("Training")]), 60),
            block(.paragraph([text("More of it changes little.")]), 62),
            block(.code(info: "swift", text: "print(\"shown, never run\")\n"), 64),
            block(.code(info: "sh", text: "$ ./unroll build && echo <done>\n"), 67),
        ]
        let cells = [
            cell("setup", "manualSeed(0)\n") { $0.isHidden = true },
            cell("train", codeOfTraining + "\n"),
            cell("table", "show(Table(steps))\n") { $0.isFolded = true },
            cell("chart", "show(chart)\n"),
            cell("quiet", "print(\"not shown\")\n") { $0.isQuiet = true },
        ]
        let points = (0..<20).map { ($0, 60 - ($0 * $0 % 37)) }
        let dots = points.map { "<circle cx=\"\(40 + $0.0 * 30)\" cy=\"\(100 + $0.1 * 2)\" r=\"4\"/>" }
            .joined()
        let svg = """
            <svg viewBox="0 0 680 300" role="img" aria-labelledby="t d"><title id="t">Predictions</title>\
            <desc id="d">Twenty points that follow a sine.</desc>\
            <g fill="none" stroke="currentColor" stroke-opacity="0.3"><path d="M40 20V270H660"/></g>\
            <g fill="var(--accent)">\(dots)</g></svg>
            """
        let record = RunRecord(
            lesson: "02-by-hand",
            cells: [
                CellRecord(name: "setup", outputs: [.text("hidden\n")]),
                CellRecord(
                    name: "train",
                    outputs: [
                        .text("100 0.0231\n200 0.0107\n300 0.0064\n"),
                        .value("0.0064 <script>alert(1)</script>"),
                    ]
                ),
                CellRecord(
                    name: "table",
                    outputs: [
                        .table(
                            Table(
                                columns: ["Step", "Input", "Name"],
                                rows: [
                                    ["0", "0.0000", "start"], ["1", "0.8415", "a<b"],
                                    ["2", "-0.9093", "end"],
                                ],
                                caption: "Three steps & their inputs."
                            )
                        )
                    ]
                ),
                CellRecord(
                    name: "chart",
                    outputs: [
                        .figure(
                            Figure(
                                svg: svg,
                                title: "Predictions",
                                summary: "Twenty points that follow a sine.",
                                data: Table(
                                    columns: ["x", "y"],
                                    rows: points.map { ["\($0.0)", "\($0.1)"] }
                                ),
                                caption:
                                    "The prediction (blue) follows the sine, though each step sees only its own last guess."
                            )
                        )
                    ]
                ),
                CellRecord(name: "quiet", outputs: [.text("not shown\n")]),
            ]
        )
        let lesson = Lesson(
            slug: "02-by-hand",
            file: file,
            frontMatter: FrontMatter(
                title: "A network by hand",
                summary: "Two matrices, one loop: a recurrent network without a single layer.",
                goals: ["Write the step of a network", "Read a loss"],
                references: ["Elman, J. L. (1990). Finding structure in time."]
            ),
            document: MarkdownDocument(blocks: blocks),
            cells: cells,
            lines: []
        )
        return FinishedLesson(lesson, record, program: "import Notebook\n")
    }()

    /// A lesson read from Markdown.
    ///
    /// - Parameters:
    ///   - front: Its front matter.
    ///   - outputs: What its cells showed, by their names.
    ///   - values: The values of the expressions in its prose.
    static func lesson(
        _ slug: String,
        _ body: String,
        front: String = "title: A lesson",
        outputs: [String: [Output]] = [:],
        values: [String] = []
    ) throws -> FinishedLesson {
        let read = Lesson.read("---\n\(front)\n---\n" + body, file: "lessons/\(slug).md")
        guard let lesson = read.lesson else { throw Unreadable(diagnostics: read.diagnostics) }
        let cells = lesson.cells.map { CellRecord(name: $0.name, outputs: outputs[$0.name] ?? []) }
        return FinishedLesson(lesson, RunRecord(lesson: slug, cells: cells, expressions: values))
    }

    struct Unreadable: Error {
        var diagnostics: [Diagnostic]
    }

    /// A site of these lessons.
    static func site(_ lessons: FinishedLesson..., settings: SiteSettings = settings) -> Site {
        Site.render(settings, lessons: lessons, provenance: provenance, highlight: highlight)
    }

    /// A lesson of one sentence.
    static func short(_ slug: String, title: String, summary: String = "") -> FinishedLesson {
        let place = SourceLocation(file: "lessons/\(slug).md", line: 4, column: 1)
        let lesson = Lesson(
            slug: slug,
            file: place.file,
            frontMatter: FrontMatter(
                title: Phrase(title),
                summary: summary.isEmpty ? nil : Phrase(summary)
            ),
            document: MarkdownDocument(blocks: [
                Block(.paragraph([Inline(.text("One sentence."), at: place)]), at: place)
            ]),
            cells: [],
            lines: []
        )
        return FinishedLesson(lesson, RunRecord(lesson: slug, cells: []))
    }

    /// Finds what a simple rule can: words of Swift, numbers, strings and comments of the sample's code.
    static func highlight(_ code: String) -> [SyntaxToken] {
        var tokens: [SyntaxToken] = []
        func mark(_ pattern: Regex<Substring>, _ kind: SyntaxToken.Kind) {
            for match in code.matches(of: pattern) {
                let start = code.utf8.distance(from: code.startIndex, to: match.range.lowerBound)
                tokens.append(SyntaxToken(kind, start..<start + match.output.utf8.count))
            }
        }
        mark(/\/\/.*/, .comment)
        mark(/"[^"]*"/, .string)
        mark(/\b(?:let|for|in|if)\b/, .keyword)
        mark(/\bTensor\b/, .type)
        mark(/\b[0-9]+(?:\.[0-9]+)?\b/, .number)
        return tokens
    }

    static let site = Site.render(
        settings,
        lessons: [
            short(
                "01-what-is-a-series",
                title: "What is a series?",
                summary: "Numbers that come one after the other."
            ),
            finished,
            short("03-next-number", title: "The next number"),
        ],
        provenance: provenance,
        highlight: highlight
    )
}
