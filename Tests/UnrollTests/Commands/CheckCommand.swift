internal import Foundation
internal import Records
internal import Serialization
internal import Testing
internal import Turns

@Suite("unroll check and unroll accept", .inTurns) struct CheckCommandTests {
    private static let lesson = """
        ---
        title: Sums
        ---

        ```swift model name=first
        let numbers = [0.5, 0.25]
        print("first", numbers[0])
        ```

        ```swift model name=second
        print("second", numbers[1])
        Chart("Two") { for i in 0..<2 { LineMark(x: .value("i", i), y: .value("n", numbers[i])) } }
        ```

        """

    private static let record = "site/records/01-sums.json"

    /// A built site in which what the cells of the first of two lessons showed was once something else.
    private func withDrift(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            let old = CheckCommandTests.lesson.replacing("[0.5, 0.25]", with: "[0.4, 0.2]")
            try tool.write(old, to: "lessons/01-sums.md")
            try tool.write("---\ntitle: Other\n---\n\n```swift model\n1\n```\n", to: "lessons/02-other.md")
            #expect(try await tool("build").status == 0)
            try tool.write(CheckCommandTests.lesson, to: "lessons/01-sums.md")
            try await body(tool)
        }
    }

    @Test("says what differs, from where to where, and how to take it") func differs() async throws {
        try await withDrift { tool in
            let check = try await tool("check")
            #expect(check.status == 1)
            #expect(
                check.output.contains(
                    "lessons/01-sums.md:5 #first  first 0.4 → 0.5 (+0.25 relative; exact wanted)\n"
                )
            )
            #expect(
                check.output.contains(
                    "lessons/01-sums.md:10 #second  output 1, second 0.2 → 0.25 (+0.25 relative"
                )
            )
            #expect(check.output.contains("#second  output 2, data, row 1, n 0.4 → 0.5"))
            #expect(check.output.contains("site/01-sums.html:"), "the page shows other code")
            #expect(
                check.output.contains(
                    "\n✗ 2 cells of 3 differ, 3 files are stale · ./unroll accept 01-sums takes them\n"
                )
            )

            let machine = try await tool("check", "--json")
            let json = try JSON(parsing: machine.output)
            #expect(json["status"]?.string == "differs" && json["cells"]?.integer == 3)
            #expect(json["columnUnit"]?.string == "character")
            let first = try #require(json["findings"]?.array?.first)
            #expect(first["cell"]?.string == "first" && first["line"]?.integer == 5)
            #expect(first["old"]?.string == "0.4" && first["new"]?.string == "0.5")
            #expect(first["kind"]?.string == "differs")
            guard case .number(let relative)? = first["relative"] else { throw CancellationError() }
            #expect(abs(relative - 0.25) < 1e-12)
        }
    }

    @Test("compares the lessons and cells that are named, and no file") func names() async throws {
        try await withDrift { tool in
            for (names, told, end) in [
                (
                    ["01-sums#first"],
                    "lessons/01-sums.md:5 #first  first 0.4 → 0.5 (+0.25 relative; exact wanted)\n",
                    "✗ 1 cell of 1 differs · ./unroll accept 01-sums#first takes it\n"
                ),
                (
                    ["1#second", "lessons/02-other.md"],
                    "lessons/01-sums.md:10 #second  output 1, second 0.2",
                    "✗ 1 cell of 2 differs · ./unroll accept 01-sums#second takes it\n"
                ),
                (
                    ["sums#first", "01#second"], "#second  output 1, second 0.2 → 0.25",
                    "✗ 2 cells of 2 differ · ./unroll accept 01-sums#first 01-sums#second takes them\n"
                ),
                (
                    ["01-sums", "01-sums#first"], "#second  output 1, second 0.2 → 0.25",
                    "✗ 2 cells of 2 differ · ./unroll accept 01-sums takes them\n"
                ),
                (["other"], "✓", "✓ 1 cell, and nothing differs\n"),
            ] {
                let check = try await tool(["check"] + names)
                #expect(check.status == (end.hasPrefix("✓") ? 0 : 1), "\(names): \(check.errors)")
                #expect(
                    check.output.contains(told) && check.output.hasSuffix(end),
                    "\(names): \(check.output)"
                )
                #expect(!check.output.contains("site/"), "\(names): \(check.output)")
            }
            for (name, place, hint) in [
                (
                    "01-sums#frist", "lessons/01-sums.md: error: there is no cell 'frist'",
                    "did you mean '01-sums#first'?"
                ),
                ("01-sums#", "lessons/01-sums.md: error: there is no cell ''", "there are first, second"),
                ("01-suns", "lessons/01-suns.md: error: there is no such lesson", "did you mean '01-sums'?"),
                ("3", "lessons/3.md: error: there is no such lesson", "there are: 01-sums, 02-other"),
                ("#first", "lessons: error: no lesson is named", "there are: 01-sums, 02-other"),
            ] {
                let check = try await tool("check", name)
                #expect(check.status == 2, "\(name)")
                #expect(check.errors == "\(place)\n  \(hint)\n", "\(check.errors)")
            }
        }
    }

    @Test("compares a named cell although its lesson stops after it") func stopped() async throws {
        try await withDrift { tool in
            let broken = CheckCommandTests.lesson.replacing("numbers[1])", with: "numbers[2])")
            try tool.write(broken, to: "lessons/01-sums.md")
            let first = try await tool("check", "01-sums#first")
            #expect(first.status == 1 && first.output.contains("#first  first 0.4 → 0.5"), "\(first.output)")
            let second = try await tool("check", "01-sums#second")
            #expect(
                second.output == "lessons/01-sums.md:10 #second  was not run\n✗ 1 cell of 1 was not run\n"
            )
        }
    }

    @Test("takes one cell, and nothing else; then a lesson; then everything") func accept() async throws {
        try await withDrift { tool in
            let before = try tool.files(under: "site")
            let one = try await tool("accept", "01-sums#first")
            #expect(one.status == 0, "\(one.errors)")
            #expect(one.output.contains("#first  first 0.4 → 0.5"))
            let after = try tool.files(under: "site")
            let changed = Set(after.filter { before[$0.key] != $0.value }.keys)
            #expect(
                changed == [
                    "records/01-sums.json", "01-sums.html", "downloads/01-sums.swift", "downloads/01-sums.md",
                ]
            )
            let record = try #require(tool.read(CheckCommandTests.record))
            #expect(record.contains("first 0.5") && record.contains("second 0.2\""))
            let page = try #require(tool.read("site/01-sums.html"))
            #expect(page.contains("first 0.5") && page.contains("second 0.2<"))
            let check = try await tool("check")
            #expect(
                check.output.hasSuffix("\n✗ 1 cell of 3 differs · ./unroll accept 01-sums#second takes it\n")
            )

            #expect(try await tool("accept", "lessons/01-sums.md").status == 0)
            #expect(try await tool("check").status == 0)
            let again = try await tool("accept")
            #expect(again.output == "✓ nothing to take; it is recorded as it is\n")
            let built = try tool.files(under: "site")
            #expect(try await tool("build").status == 0)
            #expect(try tool.files(under: "site") == built, "what is taken is what is built")
        }
    }

    @Test("takes a cell that came or went") func structure() async throws {
        try await withDrift { tool in
            let renamed = CheckCommandTests.lesson.replacing("name=first", with: "name=start")
            try tool.write(renamed, to: "lessons/01-sums.md")
            let check = try await tool("check")
            #expect(
                check.output.contains(
                    "lessons/01-sums.md #first  is recorded, and the lesson has no such cell"
                )
            )
            #expect(check.output.contains("lessons/01-sums.md:5 #start  has no record"))
            #expect(try await tool("accept", "01-sums#start", "01-sums#first").status == 0)
            let record = try #require(tool.read(CheckCommandTests.record))
            #expect(
                record.contains("start") && !record.contains("\"first\"") && record.contains("second 0.2\"")
            )
            #expect(try await tool("accept", "--all").status == 0)
            #expect(try await tool("check").status == 0)
        }
    }

    @Test("tells what is only written differently, and accept takes it") func writing() async throws {
        try await withTool { tool in
            let lesson = """
                ---
                title: Written
                data: [n.txt]
                ---

                ```swift model name=load hidden
                import Foundation
                let lines = try String(contentsOfFile: "n.txt", encoding: .utf8).split(separator: "\\n")
                ```

                ```swift model name=a
                print("loss", lines[0])
                ```

                ```swift model name=b
                Table(columns: ["id"], rows: [Row(lines[1])])
                ```

                Now `{swift} lines[2]`.

                """
            try tool.write(lesson, to: "lessons/01-n.md")
            try tool.write("0.50\n0042\nétude\n", to: "lessons/n.txt")
            #expect(try await tool("build").status == 0)
            try tool.write("0.5\n42\ne\u{301}tude\n", to: "lessons/n.txt")
            let told = [
                "lessons/01-n.md:11 #a  loss written differently: 0.50 → 0.5",
                "lessons/01-n.md:15 #b  row 1, id written differently: 0042 → 42",
                "lessons/01-n.md:19 expression 1  written differently: \\u{e9}tude → e\\u{301}tude",
            ]
            let check = try await tool("check")
            #expect(check.status == 1)
            for line in told { #expect(check.output.contains("\(line)\n"), "\(check.output)") }
            #expect(
                check.output.hasSuffix(
                    "✗ 2 cells of 3 are written differently, 1 value in prose is written differently"
                        + " · ./unroll accept 01-n takes them\n"
                ),
                "\(check.output)"
            )
            let json = try JSON(parsing: try await tool("check", "--json").output)
            #expect(json["findings"]?.array?.map { $0["writing"] == .bool(true) } == [true, true, true])
            let accept = try await tool("accept", "--all")
            for line in told { #expect(accept.output.contains("\(line)\n"), "\(accept.output)") }
            let files = ["01-n.html", "downloads/01-n-b.csv", "records/01-n.json", "search-index.js"]
                .map { "site/\($0)" }
            #expect(accept.output.hasSuffix("✓ taken: \(files.joined(separator: ", "))\n"))
            #expect(try await tool("check").status == 0)
            let built = try tool.files(under: "site")
            #expect(try await tool("build").status == 0)
            #expect(try tool.files(under: "site") == built, "what is taken is what is built")
        }
    }

    @Test(
        "runs what only a regular expression or a line number sees, and leaves no record of it to other code"
    )
    func unseen() async throws {
        try await withTool { tool in
            let lesson = """
                ---
                title: Cache
                ---

                ```swift model name=define
                func here(_ text: String, line: Int = #line) { print(text, "at line", line) }
                ```

                Prose.

                ```swift model name=use
                here("used")
                ```

                ```swift model name=regex
                print("a b".contains(#/a b/#))
                ```

                """
            try tool.write(lesson, to: "lessons/01-cache.md")
            #expect(try await tool("build").status == 0)
            let built = try tool.files(under: "site")
            let edited = lesson.replacing("Prose.", with: "More\n\nprose.").replacing(
                "#/a b/#",
                with: "#/a  b/#"
            )
            try tool.write(edited, to: "lessons/01-cache.md")
            let why = try await tool("why", "01-cache").output
            #expect(why.contains("\n  cell regex  ") && why.contains("\n  places of code  "), "\(why)")
            let check = try await tool("check").output
            #expect(
                check.contains("#use  at line 12 → 14 (") && check.contains("#regex  true → false\n"),
                "\(check)"
            )
            try tool.write(lesson, to: "lessons/01-cache.md")
            #expect(try await tool("why", "01-cache").output.contains("01-cache: unchanged; "))
            #expect(try await tool("build").status == 0)
            #expect(try tool.files(under: "site") == built)
            try tool.write(edited, to: "lessons/01-cache.md")
            #expect(try await tool("build").status == 0)
            #expect(try #require(tool.read("site/01-cache.html")).contains("used at line 14"))
        }
    }

    @Test("works from any folder, and names files as seen from there") func anywhere() async throws {
        try await withTool { tool in
            try tool.write(CheckCommandTests.lesson, to: "deep down/lessons/01-sums.md")
            let out = "site"
            for folder in [
                "deep down/lessons", "./deep down/lessons/",
                tool.folder.appending(path: "deep down/lessons").path(percentEncoded: false),
            ] {
                #expect(try await tool("build", "--lessons", folder, "--out", out).status == 0)
                #expect(try await tool("check", "--lessons", folder, "--out", out).status == 0)
            }
            let inside = Tool(in: tool.folder.appending(path: "deep down/lessons"))
            #expect(try await inside("check", "--lessons", ".", "--out", "../../site").status == 0)
            try tool.write(
                CheckCommandTests.lesson.replacing("0.25", with: "0.125"),
                to: "deep down/lessons/01-sums.md"
            )
            let check = try await inside("check", "--lessons", ".", "--out", "../../site")
            #expect(
                check.output.contains("\n01-sums.md:10 #second")
                    || check.output.hasPrefix("01-sums.md:10 #second"),
                "\(check.output)"
            )
            let other = try await tool("check", "--lessons", "./deep down/lessons/", "--out", out)
            #expect(other.output.hasPrefix("deep down/lessons/01-sums.md:10 #second"), "\(other.output)")
        }
    }

    @Test("could not: exit status 2") func couldNot() async throws {
        try await withDrift { tool in
            for arguments in [
                ["check", "--lessons", "nowhere"], ["check", "--out", "nowhere"], ["check", "--jobs", "0"],
                ["accept", "01-sums#third"], ["accept", "09-gone"], ["accept", "01-sums", "--all"],
                ["check", "--sandbox", "maybe"], ["chekc"], ["run", "09-gone"], ["why", "09-gone"],
            ] {
                let run = try await tool(arguments)
                #expect(run.status == 2, "\(arguments): \(run.status)")
                #expect(!run.errors.isEmpty, "\(arguments)")
            }
        }
    }

    @Test("counts the cells of a lesson that stops as unrun, and checks the others") func unrun() async throws
    {
        try await withDrift { tool in
            let broken = CheckCommandTests.lesson.replacing("numbers[1])", with: "numbers[2])")
            try tool.write(broken, to: "lessons/01-sums.md")
            try tool.write("---\ntitle: Other\n---\n\n```swift model\n2\n```\n", to: "lessons/02-other.md")
            let before = try tool.files(under: "site")
            let check = try await tool("check")
            #expect(check.status == 1)
            #expect(
                check.errors.contains("lessons/01-sums.md:11:24: error: Index out of range"),
                "\(check.errors)"
            )
            #expect(check.output.contains("lessons/01-sums.md:10 #second  was not run"))
            #expect(check.output.contains("lessons/02-other.md:5 #cell-1  1 → 2 (+1 relative; exact wanted)"))
            #expect(try await tool("accept", "01-sums").status == 1)
            #expect(try tool.files(under: "site") == before)
        }
    }

    @Test(
        "--twice names what differs from itself",
        arguments: [
            ("Array(Set(0..<64))", "hashing"),
            ("String(cString: getenv(\"TZ\"))", "time zone"),
            ("Date().timeIntervalSince1970", "time"),
        ]
    ) func twice(code: String, name: String) async throws {
        try await withTool { tool in
            let lesson = "---\ntitle: A\n---\n\n```swift model name=x\nimport Foundation\n\(code)\n```\n"
            try tool.write(lesson, to: "lessons/01-a.md")
            #expect(try await tool("build").status == 0)
            let check = try await tool("check", "--twice")
            #expect(check.status == 1, "\(name)")
            #expect(
                check.output.contains("#x  differs from itself in other surroundings: "),
                "\(check.output)"
            )
            #expect(check.output.contains("1 cell of 1 differs from itself"))
        }
    }
}
