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
                        + "  rename 04-a.MD, to 04-a.md, say: \(rule)"
                ]
            )
        }
    }

    @Test func foldersWithLessonsAreNotRead() throws {
        try inScratchFolder { folder in
            let files = [
                "part/01-b.md", "part/deep/index.md", "deep/in/02-c.md", "data/notes.md", "data/1.csv",
                ".git/01-x.md",
                "site/unroll-files.txt", "site/downloads/01-a.md", "other/unroll.yml",
                "other/lessons/01-a.md",
            ]
            for path in ["01-a.md"] + files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Self.lesson.write(to: file)
            }
            #expect(
                messages(LessonFolder.read(at: folder.path, named: "lessons")) == [
                    "lessons: warning: not read: deep/, part/\n"
                        + "  lessons stand in the folder itself: move them there"
                ]
            )
        }
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
            #expect(
                messages(LessonFolder.read(at: folder.path, named: "lessons")) == [
                    "lessons/01-a.md: error: the lesson cannot be read: it is a folder\n"
                        + "  rename the folder: only lessons end with .md",
                    "lessons/02-b.md: error: the lesson cannot be read: its link leads nowhere\n"
                        + "  remove the link, or point it at a file",
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
