internal import Foundation
internal import Testing
internal import Turns

@Suite("unroll check in GitHub Actions", .inTurns) struct GitHubReportTests {
    /// A lesson of twelve cells, each of which shows a number and a text of a file of data.
    private static let lesson =
        """
        ---
        title: Written
        data: [n.txt]
        ---

        ```swift model name=load hidden
        import Foundation
        let lines = try String(contentsOfFile: "n.txt", encoding: .utf8).split(separator: "\\n").map(String.init)
        ```

        """
        + (0..<12).map { "\n```swift model name=cell-\($0)\nprint(\"loss\", lines[\($0)])\n```\n" }.joined()

    private func withDrift(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            try tool.write("", to: "course/unroll.yml")
            try tool.write(GitHubReportTests.lesson, to: "course/lessons/01-n.md")
            try tool.write(String(repeating: "2\n", count: 12), to: "course/lessons/n.txt")
            let place = ["--lessons", "course/lessons", "--out", "course/site"]
            #expect(try await tool(["build"] + place).status == 0)
            let lines = ["2", "50%: a,b | `c` <b>@me</b>"] + (2..<12).map { "2.\($0)" }
            try tool.write(lines.joined(separator: "\n") + "\n", to: "course/lessons/n.txt")
            try await body(tool)
        }
    }

    /// Checks as a step of a workflow, in a folder of the checkout.
    private func check(_ tool: Tool, _ arguments: String = "") async throws -> Tool.Run {
        let program = tool.executable.path(percentEncoded: false)
        return try await tool.shell(
            "export GITHUB_ACTIONS=true GITHUB_WORKSPACE=\"$PWD\" GITHUB_STEP_SUMMARY=\"$PWD/summary.md\";"
                + " cd course; exec '\(program)' check \(arguments)"
        )
    }

    @Test("annotates the ten worst cells at their lines, escaped as GitHub asks") func annotations()
        async throws
    {
        try await withDrift { tool in
            let check = try await check(tool)
            #expect(check.status == 1)
            let commands = check.output.split(separator: "\n").filter { $0.hasPrefix("::") }
            #expect(
                commands.first
                    == "::error file=course/lessons/01-n.md,line=15,col=1,title=01-n#cell-1 differs::“loss 2” → “loss 50%25: a,b | `c` <b>@me</b>”"
            )
            #expect(
                commands.dropFirst().first
                    == "::error file=course/lessons/01-n.md,line=47,col=1,title=01-n#cell-9 differs::loss 2 → 2.9 (+0.45 relative; exact wanted)"
            )
            #expect(commands.count == 10)

            let machine = try await self.check(tool, "--json")
            #expect(machine.output.hasPrefix("{") && !machine.output.contains("::error"))
            #expect(machine.errors.contains("::error file=course/lessons/01-n.md,line=15"))
        }
    }

    @Test("appends a summary in which nothing is markup") func summary() async throws {
        try await withDrift { tool in
            try tool.write("before\n", to: "summary.md")
            #expect(try await check(tool).status == 1)
            let summary = try #require(tool.read("summary.md"))
            #expect(
                summary.hasPrefix(
                    "before\n### ✗ 11 cells of 13 differ\n\n| where | cell | what |\n|---|---|---|\n"
                )
            )
            #expect(
                summary.contains(
                    "| lessons/01-n.md&#58;15 | cell-1 | “loss 2” → “loss 50&#37;&#58; a,b &#124; &#96;c&#96; &#60;b&#62;&#64;me&#60;/b&#62;” |\n"
                ),
                "\(summary)"
            )
            #expect(summary.hasSuffix("\n\n./unroll accept 01-n takes them\n"), "\(summary)")

            try tool.remove("summary.md")
            try tool.write("x", to: "summary.md/folder")
            let check = try await check(tool)
            #expect(
                check.status == 1
                    && check.errors.hasSuffix("warning: the summary cannot be written: Is a directory\n")
            )
        }
    }

    @Test("says what stopped a lesson, and not each cell after it; nothing where nothing differs")
    func stopped()
        async throws
    {
        try await withDrift { tool in
            try tool.write("2\n2\n", to: "course/lessons/n.txt")
            let stopped = try await check(tool)
            let commands = stopped.output.split(separator: "\n").filter { $0.hasPrefix("::") }
            #expect(commands.count == 1, "\(commands)")
            #expect(
                commands[0].hasPrefix(
                    "::error file=course/lessons/01-n.md,line=20,col=20,title=Error::Index out of range"
                )
            )
            try tool.write(String(repeating: "2\n", count: 12), to: "course/lessons/n.txt")
            try tool.remove("summary.md")
            #expect(try await check(tool).output == "✓ 13 cells, and nothing differs\n")
            #expect(tool.read("summary.md") == "### ✓ 13 cells, and nothing differs\n\n")
        }
    }

    @Test("obeys no command that a lesson shows") func injected() async throws {
        try await withDrift { tool in
            let lesson = """
                ---
                title: A
                ---

                ```swift model name=load
                import Foundation
                FileHandle.standardError.write(Data("::add-mask::a\\n  ::add-mask::b\\n##[add-mask]c\\n".utf8))
                fatalError("stopped\\n::add-mask::d")
                ```

                """
            try tool.write(lesson, to: "course/lessons/01-n.md")
            let check = try await check(tool)
            #expect(check.errors.contains("add-mask::a"), "\(check.errors)")
            for line in (check.output + check.errors).split(separator: "\n") {
                let isCommand = line.drop(while: \.isWhitespace).hasPrefix("::")
                #expect(!isCommand || line.hasPrefix("::error file=course/"), "\(line)")
                #expect(!line.contains("##["), "\(line)")
            }
        }
    }
}
