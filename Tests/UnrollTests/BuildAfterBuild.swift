internal import Foundation
internal import Testing
internal import Turns

/// Something that may happen to lessons or site between two builds.
private struct Event: Sendable, CustomTestStringConvertible {
    var name: String
    var happen: @Sendable (Tool) throws -> Void

    var testDescription: String { name }

    init(_ name: String, _ happen: @escaping @Sendable (Tool) throws -> Void) {
        self.name = name
        self.happen = happen
    }

    /// A file is written.
    init(_ name: String, _ path: String, _ text: String) {
        self.init(name) { try $0.write(text, to: path) }
    }

    /// A text of a file is replaced.
    init(_ name: String, _ path: String, _ old: String, _ new: String) {
        self.init(name) { tool in
            let text = try #require(tool.read(path))
            try #require(text.contains(old), "\(name): nothing to replace")
            try tool.write(text.replacing(old, with: new), to: path)
        }
    }
}

@Suite("A build after a build", .inTurns) struct BuildAfterBuildTests {
    private static let lesson = """
        ---
        title: Counting
        data: [data/n.txt]
        ---

        Some *prose*, a ![picture](dot.svg).

        ```swift model name=numbers
        let text = String(decoding: [UInt8](repeating: 49, count: 3), as: UTF8.self)
        let numbers = Array(text)
        let unused = 1
        print(numbers)
        ```

        That is `{swift} numbers.count`.
        """

    private static let dot =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><circle r=\"1\"/></svg>"

