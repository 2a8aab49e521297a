internal import Course
internal import Execution
internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Testing
internal import Turns

/// A course with parts, a draft and a project of its own among the lessons, on disk.
@Suite("A course with parts", .serialized, .inTurns) struct PartsTests {
    private static let files = [
        "unroll.yml": "reference: false\n",
        "lessons/index.md": "---\ntitle: Course\n---\n\nBegin.\n",
        "lessons/01-first.md": "---\ntitle: First\n---\n\nSee [](2-gates/01-open.md#sum).\n",
        "lessons/data/tides.csv": "1\n2\n",
        "lessons/2-gates/index.md": "---\ntitle: Gates\n---\n\nGates.\n",
        "lessons/2-gates/own.csv": "3\n",
        "lessons/2-gates/01-open.md": """
        ---
        title: Open
        data: [own.csv, ../data/tides.csv]
        ---

        ```swift model name=sum caption="The sum"
        import Foundation
        let own = try! String(contentsOfFile: "own.csv", encoding: .utf8)
        let tides = try! String(contentsOfFile: "../data/tides.csv", encoding: .utf8)
        Table(columns: ["sum"], rows: [Row((own + tides).split(separator: "\\n").compactMap { Int($0) }.reduce(0, +))])
        ```

        """,
        "lessons/3-loops/index.md": "---\ntitle: Loops\n---\n\nLoops.\n",
        "lessons/3-loops/01-open.md": "---\ntitle: Open again\n---\n\n```swift model\n6 * 7\n```\n",
        "lessons/3-loops/02-later.md": "---\ntitle: Later\ndraft: true\n---\n\n```swift model\n1 +\n```\n",
        "lessons/other/unroll.yml": "", "lessons/other/lessons/01-first.md": "no lesson\n",
        "lessons/other/site/unroll-files.txt": "", "other/unroll.yml": "",
        "other/lessons/01-x.md": "no lesson\n",
    ]

    private func withCourse(_ body: (ProjectFolders, URL) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "unroll-parts-\(UUID().uuidString)", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: root) }
        for (path, text) in PartsTests.files {
            let file = root.appending(path: path)
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await body(PartsTests.folders(of: root), root)
    }

    private static func folders(of root: URL) -> ProjectFolders {
        let path = root.path(percentEncoded: false)
        return ProjectFolders(lessons: path + "lessons", site: path + "site")
    }

    @Test("is built and checked, with data from the lesson's own folder, and without its drafts")
    func built() async throws {
        try await withCourse { folders, root in
            let project = Project.read(folders)
            #expect(project.diagnostics.map(\.message) == ["1 draft is left out: 3-loops/02-later"])
            let runner = try await LessonRunner.find()
            let build = await project.build(by: { () throws(Diagnostic) in runner }, jobs: 2)
            let outcome = try #require(build)
            #expect(!outcome.hasErrors, "\(outcome.diagnostics)")
            let files = FileManager.default
            func exists(_ path: String) -> Bool {
                files.fileExists(atPath: root.appending(path: "site/\(path)").path)
            }
            for slug in ["2-gates/01-open", "3-loops/01-open"] {
                for path in ["\(slug).html", "records/\(slug).json", "downloads/\(slug).swift"] {
                    #expect(exists(path), "\(path)")
                }
            }
            #expect(!exists("3-loops/02-later.html") && !exists("other"))
            let json = try String(
                contentsOf: root.appending(path: "site/records/2-gates/01-open.json"),
                encoding: .utf8
            )
            #expect(json.contains("\"6\"") && json.contains("\"lesson\": \"2-gates/01-open\""))
            let check = await project.check(by: { () throws(Diagnostic) in runner }, jobs: 2, twice: false)
            #expect(try #require(check).check?.findings == [])
            let cell = await project.check(
                ["2-gates/open#sum"],
                by: { () throws(Diagnostic) in runner },
                jobs: 1,
                twice: false
            )
            #expect(try #require(cell).cells.map(\.id) == ["2-gates/01-open#sum"])
            let draft = await project.check(
                ["later"],
                by: { () throws(Diagnostic) in runner },
                jobs: 1,
                twice: false
            )
            #expect(
                draft?.diagnostics.map(\.message).contains("this is a draft, which is on no site") == true
            )
        }
    }

    @Test("has names for its lessons") func names() async throws {
        try await withCourse { folders, _ in
            let project = Project.read(folders)
            func slug(_ name: String) -> String {
                do throws(Diagnostic) {
                    return try project.lesson(named: name).slug
                } catch {
                    return "\(error.message); \(error.hint ?? "")"
                }
            }
            for (name, wanted) in [
                ("2-gates/01-open", "2-gates/01-open"), ("gates/open", "2-gates/01-open"),
                ("2/1", "2-gates/01-open"),
                ("lessons/2-gates/01-open.md", "2-gates/01-open"), ("2-gates", "2-gates/index"),
                ("3", "3-loops/index"),
                ("2-gates/index.md", "2-gates/index"), ("index", "index"), ("1", "01-first"),
                ("first", "01-first"),
                ("/a/b/lessons/01-first.md", "01-first"), ("lessons/01-first", "01-first"),
                ("01-open", "'01-open' may mean 2 lessons; write 2-gates/01-open or 3-loops/01-open"),
                ("open", "'open' may mean 2 lessons; write 2-gates/01-open or 3-loops/01-open"),
                ("2-gates/01-opn", "there is no such lesson; did you mean '2-gates/01-open'?"),
                ("01-frst", "there is no such lesson; did you mean '01-first'?"),
                ("later", "3-loops/02-later"), ("", "no lesson is named"),
            ] {
                #expect(slug(name).hasPrefix(wanted), "\(name): \(slug(name))")
            }
        }
    }

    @Test("has places for new lessons") func new() async throws {
        try await withCourse { folders, _ in
            func slug(_ name: String) -> String {
                do throws(Diagnostic) {
                    return try LessonScaffold.begin(name, in: folders.lessons).slug
                } catch {
                    return "\(error.message); \(error.hint ?? "")"
                }
            }
            for (name, wanted) in [
                ("last", "04-last"), ("2-gates/closing", "2-gates/02-closing"),
                ("loops/03-x", "3-loops/03-x"),
                ("5-end/index", "5-end/index"), ("end/index", "04-end/index"), ("data/index", "data/index"),
                ("2-gats/x", "there is no such part; did you mean '2-gates'?"),
                ("new/x", "there is no such part; ./unroll new new/index begins it"),
            ] { #expect(slug(name) == wanted) }
            let part = LessonScaffold(slug: "5-the-end/index").text
            #expect(part.contains("title: The end\n") && Lesson.read(part, file: "a/index.md").lesson != nil)
        }
    }

    @Test("leaves projects of their own alone") func foreign() async throws {
        try await withCourse { folders, root in
            #expect(
                LessonAssets.find(besideLessonsIn: folders.lessons).paths == [
                    "2-gates/own.csv", "data/tides.csv",
                ]
            )
            let inner = PartsTests.folders(
                of: root.appending(path: "lessons/other", directoryHint: .isDirectory)
            )
            #expect(Project.read(inner).diagnostics.map(\.location.file) == ["lessons/01-first.md"])
        }
    }
}
