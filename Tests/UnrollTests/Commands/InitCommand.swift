internal import Foundation
internal import Testing
internal import Turns

@Suite("unroll init", .inTurns) struct InitCommandTests {
    @Test("makes a project that builds, and that nothing differs in")
    func builds() async throws {
        try await withTool { tool in
            try tool.remove("unroll.yml")
            let made = try await tool("init", "my course")
            #expect(
                made.output == """
                    ✓ lessons/index.md, lessons/01-first-lesson.md, .gitignore, .github/workflows/site.yml, unroll.yml
                    give UNROLL in .github/workflows/site.yml the address that Unroll is cloned from
                    now: ./unroll serve --open --lessons 'my course/lessons'

                    """
            )
            let build = try await tool("build", "--lessons", "my course/lessons")
            #expect(build.status == 0, "\(build.errors)")
            #expect(!build.errors.contains("warning"), "\(build.errors)")
            #expect(
                build.output.contains("· 1 chart ·")
                    && build.output.hasSuffix("→ my course/site/index.html\n")
            )
            let page = try #require(tool.read("my course/site/01-first-lesson.html"))
            #expect(page.contains("type=\"range\"") && page.contains("<svg"))
            let course = Tool(in: tool.folder.appending(path: "my course", directoryHint: .isDirectory))
            #expect(try await course("check").status == 0)
            let again = try await course("init")
            #expect(again.status == 2 && again.output == "")
            #expect(
                again.errors
                    == "unroll.yml: error: this folder is a project already\n  ./unroll new SLUG begins a lesson in it\n"
            )
        }
    }

    @Test("says that another project is around the new one")
    func nested() async throws {
        try await withTool { tool in
            let run = try await tool("init", "guide")
            #expect(run.status == 0)
            #expect(
                run.output.contains(
                    /\nit lies in another project, .*unroll test \d+\/; commands that are called in/
                )
            )
        }
    }

    @Test("refuses a folder without a name")
    func empty() async throws {
        try await withTool { tool in
            let run = try await tool("init", "")
            #expect(run.status == 2 && run.errors.hasPrefix("Error: DIR is the path of a folder"))
        }
    }
}
