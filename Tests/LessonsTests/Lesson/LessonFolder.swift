internal import Foundation
internal import Lessons
internal import Testing

@Suite struct LessonFolderTests {
    private static let lesson = Data("---\ntitle: A\n---\n\nText.\n".utf8)

    @Test func lessonsComeInTheOrderOfTheirNumbers() throws {
        try inScratchFolder { folder in
            for name in ["100-c.md", "02-b.md", "01-a.md", ".hidden.md", "notes.txt"] {
                try Self.lesson.write(to: folder.appending(path: name))
            }
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.diagnostics == [])
            #expect(read.lessons.map(\.slug) == ["01-a", "02-b", "100-c"])
            #expect(read.lessons.map(\.file) == ["lessons/01-a.md", "lessons/02-b.md", "lessons/100-c.md"])
        }
    }

    @Test func lessonsWithoutANumberStandOutsideTheOrder() throws {
        try inScratchFolder { folder in
            for name in ["gallery.md", "02-b.md", "index.md", "appendix-2.md", "01-a.md"] {
                try Self.lesson.write(to: folder.appending(path: name))
            }
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.diagnostics == [])
            #expect(read.lessons.map(\.slug) == ["index", "01-a", "02-b", "appendix-2", "gallery"])
            #expect(read.lessons.map(\.isFront) == [true, false, false, false, false])
        }
    }

    @Test func whatIsForReadersOfTheRepositoryIsLeftAlone() throws {
        try inScratchFolder { folder in
            for name in [
                "README.md", "Readme.markdown", "LICENSE.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md",
            ] {
                try Data("# No lesson\n".utf8).write(to: folder.appending(path: name))
            }
            let notes =
                "lessons: note: not read: CODE_OF_CONDUCT.md, CONTRIBUTING.md, LICENSE.md, README.md, Readme.markdown"
            let none = LessonFolder.read(at: folder.path, named: "lessons").diagnostics
            #expect(none.map(\.severity) == [.note, .error])
            #expect(none.map(\.message).last == "the folder holds no lesson")
            for name in ["01-a.md", "license.md"] { try Self.lesson.write(to: folder.appending(path: name)) }
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(messages(read) == [notes])
            #expect(read.lessons.map(\.slug) == ["01-a", "license"])
        }
    }

    @Test func aFolderGoesByItsOwnName() throws {
        try inScratchFolder { folder in
            let course = folder.appending(path: "course")
            try FileManager.default.createDirectory(at: course, withIntermediateDirectories: false)
            try Self.lesson.write(to: course.appending(path: "01-a.md"))
            #expect(LessonFolder.read(at: course.path + "/.").lessons.map(\.file) == ["course/01-a.md"])
        }
    }

    @Test func whatIsNotReadIsSaidInOneLine() throws {
        try inScratchFolder { folder in
            let rule =
                "a lesson's name is words of a–z and 0–9 joined by -, the first a number of two digits or "
                + "more unless it stands outside the order, then .md"
            for name in ["Intro.md", "3_b c.md", "04-a.MD", "05-a.markdown", "06-a.md", "README.md"] {
                try Self.lesson.write(to: folder.appending(path: name))
            }
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.lessons.map(\.slug) == ["06-a"])
            #expect(
                messages(read) == [
                    "lessons: warning: not read: 04-a.MD, 05-a.markdown, 3_b c.md, Intro.md, README.md\n"
                        + "  rename 04-a.MD, to 04-a.md; 05-a.markdown, to 05-a.md; 3_b c.md, to 03-b-c.md; Intro.md, to intro.md, "
                        + "say: \(rule)"
                ]
            )
        }
    }

    @Test func foldersWithAPageAreParts() throws {
        try inScratchFolder { folder in
            let files = [
                "gallery.md", "index.md", "3-loops/index.md", "3-loops/01-open.md", "2-gates/02-closing.md",
                "2-gates/01-open.md", "2-gates/index.md", "2-gates/aside.md", "01-a.md", "2-gates/x.png",
            ]
            for path in files { try write(Self.lesson, to: path, in: folder) }
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.diagnostics == [])
            let slugs = [
                "index", "01-a", "2-gates/index", "2-gates/01-open", "2-gates/02-closing", "2-gates/aside",
                "3-loops/index", "3-loops/01-open", "gallery",
            ]
            #expect(read.lessons.map(\.slug) == slugs)
            #expect(LessonFolder.names(at: folder.path) == slugs)
            let open = try #require(read.lessons.first { $0.slug == "2-gates/01-open" })
            #expect(open.file == "lessons/2-gates/01-open.md")
            #expect((open.part, open.name, open.isPart) == ("2-gates", "01-open", false))
            #expect(read.lessons.filter(\.isPart).map(\.part) == ["2-gates", "3-loops"])
            #expect(read.lessons.filter(\.isFront).map(\.slug) == ["index"])
        }
    }

    @Test func whatIsNotReadInPartsIsSaid() throws {
        try inScratchFolder { folder in
            let files = [
                "01-a.md", "part/01-b.md", "part/deep/index.md", "deep/in/02-c.md", "data/notes.md",
                "data/1.csv",
                "tables/1.csv", "tables/README.md", ".git/01-x.md", "3 Loops/index.md", "4-end/index.md",
                "4-end/Intro.md", "4-end/inner/01-x.md", "4-end/data/1.csv", "site/unroll-files.txt",
                "site/downloads/01-a.md", "other/unroll.yml", "other/lessons/01-a.md",
                "mixed/guide/unroll.yml",
                "mixed/guide/01-a.md", "4-end/guide/unroll.yml", "4-end/guide/01-a.md",
            ]
            for path in files { try write(Self.lesson, to: path, in: folder) }
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.lessons.map(\.slug) == ["01-a", "4-end/index"])
            let remedy = "  ./unroll new"
            #expect(
                messages(read) == [
                    "lessons: warning: not read: 3 Loops/\n  rename 3 Loops/, to 3-loops/, say: a part's name is words of "
                        + "a–z and 0–9 joined by -",
                    "lessons/data: note: not read: this folder is no part, for it has no index.md",
                    "lessons/deep: warning: not read: this folder is no part, for it has no index.md\n\(remedy) "
                        + "deep/index begins its page",
                    "lessons/part: warning: not read: this folder is no part, for it has no index.md\n\(remedy) "
                        + "part/index begins its page",
                    "lessons/4-end: warning: not read: Intro.md, inner/\n  rename Intro.md, to intro.md, say: a lesson's "
                        + "name is words of a–z and 0–9 joined by -, the first a number of two digits or more unless it "
                        + "stands outside the order, then .md",
                ]
            )
        }
    }

    @Test func partsAndLessonsShareTheirNumbers() throws {
        try inScratchFolder { folder in
            for path in ["02-a.md", "2-gates/index.md", "2-gates/01-x.md", "2-gates/01-y.md"] {
                try write(Self.lesson, to: path, in: folder)
            }
            #expect(
                messages(LessonFolder.read(at: folder.path, named: "lessons")) == [
                    "lessons/2-gates: error: 2-gates/ and 02-a.md have the same number, so their order is not clear\n"
                        + "  give each lesson and part a number of its own",
                    "lessons/2-gates/01-y.md: error: 01-y.md and 01-x.md have the same number, so their order is not "
                        + "clear\n  give each lesson a number of its own",
                ]
            )
        }
    }

    @Test func draftsAreLeftOut() throws {
        try inScratchFolder { folder in
            let draft = Data("---\ntitle: A\ndraft: true\n---\n".utf8)
            try write(Self.lesson, to: "01-a.md", in: folder)
            try write(draft, to: "02-b.md", in: folder)
            try write(draft, to: "3-c/index.md", in: folder)
            try write(Self.lesson, to: "3-c/01-d.md", in: folder)
            let broken = Data("---\ntitle: A\ndraft: true\n---\n\n```swift model nam=x\n```\n".utf8)
            try write(broken, to: "04-e.md", in: folder)
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.lessons.map(\.slug) == ["01-a"])
            #expect(read.drafts.map(\.slug) == ["02-b", "3-c/index", "3-c/01-d"])
            #expect(
                messages(read) == ["lessons: note: 4 drafts are left out: 02-b, 3-c/index, 3-c/01-d, 04-e"]
            )
            #expect(read.draftDiagnostics.map(\.location.file) == ["lessons/04-e.md"])
            let all = LessonFolder.read(at: folder.path, named: "lessons", withDrafts: true)
            #expect(all.lessons.map(\.slug) == ["01-a", "02-b", "3-c/index", "3-c/01-d"])
            #expect(all.lessons.map(\.frontMatter.isDraft) == [false, true, true, true])
            #expect(all.diagnostics == read.draftDiagnostics)
        }
    }

    @Test func dataOfAPartCountFromItsFolder() throws {
        try inScratchFolder { folder in
            for path in ["2-b/names.txt", "data/tides.csv"] { try write(Data(), to: path, in: folder) }
            let list = ["names.txt", "../data/tides.csv", "data/tides.csv", "../../x", "../2-b/../x"]
            let lesson = "---\ntitle: A\ndata: [\(list.joined(separator: ", "))]\n---\n"
            try write(Data(lesson.utf8), to: "2-b/index.md", in: folder)
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            let place = "write it from the lesson's own folder, 2-b: data/names.txt"
            #expect(
                read.diagnostics.map { "\($0.message); \($0.hint ?? "")" } == [
                    "the path '../../x' leads out of the folder of lessons; \(place)",
                    "the path '../2-b/../x' leads out of the folder of lessons; \(place)",
                ]
            )
            let right = lesson.replacing(", ../../x, ../2-b/../x", with: "")
            try write(Data(right.utf8), to: "2-b/index.md", in: folder)
            #expect(
                LessonFolder.read(at: folder.path, named: "lessons").diagnostics.map {
                    "\($0.message); \($0.hint ?? "")"
                } == [
                    "there is no data file '2-b/data/tides.csv' in the folder of lessons; paths count from the lesson's own "
                        + "folder, 2-b; ../ leads to the one around it"
                ]
            )
            try write(
                Data(right.replacing(", data/tides.csv", with: "").utf8),
                to: "2-b/index.md",
                in: folder
            )
            let paths = LessonFolder.read(at: folder.path).lessons.first?.frontMatter.data.map(\.path)
            #expect(paths == ["2-b/names.txt", "data/tides.csv"])
        }
    }

    private func write(_ contents: Data, to path: String, in folder: URL) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try contents.write(to: file)
    }

    @Test func lessonsWithOneNumberAreReported() throws {
        try inScratchFolder { folder in
            for name in ["06-a.md", "06-b.md"] { try Self.lesson.write(to: folder.appending(path: name)) }
            #expect(
                messages(LessonFolder.read(at: folder.path, named: "lessons")) == [
                    "lessons/06-b.md: error: 06-b.md and 06-a.md have the same number, so their order is not clear"
                        + "\n  give each lesson a number of its own"
                ]
            )
        }
    }

    @Test func allLessonsErrorsAreReported() throws {
        try inScratchFolder { folder in
            try Data("no front matter\n".utf8).write(to: folder.appending(path: "01-a.md"))
            try Data("---\ntitel: B\n---\n".utf8).write(to: folder.appending(path: "02-b.md"))
            try Self.lesson.write(to: folder.appending(path: "03-c.md"))
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.diagnostics.map(\.location.file) == ["lessons/01-a.md", "lessons/02-b.md"])
            #expect(read.lessons.map(\.slug) == ["03-c"])
        }
    }

    @Test func whatIsNoFolderOfLessonsIsSaidOnce() throws {
        try inScratchFolder { folder in
            let missing = folder.appending(path: "missing").path
            #expect(
                messages(LessonFolder.read(at: missing)) == [
                    "\(missing): error: there is no such folder\n"
                        + "  name the folder of lessons with --lessons DIR, or with lessons: in unroll.yml"
                ]
            )
            #expect(
                messages(LessonFolder.read(at: folder.path, named: "lessons")) == [
                    "lessons: error: the folder holds no lesson\n  a lesson is a file such as 01-first-steps.md"
                ]
            )
            let file = folder.appending(path: "01-a.md")
            try Self.lesson.write(to: file)
            #expect(
                messages(LessonFolder.read(at: file.path)) == [
                    "\(file.path): error: this is a file; lessons are read from a folder"
                        + "\n  name the folder that holds it"
                ]
            )
        }
    }

    @Test func filesThatCannotBeReadAreNamed() throws {
        try inScratchFolder { folder in
            let files = FileManager.default
            try files.createDirectory(
                at: folder.appending(path: "01-a.md"),
                withIntermediateDirectories: false
            )
            try files.createSymbolicLink(
                atPath: folder.appending(path: "02-b.md").path,
                withDestinationPath: "nowhere"
            )
            #expect(mkfifo(folder.appending(path: "03-c.md").path, 0o600) == 0)
            #expect(
                messages(LessonFolder.read(at: folder.path, named: "lessons")) == [
                    "lessons/01-a.md: error: the lesson cannot be read: it is a folder\n"
                        + "  rename the folder: only lessons end with .md",
                    "lessons/02-b.md: error: the lesson cannot be read: its link leads nowhere\n"
                        + "  remove the link, or point it at a file",
                    "lessons/03-c.md: error: the lesson cannot be read: it is no file, but a pipe or a device\n"
                        + "  rename it: only lessons end with .md",
                ]
            )
        }
    }

    @Test func declaredDataMustBeThere() throws {
        try inScratchFolder { folder in
            let files = FileManager.default
            try files.createDirectory(at: folder.appending(path: "data"), withIntermediateDirectories: false)
            try Data().write(to: folder.appending(path: "data/names.txt"))
            let paths = ["data/names.txt", "data/name.txt", "data", "data/out.txt", "循环.csv"]
            let list = paths.map { "  - \($0)\n" }.joined()
            let lesson = "---\ntitle: A\ndata:\n\(list)---\n"
            try Data(lesson.utf8).write(to: folder.appending(path: "01-a.md"))
            try files.createSymbolicLink(
                atPath: folder.appending(path: "data/out.txt").path,
                withDestinationPath: "/etc/hostname"
            )
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.lessons.isEmpty)
            #expect(
                read.diagnostics.map { "\($0.location): \($0.message); \($0.hint ?? "")" } == [
                    "lessons/01-a.md:5:5: there is no data file 'data/name.txt' in the folder of lessons; "
                        + "did you mean 'data/names.txt'?",
                    "lessons/01-a.md:6:5: 'data' is a folder; data files are declared one by one; "
                        + "write data/… for each",
                    "lessons/01-a.md:7:5: 'data/out.txt' is a link out of the folder of lessons; "
                        + "copy the file into the folder",
                    "lessons/01-a.md:8:5: there is no data file '循环.csv' in the folder of lessons; "
                        + "paths count from the folder of lessons",
                ]
            )
        }
    }

    @Test func dataThatIsThereIsDeclared() throws {
        try inScratchFolder { folder in
            try Data().write(to: folder.appending(path: "names.txt"))
            let lesson = "---\ntitle: A\ndata: [names.txt]\n---\n"
            try Data(lesson.utf8).write(to: folder.appending(path: "01-a.md"))
            let read = LessonFolder.read(at: folder.path, named: "lessons")
            #expect(read.diagnostics == [])
            #expect(read.lessons.first?.frontMatter.data.map(\.path) == ["names.txt"])
        }
    }

    private func messages(_ folder: LessonFolder) -> [String] {
        folder.diagnostics.map(\.description)
    }

    private func inScratchFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lessons-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
