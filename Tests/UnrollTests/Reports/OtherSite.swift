internal import Foundation
internal import Testing
internal import Turns

@Suite("unroll check --against", .inTurns) struct OtherSiteTests {
    private static func lesson(_ cells: String) -> String { "---\ntitle: A\n---\n\(cells)" }

    private static func cell(_ name: String, _ code: String) -> String {
        "\n```swift model name=\(name)\n\(code)\n```\n"
    }

    /// A built project of two lessons in a repository whose first commit had one, with another number, and whose tag
    /// `unbuilt` has no site.
    private func withHistory(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            let git = "git -c user.name=A -c user.email=a@example.org -c commit.gpgsign=false"
            func commit(_ name: String) async throws {
                let run = try await tool.shell("git add -A && \(git) commit -qm '\(name)' && git tag \(name)")
                #expect(run.status == 0, "\(run.errors)")
            }
            #expect(try await tool.shell("git init -q .").status == 0)
            try tool.write(".unroll\nother\n", to: ".gitignore")
            let old = OtherSiteTests.lesson(
                OtherSiteTests.cell("a", "print(\"loss\", 0.5)") + OtherSiteTests.cell("b", "1")
            )
            try tool.write(old, to: "lessons/01-a.md")
            try await commit("unbuilt")
            #expect(try await tool("build").status == 0)
            try await commit("first")
            #expect(try await tool.shell("cp -r site other").status == 0)
            try tool.write(old.replacing("0.5", with: "0.25"), to: "lessons/01-a.md")
            try tool.write(OtherSiteTests.lesson(OtherSiteTests.cell("c", "2")), to: "lessons/02-b.md")
            #expect(try await tool("build").status == 0)
            try await commit("second")
            try await body(tool)
        }
    }

    @Test("compares the records of a folder and of a commit, and runs nothing") func compares() async throws {
        try await withHistory { tool in
            // What runs would stop.
            let lesson = try #require(tool.read("lessons/01-a.md"))
            try tool.write(lesson.replacing("0.25)", with: "0.25); fatalError()"), to: "lessons/01-a.md")
            for (name, shown) in [
                ("other", "other/"), ("other/", "other/"), ("first", "first:site/"),
                ("git:HEAD~1", "HEAD~1:site/"),
            ] {
                let check = try await tool("check", "--against", name)
                #expect(check.status == 1, "\(check.errors)")
                #expect(
                    check.output == """
                        lessons/01-a.md:5 #a  loss 0.5 → 0.25 (-0.5 relative; exact wanted)
                        \(shown)records/02-b.json  missing: lessons/02-b.md has no record
                        ✗ 1 cell of 3 differs, 1 file is missing

                        """,
                    "\(name)"
                )
            }
            #expect(try await tool("check", "--against", "HEAD").output == "✓ 3 cells, and nothing differs\n")
            let named = try await tool(
                "check",
                "01-a#b",
                "--against",
                "first",
                "--junit",
                "c.xml",
                "--report",
                "c.html"
            )
            #expect(named.status == 0 && named.output == "✓ 1 cell, and nothing differs\n")
            _ = try await tool("check", "--against", "first", "--junit", "c.xml", "--report", "c.html")
            let page = try #require(tool.read("c.html"))
            #expect(page.contains("<th scope=\"col\">first</th><th scope=\"col\">here</th>"))
            #expect(!page.contains("unroll accept"))
            #expect(
                try #require(tool.read("c.xml")).contains(
                    "name=\"first:site/records/02-b.json\" classname=\"site\""
                )
            )

            try tool.remove("lessons/02-b.md")
            let gone = try await tool("check", "--against", "second")
            #expect(
                gone.output.hasPrefix(
                    "second:site/records/02-b.json  orphaned: no lesson gives it any more\n"
                )
            )
        }
    }

    @Test("runs lessons of which the site has no record") func runs() async throws {
        try await withHistory { tool in
            try tool.remove("site")
            let check = try await tool("check", "--against", "second")
            #expect(
                check.status == 0 && check.output == "✓ 3 cells, and nothing differs\n",
                "\(check.errors)"
            )
        }
    }

    @Test("says what is no site, and no commit") func refused() async throws {
        try await withHistory { tool in
            try tool.write("x", to: "empty/file")
            for (name, sentence) in [
                (
                    "nowhere",
                    "nowhere: error: there is neither such a folder nor such a commit\n  name the folder of a site, or a revision"
                ),
                ("git:nowhere", "git:nowhere: error: there is no such commit\n"),
                ("git:--output=x", "git:--output=x: error: there is no such commit\n"),
                ("git:", "git:: error: there is no such commit\n"),
                ("", "'': error: there is neither such a folder nor such a commit\n"),
                ("empty", "empty: error: there is no site here: unroll-files.txt is missing\n"),
                ("unbuilt", "unbuilt:site/: error: there is no site here: unroll-files.txt is missing\n"),
            ] {
                let check = try await tool("check", "--against", name)
                #expect(check.status == 2 && check.errors.hasPrefix(sentence), "\(name): \(check.errors)")
            }
            try tool.remove(".git")
            let none = try await tool("check", "--against", "first")
            #expect(
                none.errors.hasPrefix(
                    "first: error: there is neither such a folder nor such a commit: not a git"
                )
            )
            let twice = try await tool("check", "--against", "first", "--twice")
            #expect(
                twice.status == 2
                    && twice.errors.contains("--against compares records, and runs nothing twice")
            )
        }
    }
}
