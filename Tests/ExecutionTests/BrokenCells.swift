import Execution
import Golden
import Lessons
import Testing
import Turns

/// A lesson with one thing wrong in a cell.
struct BrokenCell: Sendable, CustomTestStringConvertible {
    var name: String
    /// The cells after the first, which is good; the last of them is broken.
    var cells: [String]
    /// The options of the last cell, or prose after it.
    var options = ""
    var prose = ""

    init(_ name: String, _ cells: String..., options: String = "", prose: String = "") {
        self.name = name
        self.cells = cells
        self.options = options
        self.prose = prose
    }

    var testDescription: String { name }

    var markdown: String {
        let good = "var total = 3\nlet list = [1, 2, 3]\nstruct Failure: Error { var reason = \"none\" }"
        var text = "---\ntitle: Broken\ntimeout: 30s\n---\n\nProse.\n"
        for (index, code) in ([good] + cells).enumerated() {
            let options = index == cells.count ? options : ""
            text += "\n```swift model\(options.isEmpty ? "" : " " + options)\n\(code)\n```\n"
        }
        return text + (prose.isEmpty ? "" : "\n\(prose)\n")
    }

    static let all = compiler + parser + traps + requirements + limits + promises + expressions

    private static let compiler = [
        BrokenCell("type-mismatch", "let x: Int = \"three\""),
        BrokenCell("unknown-name", "print(totl)"),
        BrokenCell("unknown-member", "list.cuont"),
        BrokenCell("wrong-argument", "String(repeating: 3, count: total)"),
        BrokenCell("missing-label", "func scale(by factor: Int) -> Int { factor }\nscale(3)"),
        BrokenCell("missing-argument", "func scale(by factor: Int) -> Int { factor }\nscale()"),
        BrokenCell("assigned-constant", "list = []"),
        BrokenCell("declared-twice", "let total = 4"),
        BrokenCell("missing-return", "func twice(_ n: Int) -> Int {\n    print(n)\n}"),
        BrokenCell("used-before-set", "let late: Int\nprint(late)\nlate = 3"),
        BrokenCell("unhandled-error", "func risky() throws {}\nfunc careful() {\n    risky()\n}"),
        BrokenCell("unwrapped-not", "let first: Int = list.first"),
        BrokenCell("two-errors", "let a: Int = \"a\"\nlet b = 3\nlet c: String = b"),
        BrokenCell("last-expression", "let a = 1\n  total + \"a\""),
        BrokenCell("second-on-line", "let a = 1; a + \"b\""),
        BrokenCell("unknown-module", "import Nowhere"),
        BrokenCell("not-exhaustive", "switch total {\ncase 1: print(1)\n}"),
        BrokenCell("no-such-shape", "Tensor([1, 2, 3]).reshapd([3, 1])"),
        BrokenCell("tabs-before", "for n in list {\n\t\tlet s: String = n\n}"),
        BrokenCell("wide-characters", "let größe = \"日本\"; let n: Int = größe"),
        BrokenCell("wide-characters-early", "let s = \"🇫🇷 循 e\u{301}\"; print(late, s)\nlet late = 3"),
        BrokenCell("uncopied-value", "struct Once: ~Copyable {}\nlet once = Once()\nshow(once)"),
        BrokenCell("used-too-early", "print(late)\nlet late = 3"),
        BrokenCell("used-in-an-earlier-cell", "print(late + 1)", "let late = 3"),
        BrokenCell("unused-value", "total + 1\ntotal", options: "quiet"),
    ]

    private static let parser = [
        BrokenCell("brace-open", "func f() {\n    print(1)", "print(2)"),
        BrokenCell("brace-too-many", "if total > 1 {\n}}"),
        BrokenCell("bracket-open", "let wide = [1, 2\nprint(3)"),
        BrokenCell("string-open", "let s = \"open\nprint(s)"),
        BrokenCell("half-expression", "let half = total +\n"),
        BrokenCell("no-separator", "let a = 1 let b = 2"),
        BrokenCell(
            "place-of-its-own",
            "let a = 1; #sourceLocation(file: \"x.swift\", line: 7)\nlet b: Int = \"\""
        ),
        BrokenCell("not-swift", "loss = model.fit(x, y) # train"),
    ]

