internal import Foundation
internal import Testing
internal import Turns

@Suite("A project", .inTurns) struct ProjectTests {
    private static let lesson = "---\ntitle: A lesson\n---\n\n```swift model name=sum\n1 + 1\n```\n"

    /// A project with settings, in whose folders commands are called.
    private func withProject(_ settings: String, _ body: (Tool, (String) -> Tool) async throws -> Void)
        async throws
    {
        try await withTool { tool in
            try tool.write(settings, to: "unroll.yml")
            try tool.write(ProjectTests.lesson, to: "content/lessons/01-a.md")
            try tool.write("1\n", to: "content/lessons/data/n.csv")
            try tool.write("p { margin: 1px }\n", to: "theme/extra.css")
            try await body(tool) { Tool(in: tool.folder.appending(path: $0, directoryHint: .isDirectory)) }
        }
    }

    @Test("is built, checked, run and cleaned from every folder of it, without options")
    func commands() async throws {
        try await withProject("title: Course\nlessons: content/lessons\nout: docs\n") { tool, folder in
            let deep = folder("content/lessons/data")
            let build = try await deep("build")
            #expect(build.status == 0, "\(build.errors)")
            #expect(build.output.hasSuffix("→ ../../../docs/index.html\n"))
            #expect(tool.read("docs/01-a.html")?.contains("Course") == true)
            #expect(tool.read("docs/unroll.css")?.contains("margin: 1px") == true)
            #expect(
                try await tool("why", "01-a").output
                    == "01-a: unchanged; the record of an earlier run holds\n"
            )
            for place in [tool, deep, folder("content"), folder("docs/records"), folder(".unroll")] {
                let check = try await place("check")
                #expect(check.status == 0, "\(check.output)\(check.errors)")
            }
            #expect(try await deep("run", "01-a").output.contains("\n2\n"))
            #expect(try await deep("new", "next").output == "../02-next.md\n")
            #expect(tool.read("content/lessons/02-next.md") != nil)
            let accepted = try await deep("accept")
            #expect(accepted.status == 0 && accepted.output.contains("../../../docs/02-next.html"))
            #expect(try await deep("clean").output == "removed ../../../.unroll\n")
            let top = try FileManager.default.contentsOfDirectory(atPath: tool.folder.path).sorted()
            #expect(top == ["content", "docs", "theme", "unroll.yml"])
        }
    }

    @Test("gives the same bytes wherever it lies, and from wherever it is built")
    func same() async throws {
        try await withProject("lessons: .\nout: site\n") { tool, folder in
            let crash = "```swift model crashes=\"enough\"\nfatalError(\"enough\")\n```\n"
            for name in ["one", "two/deep"] {
                try tool.write("lessons: .\n", to: "\(name)/unroll.yml")
                try tool.write(ProjectTests.lesson + crash, to: "\(name)/01-a.md")
                try tool.write("", to: "\(name)/below/empty.txt")
            }
            #expect(try await folder("one")("build").status == 0)
            let second = try await folder("two/deep/below")("build")
            #expect(second.status == 0, "\(second.errors)")
            let one = try tool.files(under: "one/site")
            #expect(one.count > 10)
            #expect(try tool.files(under: "two/deep/site") == one)
        }
    }

    @Test("says what is wrong by paths from where the user stands, and what to type there")
    func messages() async throws {
        try await withProject("lessons: content/lessons\nout: docs\n") { tool, folder in
            let deep = folder("content/lessons/data")
            #expect(try await deep("build").status == 0)
            try tool.write(
                ProjectTests.lesson.replacing("1 + 1", with: "1 + 2"),
                to: "content/lessons/01-a.md"
            )
            let check = try await deep("check")
            #expect(check.output.hasPrefix("../01-a.md:5 #sum"), "\(check.output)")
            #expect(check.output.contains(" · ./unroll accept 01-a#sum takes it\n"))
            let named = try await deep("check", "--lessons", "..", "--out", "../../../docs")
            #expect(
                named.output.contains(
                    " · ./unroll accept --lessons .. --out ../../../docs 01-a#sum takes it\n"
                ),
                "\(named.output)"
            )
            let none = try await deep("check", "--out", "no where")
            #expect(
                none.errors.hasSuffix(
                    "no where: error: there is no site to compare with\n"
                        + "  ./unroll build --out 'no where' makes it; --out DIR names another folder\n"
                ),
                "\(none.errors)"
            )
            try tool.write("lessons: content/lessons\ntitel: A\n", to: "unroll.yml")
            try tool.write("{{titel}}", to: "theme/footer.mustache")
            let wrong = try await deep("build")
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("../../../unroll.yml:2:1: error: unknown setting 'titel'"))
            #expect(wrong.errors.contains("../../../theme/footer.mustache:1:1: error: "), "\(wrong.errors)")
            #expect(wrong.errors.contains("; ../../../site/ is as it was\n"))
            let new = try await deep("new", "next")
            #expect(new.status == 2 && new.errors.contains("did you mean 'title'?"))
        }
    }

    @Test(
        "is asked for by every command",
        arguments: [
            ["build"], ["check"], ["accept"], ["run", "01-a"], ["why", "01-a"], ["new", "x"], ["clean"],
            ["serve"],
        ]
    )
    func none(command: [String]) async throws {
        try await withProject("lessons: content/lessons\n") { tool, _ in
            try tool.remove("unroll.yml")
            let before = try tool.files(under: ".")
            let run = try await tool(command)
            #expect(run.status == 2 && run.output == "")
            #expect(
                run.errors.hasSuffix(
                    """
                    : error: no unroll.yml here or in a folder above
                      ./unroll init begins a project here; or name the folder of lessons, with --lessons DIR

                    """
                ),
                "\(run.errors)"
            )
            try tool.write("requires: \">= 99\"\n", to: "unroll.yml")
            let newer = try await tool(command)
            #expect(newer.status == 2 && newer.output == "")
            #expect(
                newer.errors.hasPrefix("unroll.yml:1:11: error: this project asks for Unroll 99.0.0 or later")
            )
            try tool.remove("unroll.yml")
            #expect(try tool.files(under: ".") == before)
        }
    }

    @Test("is built and checked with what is no lesson among its lessons, and no page among its pages")
    func others() async throws {
        try await withProject("lessons: content/lessons\nout: docs\n") { tool, folder in
            try tool.write("# For readers of the repository\n", to: "content/lessons/README.md")
            try tool.write(ProjectTests.lesson, to: "content/lessons/My draft.md")
            try tool.write(ProjectTests.lesson, to: "content/lessons/part/01-a.md")
            try tool.write("example.org\n", to: "docs/CNAME")
            for command in ["build", "check"] {
                let run = try await folder("content")(command)
                #expect(run.status == 0, "\(run.output)\(run.errors)")
                let said =
                    "lessons: warning: not read: My draft.md, README.md\n  rename My draft.md, to my-draft.md, say"
                #expect(run.errors.hasPrefix(said), "\(run.errors)")
                let stray =
                    "lessons/part: warning: not read: this folder is no part, for it has no index.md\n"
                #expect(run.errors.contains(stray), "\(run.errors)")
            }
            #expect(tool.read("docs/CNAME") == "example.org\n" && tool.read("docs/.nojekyll") == "")
        }
    }

    @Test("need not be one where a folder of lessons is named: all lies beside that")
    func loose() async throws {
        try await withProject("title: Outer\n") { tool, folder in
            try tool.remove("unroll.yml")
            let run = try await tool("build", "--lessons", "content/lessons")
            #expect(run.status == 0 && run.output.hasSuffix("→ content/site/index.html\n"), "\(run.errors)")
            #expect(try tool.files(under: "content/.unroll").isEmpty == false)
            #expect(
                try await folder("content")("build", "--lessons", "lessons").output.contains("1 unchanged")
            )
        }
    }
}
