internal import Foundation
internal import Testing
internal import Turns

@Suite("Files of reports", .inTurns) struct ReportFileTests {
    @Test("are refused before lessons run, with the reason") func refused() async throws {
        try await withTool { tool in
            let lesson = "---\ntitle: A\n---\n\n```swift model name=a\nfatalError()\n```\n"
            try tool.write(lesson, to: "lessons/01-a.md")
            try tool.write("kept", to: "folder.xml/file")
            try tool.write("<!DOCTYPE html><p>mine", to: "own page.html")
            for (option, path, sentence) in [
                (
                    "--junit", "folder.xml",
                    "folder.xml: error: this is a folder; a report is one file\n  name one in it: --junit folder.xml/report.xml\n"
                ),
                (
                    "--report", "no/where.html",
                    "no/where.html: error: there is no folder for it: No such file or directory\n  make it: mkdir -p no\n"
                ),
                (
                    "--junit", "folder.xml/file/r.xml",
                    "folder.xml/file/r.xml: error: there is no folder for it: Not a directory\n"
                ),
                (
                    "--report", "lessons/01-a.md",
                    "lessons/01-a.md: error: --report takes a file whose name ends with .html\n  for example --report report.html\n"
                ),
                (
                    "--report", "own page.html",
                    "own page.html: error: this file is no earlier report, and would be lost\n  name another one, --report report.html, or take it away: rm 'own page.html'\n"
                ),
                ("--junit", "", "'': error: --junit takes a file whose name ends with .xml\n"),
                (
                    "--report", "/proc/report.html",
                    "/proc/report.html: error: its folder cannot be written to: "
                ),
            ] {
                let check = try await tool("check", option, path)
                #expect(check.status == 2, "\(path)")
                #expect(check.errors.hasPrefix(sentence), "\(path): \(check.errors)")
                #expect(!check.errors.contains("Fatal error"), "\(path)")
            }
            #expect(tool.read("lessons/01-a.md") == lesson)
            #expect(tool.read("own page.html") == "<!DOCTYPE html><p>mine")
            let both = try await tool("check", "--junit", "a.xml", "--report", "a.xml")
            #expect(both.status == 2 && both.errors.contains("--junit and --report name the same file"))
        }
    }

    @Test("are replaced in one step, through links") func written() async throws {
        try await withTool { tool in
            try tool.write("---\ntitle: A\n---\n\n```swift model name=a\n1\n```\n", to: "lessons/01-a.md")
            #expect(try await tool("build").status == 0)
            try tool.write("", to: "elsewhere/old.html")
            #expect(try await tool.shell("ln -s elsewhere/old.html link.html").status == 0)
            #expect(try await tool("check", "--report", "link.html").status == 0)
            let page = try #require(tool.read("elsewhere/old.html"))
            #expect(
                page.contains(
                    "<h1>Nothing differs</h1>\n<p class=\"summary\">1 cell, and nothing differs.</p>"
                )
            )
            try tool.write("---\ntitle: A\n---\n\n```swift model name=a\n2\n```\n", to: "lessons/01-a.md")
            #expect(try await tool("check", "--report", "link.html").status == 1)
            let other = try #require(tool.read("link.html"))
            #expect(other.contains("<code>./unroll accept 01-a#a</code> takes it."))
            #expect(other.contains("<a href=\"../lessons/01-a.md#L5\">lessons/01-a.md:5</a>"))
            #expect(try tool.files(under: "elsewhere").keys.sorted() == ["old.html"])
        }
    }
}
