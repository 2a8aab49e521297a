internal import Foundation
internal import Synchronization
internal import Testing
internal import Turns

@Suite("A site in a folder that holds other things", .inTurns) struct SiteInPlaceTests {
    private static func lesson(_ text: String) -> String { "---\ntitle: A lesson\n---\n\n\(text)\n" }

    /// A project as an author has it, with what is no lesson and no page.
    private func withProject(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            try tool.write(
                SiteInPlaceTests.lesson("Some prose, [data](data.txt)."),
                to: "project/lessons/01-a.md"
            )
            try tool.write("1", to: "project/lessons/data.txt")
            try tool.write("title: Course\n", to: "project/unroll.yml")
            try tool.write("p { margin: 1px }\n", to: "project/theme/extra.css")
            try tool.write("example.org\n", to: "project/CNAME")
            try tool.write("User-agent: *\n", to: "project/robots.txt")
            try tool.write("ref", to: "project/.git/HEAD")
            try tool.write("mine", to: "project/records/mine.json")
            try tool.write("mine", to: "project/private/mine.txt")
            try tool.write("above", to: "above.txt")
            try await body(tool)
        }
    }

    /// All files but those that the list of a site names, with their bytes.
    private func others(in tool: Tool, than site: String) throws -> [String: Data] {
        let list = tool.read("\(site)/unroll-files.txt") ?? ""
        let own = Set(list.split(separator: "\n").map { "\(site)/\($0)" } + ["\(site)/unroll-files.txt"])
        return try tool.files(under: ".").filter { path, _ in
            !own.contains("./\(path)") && !own.contains(path) && !path.contains(".unroll/")
        }
    }

    @Test(
        "works at, above, below and beside the lessons, and through links to there",
        arguments: [
            ("project", "lessons", ".", "project"), ("project/lessons", ".", "..", "project"),
            ("project/lessons", ".", "../..", "."),
            ("project", "lessons", "lessons/site", "project/lessons/site"),
            ("project", "lessons", "here", "project"), ("project", "lessons", "private", "project/private"),
            ("project", "lessons", "a/new/one", "project/a/new/one"),
        ]
    )
    func places(from: String, lessons: String, out: String, site: String) async throws {
        try await withProject { project in
            try FileManager.default.createSymbolicLink(
                at: project.folder.appending(path: "project/here"),
                withDestinationURL: project.folder.appending(path: "project")
            )
            let tool = Tool(in: project.folder.appending(path: from))
            let before = try others(in: project, than: site)
            for prose in ["First.", "Second, [data](data.txt)."] {
                try project.write(SiteInPlaceTests.lesson(prose), to: "project/lessons/01-a.md")
                let run = try await tool("build", "--lessons", lessons, "--out", out)
                #expect(run.status == 0, "\(run.errors)")
            }
            #expect(project.read("\(site)/01-a.html")?.contains("Second") == true)
            #expect(project.read("\(site)/.nojekyll") == "")
            let again = try await tool("build", "--lessons", lessons, "--out", out)
            #expect(again.output.contains("0 run, 1 unchanged"))
            let check = try await tool("check", "--lessons", lessons, "--out", out)
            #expect(check.status == 0, "\(check.output)\(check.errors)")
            try project.write(
                String(decoding: before["project/lessons/01-a.md"]!, as: UTF8.self),
                to: "project/lessons/01-a.md"
            )
            #expect(try others(in: project, than: site) == before)
        }
    }

    @Test(
        "refuses what cannot hold a site, and says what to do",
        arguments: [
            "lessons", "link", "theme", "theme/site", ".unroll", ".unroll/site", "CNAME", "broken",
            "CNAME/site", "",
        ]
    )
    func refused(out: String) async throws {
        try await withProject { project in
            let folder = project.folder.appending(path: "project")
            for (name, target) in [("link", "lessons"), ("broken", "nowhere")] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder.appending(path: name).path,
                    withDestinationPath: target
                )
            }
            let before = try project.files(under: ".")
            let run = try await Tool(in: folder)("build", "--out", out)
            #expect(run.status == 2)
            #expect(run.errors.contains("--out"), "\(run.errors)")
            #expect(try project.files(under: ".").filter { !$0.key.contains(".unroll") } == before)
        }
    }

    @Test("does not write among the lessons what it makes of them")
    func downloads() async throws {
        try await withTool { tool in
            try tool.write(SiteInPlaceTests.lesson("Prose."), to: "downloads/01-a.md")
            let before = try tool.files(under: "downloads")
            let run = try await tool("build", "--lessons", "downloads", "--out", ".")
            #expect(run.status == 2)
            #expect(
                run.errors.contains("rename 'downloads', or choose another folder with --out"),
                "\(run.errors)"
            )
            #expect(try tool.files(under: "downloads") == before)
        }
    }

    @Test("loses nothing of what is saved in the project while builds write there")
    func saves() async throws {
        try await withProject { project in
            let root = project.folder.appending(path: "project")
            let tool = Tool(in: root)
            let builds = Builds()
            let saved = try await withThrowingTaskGroup(of: [String: String].self) { group in
                group.addTask {
                    for build in 0..<12 {
                        try project.write(
                            SiteInPlaceTests.lesson("Prose \(build)."),
                            to: "project/lessons/01-a.md"
                        )
                        let other = root.appending(path: "lessons/02-b.md")
                        if build.isMultiple(of: 2) {
                            try Data(SiteInPlaceTests.lesson("B").utf8).write(to: other)
                        } else {
                            try FileManager.default.removeItem(at: other)
                        }
                        let run = try await tool("build", "--out", ".")
                        #expect(run.status == 0, "\(run.errors)")
                        builds.ended.add(1, ordering: .relaxed)
                    }
                    return [:]
                }
                group.addTask {
                    var saved: [String: String] = [:]
                    var number = 0
                    while number < 1000 || builds.ended.load(ordering: .relaxed) < 12 {
                        let path = SiteInPlaceTests.name(of: number)
                        saved[path] = "saved \(number)"
                        try SiteInPlaceTests.save("saved \(number)", to: root.appending(path: path), number)
                        number += 1
                        builds.saves.add(1, ordering: .relaxed)
                        try await Task.sleep(for: .milliseconds(1))
                    }
                    return saved
                }
                return try await group.reduce(into: [:]) { $0.merge($1) { $1 } }
            }
            let lost = saved.filter { project.read("project/\($0.key)") != $0.value }
            #expect(lost.isEmpty, "\(lost.keys.sorted().prefix(5))")
            let saves = builds.saves.load(ordering: .relaxed)
            #expect(saves >= 1000)
            print("\(saves) saves of \(saved.count) files during 12 builds: \(lost.count) lost")
            #expect(project.read("project/records/mine.json") == "mine")
            #expect(project.read("project/01-a.html")?.contains("Prose 11") == true)
            #expect(project.read("project/02-b.html") == nil)
        }
    }

    /// How many builds have come to their end, and how many files were saved.
    private final class Builds: Sendable {
        let ended = Atomic(0)
        let saves = Atomic(0)
    }

    /// A name like those of the site, of its list and of what stands beside them while they are written; every eleventh
    /// is saved over and over.
    private static func name(of number: Int) -> String {
        switch number % 11 {
        case 0: "lessons/note-\(number).txt"
        case 1: "records/01-a-\(number).json"
        case 2: "downloads/.01-a.md.\(number).swp"
        case 3: "01-a.html.\(number)~"
        case 4: ".unroll-\(number)"
        case 5: "unroll-files.txt.\(number)"
        case 6: "index-\(number).html"
        case 7: "notes/\(number)/02-b.js"
        case 8: ".git/objects/\(number)"
        case 9: "records/02-b-\(number).json"
        default: "private/always the same.txt"
        }
    }

    /// Saves as editors do: in place, or to the side and then over what was there.
    private static func save(_ text: String, to file: URL, _ number: Int) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file, options: number.isMultiple(of: 2) ? [] : .atomic)
    }

    @Test("checks what is its own, and nothing else")
    func check() async throws {
        try await withProject { project in
            let root = project.folder.appending(path: "project")
            let tool = Tool(in: root)
            #expect(try await tool("build", "--out", "docs").status == 0)
            let docs = root.appending(path: "docs")
            try project.write("example.org", to: "project/docs/CNAME")
            try project.write("x", to: "project/docs/.well-known/x")
            try project.write("x", to: "project/docs/records/other.json")
            for name in ["broken", "downloads/broken"] {
                try FileManager.default.createSymbolicLink(
                    atPath: docs.appending(path: name).path,
                    withDestinationPath: "nowhere"
                )
            }
            let pipe = try await project.shell("mkfifo project/docs/pipe && chmod 000 project/docs/CNAME")
            #expect(pipe.status == 0)
            let good = try await tool("check", "--out", "docs")
            #expect(good.status == 0, "\(good.output)\(good.errors)")
            #expect(try await tool("build", "--out", "docs").status == 0)

            func finds(_ what: String, _ change: String, _ restore: String) async throws {
                #expect(try await project.shell("cd project/docs && \(change)").status == 0)
                let check = try await tool("check", "--out", "docs")
                #expect(
                    check.status == 1 && check.output.contains(what),
                    "\(change): \(check.output)\(check.errors)"
                )
                #expect(try await project.shell("cd project/docs && \(restore)").status == 0)
            }
            try await finds("docs/01-a.html  missing: ", "mv 01-a.html away", "mv away 01-a.html")
            try await finds("docs/.nojekyll  missing: ", "rm .nojekyll", "touch .nojekyll")
            try await finds(
                "docs/01-a.html  missing: it cannot be read: it is a link",
                "mv 01-a.html away; ln -s away 01-a.html",
                "rm 01-a.html; mv away 01-a.html"
            )
            try await finds(
                "docs/404.html  missing: it cannot be read: it is a pipe",
                "mv 404.html away; mkfifo 404.html",
                "rm 404.html; mv away 404.html"
            )
            try await finds("docs/01-a.html:", "cp 01-a.html kept; echo >>01-a.html", "mv kept 01-a.html")
            try await finds(
                "docs/unroll-files.txt:",
                "cp unroll-files.txt kept; echo gone.png >>unroll-files.txt; touch gone.png",
                "mv kept unroll-files.txt"
            )
            #expect(try await tool("check", "--out", "docs").status == 0)
        }
    }

    @Test("says that a disk may take two of its files for one")
    func cases() async throws {
        try await withTool { tool in
            let lesson = SiteInPlaceTests.lesson("[a](img/Plot.txt) and [b](img/plot.txt)")
            try tool.write(lesson, to: "lessons/01-a.md")
            try tool.write("1", to: "lessons/img/Plot.txt")
            try tool.write("2", to: "lessons/img/plot.txt")
            let run = try await tool("build")
            #expect(run.status == 2)
            #expect(
                run.errors.contains(
                    "'img/Plot.txt' and 'img/plot.txt' are one file on a disk that does not distinguish cases"
                )
            )
            #expect(try tool.files(under: "site").isEmpty)
        }
    }

    @Test("keeps what it learns where git does not see it")
    func ignored() async throws {
        try await withTool { tool in
            try tool.write("---\ntitle: A\n---\n\n```swift model\n1\n```\n", to: "lessons/01-a.md")
            #expect(try await tool("build").status == 0)
            #expect(tool.read(".unroll/.gitignore") == "*\n")
        }
    }
}