    private static let traps = [
        BrokenCell("index", "print(list[3])"),
        BrokenCell("index-of-last-expression", "list[total]"),
        BrokenCell("wide-characters-trap", "let 长 = \"👨‍👩‍👧 é\"; print(list[长.utf8.count])"),
        BrokenCell("in-closure", "list.map { n in\n    list[n]\n}"),
        BrokenCell("in-earlier-function", "func pick(_ n: Int) -> Int {\n    list[n]\n}", "print(pick(7))"),
        BrokenCell("overflow", "var small: Int8 = 127\nsmall += Int8(total)"),
        BrokenCell("division", "total = 0\nprint(10 / total)"),
        BrokenCell("unwrapping", "let none = list.first { $0 > 9 }!"),
        BrokenCell("cast", "let any: Any = total\nprint(any as! String)"),
        BrokenCell("fatal-error", "fatalError(\"the author\\nstops here\")"),
        BrokenCell("thrown", "func risky() throws { throw Failure(reason: \"rain\") }\n\ntry risky()"),
        BrokenCell("try-bang", "func risky() throws { throw Failure() }\ntry! risky()"),
        BrokenCell("recursion", "func deep(_ n: Int) -> Int {\n    deep(n + 1) + 1\n}\nprint(deep(0))"),
        BrokenCell("range", "print(Array(list[2..<total + 3]))"),
        BrokenCell("negative-count", "String(repeating: \"a\", count: total - 9)"),
        BrokenCell("key-twice", "Dictionary(uniqueKeysWithValues: [(total, 1), (total, 2)])"),
        BrokenCell("exit", "import Glibc\nprint(\"before\")\nexit(3)"),
    ]

    private static let requirements = [
        BrokenCell("shapes", "let a = Tensor([1, 2, 3])\nlet b = Tensor([1, 2])\nprint(a + b)"),
        BrokenCell(
            "precondition",
            "func half(_ n: Int) -> Int {\n    precondition(n % 2 == 0, \"n must be even\")\n    return n / 2\n}\nhalf(total)"
        ),
        BrokenCell("table", "Table(columns: [\"a\", \"b\"], rows: [Row(1)])"),
        BrokenCell("claim", "require(total > 3, \"there are more than three\")"),
        BrokenCell("read-line", "let name = readLine()"),
    ]

    private static let limits = [
        BrokenCell("sleep", "import Glibc\nsleep(30)", options: "timeout=1s")
    ]

    private static let promises = [
        BrokenCell("compiles", "let fine = 1", options: "fails=\"cannot find\""),
        BrokenCell("fails-otherwise", "let x: Int = \"\"", options: "fails=\"cannot find\""),
        BrokenCell("does-not-crash", "let fine = 1", options: "crashes=\"out of range\""),
        BrokenCell("crashes-otherwise", "list[9]", options: "crashes=\"overflow\""),
    ]

    /// Names that are no variables of the lesson where they are used, or are by then.
    static let fine = [
        BrokenCell("a-function-that-reads-later", "func read() -> Int { late }", "let late = 3", "read()"),
        BrokenCell("a-closure", "let read = { late }", "let late = 3", "read()"),
        BrokenCell("a-label", "func f(late: Int) -> Int { late }\nf(late: 3)", "let late = 3"),
        BrokenCell("a-member", "struct S { var late = 1 }\nS().late", "let late = 3"),
        BrokenCell("a-condition", "print(max(1, 2))\nif let max = [1].first { print(max) }"),
        BrokenCell("a-pattern", "let (early, late) = (1, 2)\nearly + late"),
        BrokenCell("twice-in-a-line", "let early = 1; let late = early; late"),
    ]

    private static let expressions = [
        BrokenCell("expression-unknown", "let a = 1", prose: "It is `{swift} lost`, or `{swift} a`."),
        BrokenCell("expression-trap", "let a = 1", prose: "It is `{swift} list[a + 7]`."),
        BrokenCell("expression-not-one", "let a = 1", prose: "It is `{swift} let b = a`."),
    ]
}

@Suite("Broken cells", .inTurns) struct BrokenCellTests {
    @Test("Nothing is said of what is used in time", arguments: BrokenCell.fine)
    func fine(cell: BrokenCell) async throws {
        let read = Lesson.read(cell.markdown, file: "lessons/09-fine.md")
        let run = try await TestRunner.shared().run(try #require(read.lesson))
        #expect(run.record != nil && run.diagnostics == [])
    }

    @Test("What is said of each is as it should be", arguments: BrokenCell.all)
    func said(cell: BrokenCell) async throws {
        let read = Lesson.read(cell.markdown, file: "lessons/09-broken.md")
        #expect(read.diagnostics == [])
        let run = try await TestRunner.shared().run(try #require(read.lesson))
        let text = run.diagnostics.map { "\($0)\n" }.joined()
        try expectGolden("broken/\(cell.name).txt", text)
        let hasErrors = run.diagnostics.contains { $0.severity == .error }
        #expect((run.record == nil) == hasErrors)
    }
}
