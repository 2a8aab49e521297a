internal import Foundation
internal import Testing
internal import Turns

@Suite("unroll build", .inTurns) struct BuildCommandTests {
    static let good = """
        ---
        title: Sums
        summary: Adding.
        ---

        Some prose.

        ```swift model name=sum
        let numbers = Tensor([1, 2, 3])
        print("the numbers:", numbers.scalars)
        numbers.sum().item
        ```

        ```swift model name=picture
        Chart("Squares") {
            for i in 0..<5 { LineMark(x: .value("i", i), y: .value("square", i * i)) }
        }
        ```
        """

    @Test(
        "keeps all that it caches in the project, whatever the user's folders are",
        arguments: [
            "HOME=\"$PWD/home\" TMPDIR=\"$PWD/temporary\"", "-u HOME -u TMPDIR", "HOME=/dev/null",
            "HOME=/ TMPDIR=/dev/null/none", "HOME=/nonexistent TMPDIR=/nonexistent",
        ]
    )
    func caches(environment: String) async throws {
        try await withTool { tool in
            let crashing = """
                ```swift model crashes="enough"
                import Foundation
                print(DateFormatter().string(from: Date(timeIntervalSince1970: 0)).isEmpty)
                fatalError("enough")
                ```
                """
            try tool.write(BuildCommandTests.good + "\n" + crashing, to: "lessons/01-sums.md")
            for folder in ["home", "temporary"] { try tool.write("", to: "\(folder)/.kept") }
            let command = "'\(tool.executable.path(percentEncoded: false))' build"
            let run = try await tool.shell("env -u UNROLL_ROOT -u XDG_CACHE_HOME \(environment) \(command)")
            #expect(run.status == 0, "\(run.errors)")
            #expect(try tool.files(under: "home").keys.sorted() == [".kept"])
            #expect(try tool.files(under: "temporary").keys.sorted() == [".kept"])
            #expect(try !tool.files(under: ".unroll").isEmpty)
            #expect(!FileManager.default.fileExists(atPath: "/nonexistent"))
        }
    }