    /// Two lessons with all that can stand around them, and their site.
    private func withSite(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            try tool.write(BuildAfterBuildTests.lesson, to: "lessons/01-counting.md")
            try tool.write("---\ntitle: Next\n---\n\nMore.\n", to: "lessons/02-next.md")
            try tool.write("1\n", to: "lessons/data/n.txt")
            try tool.write(BuildAfterBuildTests.dot, to: "lessons/dot.svg")
            try tool.write("title: Course\n", to: "unroll.yml")
            try tool.write("p { margin: 1px }\n", to: "theme/extra.css")
            let run = try await tool("build")
            try #require(run.status == 0, "\(run.errors)")
            try await body(tool)
        }
    }

    private static let events = [
        Event("nothing") { _ in },
        Event("prose", "lessons/01-counting.md", "Some", "Other"),
        Event("a title, which other pages show", "lessons/02-next.md", "Next", "Last"),
        Event("a new lesson", "lessons/03-new.md", "---\ntitle: New\n---\n\nNew.\n"),
        Event("a lesson gone") { try $0.remove("lessons/02-next.md") },
        Event("a lesson under another name") { tool in
            let text = try #require(tool.read("lessons/02-next.md"))
            try tool.remove("lessons/02-next.md")
            try tool.write(text, to: "lessons/04-next.md")
        },
        Event("a picture", "lessons/dot.svg", "r=\"1\"", "r=\"2\""),
        Event("data", "lessons/data/n.txt", "2\n"),
        Event("code", "lessons/01-counting.md", "count: 3", "count: 4"),
        Event("a comment", "lessons/01-counting.md", "let unused = 1", "let unused = 1 // why"),
        Event("the settings", "unroll.yml", "title: Another\nfooter: Words.\n"),
        Event("no settings any more", "unroll.yml", ""),
        Event("a style", "theme/extra.css", "p { margin: 2px }\n"),
        Event("a template", "theme/footer.mustache", "<footer>Own.</footer>\n"),
        Event("no theme any more") { try $0.remove("theme") },
        Event("a page edited", "site/01-counting.html", "Counting", "Countinq"),
        Event("a page truncated", "site/02-next.html", ""),
        Event("a page gone") { try $0.remove("site/02-next.html") },
        Event("a record edited", "site/records/01-counting.json", "1", "2"),
        Event("a download gone") { try $0.remove("site/downloads/01-counting.swift") },
        Event("all downloads gone") { try $0.remove("site/downloads") },
        Event("a picture of the site edited", "site/dot.svg", "r=\"1\"", "r=\"3\""),
        Event("a page that the list no longer names", "site/unroll-files.txt", "02-next.html\n", ""),
        Event("the list gone, and all it named but the pages") { tool in
            for path in ["unroll-files.txt", "unroll.css", "unroll.js"] { try tool.remove("site/\(path)") }
            for path in ["01-counting.html", "02-next.html", "404.html", "index.html", "search-index.js"] {
                try tool.remove("site/\(path)")
            }
            try tool.remove("site/downloads")
            try tool.remove("site/records")
            try tool.remove("site/dot.svg")
        },
        Event("the site gone") { try $0.remove("site") },
        Event("the cache gone") { try $0.remove(".unroll") },
        Event("a corrupt cache of syntax") { tool in
            for path in try tool.files(under: ".unroll/syntax").keys {
                try tool.write("0\n{}\n", to: ".unroll/syntax/\(path)")
            }
            let text = try #require(tool.read("lessons/01-counting.md"))
            try tool.write(text.replacing("Some", with: "Other"), to: "lessons/01-counting.md")
        },
    ]

    @Test("leaves what a first build makes", arguments: events)
    fileprivate func equalsFirst(_ event: Event) async throws {
        try await withSite { tool in
            try event.happen(tool)
            let again = try await tool("build")
            #expect(again.status == 0, "\(again.errors)")
            let site = try tool.files(under: "site")
            let first = try await tool("build", "--out", "first")
            #expect(first.status == 0)
            #expect(try site == tool.files(under: "first"))
        }
    }

    /// Edits one after the other, each of another thing that pages take from a lesson.
    private static let edits: [(name: String, path: String, old: String, new: String)] = [
        ("prose", "01-counting.md", "Some *prose*", "Other **prose** and `code`"),
        ("a heading", "01-counting.md", "Other **prose**", "# Counting\n\nOther **prose**"),
        ("a link to it", "02-next.md", "More.", "More, [after](01-counting.md#counting)."),
        ("a heading more", "02-next.md", "More,", "## More\n\nMore,"),
        ("another heading", "02-next.md", "## More", "## Less"),
        ("a term", "01-counting.md", "That is", "Count\n: To say numbers.\n\nThat is"),
        ("a use of the term", "02-next.md", "More,", "More [count](#term-count),"),
        ("what the term means", "01-counting.md", "To say numbers.", "To say all numbers."),
        ("a footnote", "02-next.md", "#counting).", "#counting)[^1].\n\n[^1]: A note."),
        ("another note", "02-next.md", "A note.", "Another *note*."),
        ("no picture", "01-counting.md", "![picture](dot.svg)", "no picture"),
        ("a picture again", "02-next.md", "## Less", "## Less\n\n![dot](dot.svg)\n"),
        ("a formula", "01-counting.md", "That is", "$$x^2$$\n\nThat is"),
        ("a summary", "02-next.md", "title: Next", "title: Next\nsummary: What comes."),
        ("goals", "02-next.md", "title: Next", "title: Next\ngoals: [See more.]"),
        ("references", "02-next.md", "title: Next", "title: Next\nreferences: [A book.]"),
        ("a title", "02-next.md", "title: Next", "title: The next"),
        ("a comment", "01-counting.md", "let unused = 1", "let unused = 1 // why"),
        ("a name", "01-counting.md", "name=numbers", "name=list"),
        ("an option", "01-counting.md", "name=list", "name=list folded"),
        ("a block of Swift", "02-next.md", "## Less", "## Less\n\n```swift\nlet a = 1\n```\n"),
        ("code", "01-counting.md", "print(numbers)", "print(numbers.count)"),
        ("a table", "01-counting.md", "numbers.count)", "1)\nTable(columns: [\"a\"], rows: [Row(1)])"),
        ("no cell", "01-counting.md", "swift model name=list folded", "swift"),
    ]

    @Test("makes again what an edit changes, and no more")
    func edits() async throws {
        try await withSite { tool in
            try tool.write(
                BuildAfterBuildTests.lesson.replacing("title: Counting", with: "title: Else"),
                to: "lessons/03-else.md"
            )
            #expect(try await tool("build").status == 0)
            for (name, path, old, new) in BuildAfterBuildTests.edits {
                let file = "lessons/\(path)"
                let text = try #require(tool.read(file))
                try #require(text.contains(old), "\(name): nothing to replace")
                if name == "no cell" {
                    try tool.write(text.replacing("`{swift} numbers.count`", with: "3"), to: file)
                }
                let edited = try #require(tool.read(file)).replacing(old, with: new)
                try tool.write(edited, to: file)
                let again = try await tool("build")
                #expect(again.status == 0, "\(name): \(again.errors)")
                let first = try await tool("build", "--out", "first")
                #expect(first.status == 0, "\(name)")
                let (site, whole) = (try tool.files(under: "site"), try tool.files(under: "first"))
                let different = Set(site.keys).union(whole.keys).filter { site[$0] != whole[$0] }
                #expect(different.isEmpty, "\(name)")
            }
        }
    }

    @Test("runs and rewrites nothing where nothing changed")
    func nothing() async throws {
        try await withSite { tool in
            try tool.write("A note.\n", to: "site/note.txt")
            try tool.write(BuildAfterBuildTests.lesson, to: "lessons/01-counting.md")
            let mark = Date()
            let run = try await tool("build")
            #expect(run.output.hasPrefix("✓ 2 lessons · 0 run, 2 unchanged · 0 charts · "), "\(run.output)")
            for path in try tool.files(under: "site").keys where path != "note.txt" {
                let file = tool.folder.appending(path: "site/\(path)")
                let values = try file.resourceValues(forKeys: [.contentModificationDateKey])
                #expect(try #require(values.contentModificationDate) < mark, "\(path)")
            }
            #expect(tool.read("site/note.txt") == "A note.\n")
        }
    }

    @Test("says its warnings again")
    func warnings() async throws {
        try await withSite { tool in
            let warning = BuildAfterBuildTests.lesson.replacing(
                "print(numbers)",
                with: "func quiet() { let never = 1 }"
            )
            try tool.write(warning, to: "lessons/01-counting.md")
            let first = try await tool("build", "--quiet")
            let second = try await tool("build", "--quiet")
            #expect(first.errors.contains("lessons/01-counting.md:12:20: warning: "), "\(first.errors)")
            #expect(second.errors == first.errors)
        }
    }

    @Test("notices what changes behind a link")
    func links() async throws {
        try await withSite { tool in
            for name in ["lessons", "theme"] {
                let (place, real) = (
                    tool.folder.appending(path: name), tool.folder.appending(path: "real \(name)")
                )
                try FileManager.default.moveItem(at: place, to: real)
                try FileManager.default.createSymbolicLink(at: place, withDestinationURL: real)
            }
            #expect(try await tool("build").status == 0)
            try tool.write("p { margin: 3px }\n", to: "real theme/extra.css")
            #expect(try await tool("build").status == 0)
            #expect(tool.read("site/unroll.css")?.contains("margin: 3px") == true)
            try tool.write("---\ntitle: Next\n---\n\nBehind.\n", to: "real lessons/02-next.md")
            #expect(try await tool("build").status == 0)
            #expect(tool.read("site/02-next.html")?.contains("Behind.") == true)
        }
    }

    @Test("forgets a site that another folder's build made")
    func folders() async throws {
        try await withSite { tool in
            try tool.write("---\ntitle: Else\n---\n\nElse.\n", to: "other/01-else.md")
            #expect(try await tool("build", "--lessons", "other").status == 0)
            #expect(tool.read("site/01-else.html") != nil)
            #expect(try await tool("build").status == 0)
            #expect(tool.read("site/01-else.html") == nil)
            #expect(tool.read("site/01-counting.html") != nil)
        }
    }
}