    @Test("goes on in a project that was moved with its cache, and takes its runs from it")
    func moved() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "here/lessons/01-sums.md")
            try tool.write("", to: "here/unroll.yml")
            let here = Tool(in: tool.folder.appending(path: "here", directoryHint: .isDirectory))
            #expect(try await here("build").status == 0)
            let there = Tool(in: tool.folder.appending(path: "there", directoryHint: .isDirectory))
            try FileManager.default.moveItem(at: here.folder, to: there.folder)
            let again = try await there("build")
            #expect(again.output.contains("0 run, 1 unchanged"), "\(again.errors)")
            try there.write(
                BuildCommandTests.good + "\n\n```swift model\n1 + 1\n```\n",
                to: "lessons/01-sums.md"
            )
            let edited = try await there("build")
            #expect(edited.status == 0, "\(edited.errors)")
        }
    }

    @Test("makes a page of a lesson, and an index")
    func page() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "my lessons/01-sums.md")
            let run = try await tool("build", "--lessons", "my lessons", "--out", "out here")
            #expect(run.errors.contains(/^01-sums: ran in [0-9.]+ s\n$/), "\(run.errors)")
            #expect(run.status == 0)
            #expect(run.output.hasPrefix("✓ 1 lesson · "))
            #expect(run.output.hasSuffix("→ out here/index.html\n"))

            let page = try #require(tool.read("out here/01-sums.html"))
            #expect(page.contains("the numbers: [1.0, 2.0, 3.0]"))
            #expect(page.contains("6.0"))
            #expect(page.contains("<svg"))
            #expect(tool.read("out here/index.html")?.contains("01-sums.html") == true)
        }
    }

    @Test("works from a checkout whose path needs quotes in a shell and escapes in a URL")
    func checkout() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            let run = try await tool.moved(to: "50% of my $code, \u{e9}t\u{e9} (1)")("build")
            #expect(run.status == 0)
            #expect(tool.read("site/01-sums.html")?.contains("6.0") == true)
        }
    }

    @Test("gives the same bytes twice, and in another folder")
    func same() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            try tool.write(BuildCommandTests.good, to: "elsewhere/deep/lessons/01-sums.md")
            for (lessons, out) in [("lessons", "a"), ("lessons", "b"), ("elsewhere/deep/lessons", "c")] {
                #expect(try await tool("build", "--lessons", lessons, "--out", out).status == 0)
            }
            let first = try tool.files(under: "a")
            #expect(!first.isEmpty)
            #expect(try tool.files(under: "b") == first)
            #expect(try tool.files(under: "c") == first)
        }
    }

    /// A lesson, and what the build must say of it.
    struct Broken: Sendable, CustomTestStringConvertible {
        var name: String
        var lesson: String
        var says: String
        var testDescription: String { name }
    }

    static let broken = [
        Broken(
            name: "a type error",
            lesson: "---\ntitle: A\n---\n\n```swift model\nlet a: Int = \"three\"\n```\n",
            says: "lessons/02-bad.md:6:14: error: "
        ),
        Broken(
            name: "an argument of another type, in a function",
            lesson:
                "---\ntitle: A\n---\n\n```swift model\nfunc f(seed: Int) -> Double {\n    var random = NumPyRandom(seed: seed)\n    return random.rand()\n}\nf(seed: 1)\n```\n",
            says: "lessons/02-bad.md:7:36: error: cannot convert value of type 'Int'"
        ),
        Broken(
            name: "an index out of range",
            lesson: "---\ntitle: A\n---\n\n```swift model\nlet a = [1, 2, 3]\nlet i = 3\nprint(a[i])\n```\n",
            says: "lessons/02-bad.md:8:"
        ),
        Broken(
            name: "a shape that does not fit",
            lesson:
                "---\ntitle: A\n---\n\n```swift model\nlet a = Tensor.zeros([2, 3])\nlet b = a.matmul(a)\n```\n",
            says: "lessons/02-bad.md:7:"
        ),
        Broken(
            name: "a module that is not there",
            lesson: "---\ntitle: A\n---\n\n```swift model\nimport Nowhere\nprint([1].map { $0 })\n```\n",
            says: "lessons/02-bad.md:6:8: error: no such module 'Nowhere'"
        ),
        Broken(
            name: "what the parser warns of, and an error",
            lesson:
                "---\ntitle: A\n---\n\n```swift model\nfunc f(default: Int) -> Int { 1 }\nprint([1].map { f(`default`: $0) }, lost)\n```\n",
            says: "lessons/02-bad.md:7:37: error: "
        ),
        Broken(
            name: "an unknown option",
            lesson: "---\ntitle: A\n---\n\n```swift model hiden\n1\n```\n",
            says: "lessons/02-bad.md:5:16: error: "
        ),
        Broken(name: "no title", lesson: "---\nsummary: A\n---\n\nText.\n", says: "lessons/02-bad.md:"),
        Broken(
            name: "an open fence",
            lesson: "---\ntitle: A\n---\n\n```swift model\n1\n",
            says: "lessons/02-bad.md:5:1"
        ),
    ]

    @Test("names the place of what is wrong, and leaves the site alone", arguments: broken)
    func refuses(_ broken: Broken) async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            #expect(try await tool("build").status == 0)
            let site = try tool.files(under: "site")

            try tool.write(broken.lesson, to: "lessons/02-bad.md")
            try tool.write("---\ntitle: C\n---\n\n```swift model nam=x\n```\n", to: "lessons/03-bad.md")
            let run = try await tool("build")
            #expect(run.status == 1)
            #expect(run.errors.contains(broken.says), "\(run.errors)")
            #expect(!run.errors.contains(".swift:"), "SourceKit prints by itself: \(run.errors)")
            #expect(
                run.errors.contains("lessons/03-bad.md:5:16: error: "),
                "all lessons' errors are reported"
            )
            #expect(run.errors.hasSuffix("✗ 2 of 3 lessons failed; site/ is as it was\n"), "\(run.errors)")
            #expect(try tool.files(under: "site") == site)
        }
    }

    @Test(
        "says what is wrong with its folders",
        arguments: [
            ("nowhere", "site"), ("empty", "site"), ("file", "site"), ("lessons", "file"),
            ("lessons", "file/below"),
        ]
    )
    func folders(lessons: String, out: String) async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            try tool.write("I am a file.", to: "file")
            try tool.write("not a lesson", to: "empty/readme.txt")
            let before = try tool.files(under: ".")
            let run = try await tool("build", "--lessons", lessons, "--out", out)
            #expect(run.status == 2)
            #expect(run.errors.contains(": error: "), "\(run.errors)")
            #expect(try tool.files(under: ".").filter { !$0.key.hasPrefix(".unroll") } == before)
        }
    }

    @Test("refuses a site among its lessons", arguments: ["lessons", "./lessons/", "other/../lessons"])
    func amongLessons(out: String) async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            let run = try await tool("build", "--out", out)
            #expect(run.status == 2)
            let message = "\(out): error: '\(out)' holds the lessons\n  name another folder with --out\n"
            #expect(run.errors == message)
            #expect(
                try tool.files(under: ".").keys.sorted() == ["lessons/01-sums.md", "unroll.yml"]
            )
        }
    }

    @Test("says in JSON that the site was built, or that it failed and is as it was")
    func json() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            let good = try await tool("build", "--json")
            #expect(good.status == 0 && good.output.contains("\n  \"site\" : \"built\""), "\(good.output)")
            try tool.write("---\ntitel: A\n---\n", to: "lessons/02-bad.md")
            let bad = try await tool("build", "--json")
            #expect(bad.status == 1 && bad.output.contains("\n  \"site\" : \"failed\""), "\(bad.output)")
            #expect(bad.output.contains("\n  \"changes\" : [\n\n  ]"))
        }
    }

    @Test("runs a lesson again only when something that it depends on has changed")
    func cache() async throws {
        try await withTool { tool in
            func build(_ lesson: String) async throws -> String {
                try tool.write(lesson, to: "lessons/01-sums.md")
                return try await tool("build").output
            }
            #expect(try await build(BuildCommandTests.good).contains("1 run, 0 unchanged"))
            let prose = BuildCommandTests.good.replacing("Some prose.", with: "Other prose.")
            #expect(try await build(prose).contains("0 run, 1 unchanged"))
            #expect(tool.read("site/01-sums.html")?.contains("Other prose.") == true)
            let unchanged = try await tool("why", "01-sums")
            #expect(unchanged.output.contains("unchanged"))
            #expect(try await tool("clean").status == 0)
            let forgotten = try await tool("why", "01-sums")
            #expect(forgotten.output.contains("no earlier run is known here"), "\(forgotten.output)")
            #expect(try await build(prose).contains("1 run, 0 unchanged"))

            let code = prose.replacing("[1, 2, 3]", with: "[1, 2, 4]")
            try tool.write(code, to: "lessons/01-sums.md")
            let changed = try await tool("why", "lessons/01-sums.md")
            #expect(changed.output.contains("cell sum"))
            #expect(try await build(code).contains("1 run, 0 unchanged"))
            #expect(tool.read("site/01-sums.html")?.contains("[1.0, 2.0, 4.0]") == true)
        }
    }

    @Test("offers the program that was run, with a command that builds it")
    func download() async throws {
        try await withTool { tool in
            try tool.write(BuildCommandTests.good, to: "lessons/01-sums.md")
            #expect(try await tool("build").status == 0)
            let program = try #require(tool.read("site/downloads/01-sums.swift"))
            let lines = program.split(separator: "\n")
            #expect(lines[0].hasPrefix("// 01-sums.md as the one program"))
            let command = try #require(lines[1].firstRange(of: "swiftc")).lowerBound
            // A checkout has its build there.
            try tool.write("", to: ".build/empty")
            try FileManager.default.createSymbolicLink(
                at: tool.folder.appending(path: ".build/release"),
                withDestinationURL: Tool.products
            )
            let run = try await tool.shell(String(lines[1][command...]))
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.hasPrefix("the numbers: [1.0, 2.0, 3.0]\n6.0\n"), "\(run.output)")
        }
    }

    @Test("begins a lesson that builds")
    func new() async throws {
        try await withTool { tool in
            let new = try await tool("new", "first-steps")
            #expect(new.output == "lessons/01-first-steps.md\n")
            let again = try await tool("new", "01-first-steps")
            #expect(again.status == 2, "nothing is overwritten")
            let misnamed = try await tool("new", "Bad Slug")
            #expect(misnamed.status == 2)
            let build = try await tool("build")
            #expect(build.status == 0)
        }
    }

    @Test("says where a lesson is not UTF-8")
    func encoding() async throws {
        try await withTool { tool in
            try tool.write(Data("---\ntitle: A\n---\n\nCaf".utf8) + Data([0xE9]), to: "lessons/01-latin.md")
            let run = try await tool("build")
            #expect(run.status == 1)
            #expect(run.errors.contains("lessons/01-latin.md:5:4: error: "), "\(run.errors)")
        }
    }
}
