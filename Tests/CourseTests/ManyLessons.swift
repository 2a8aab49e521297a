internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Testing
internal import Turns

/// Courses that are far larger than ours.
@Suite("Many lessons", .inTurns) struct ManyLessonsTests {
    /// The time that it takes to read and to render some lessons, a sixth of them in parts.
    private func time(of count: Int) throws -> Duration {
        let folder = FileManager.default.temporaryDirectory.appending(path: "unroll \(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for part in ["", "1-first/", "2-second/"] {
            let inner = folder.appending(path: part)
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            try Data("---\ntitle: Front\n---\n".utf8).write(to: inner.appending(path: "index.md"))
        }
        for number in 10..<count + 10 {
            let part = number % 12 == 0 ? "1-first/" : number % 12 == 1 ? "2-second/" : ""
            let text =
                "---\ntitle: Lesson \(number)\n---\n\n## First\n\nSome *words*.\n\n```swift\nlet n = 1\n```\n"
            try Data(text.utf8).write(to: folder.appending(path: "\(part)\(number)-lesson.md"))
        }
        return try (0..<3).map { _ in
            try ContinuousClock().measure {
                let lessons = LessonFolder.read(at: folder.path, named: "lessons").lessons
                let finished = lessons.map { FinishedLesson($0, RunRecord(lesson: $0.slug, cells: [])) }
                let site = Site.render(SiteSettings(), lessons: finished, highlight: { _ in [] })
                try #require(lessons.count == count + 3 && site.files.count > count)
            }
        }.min()!
    }

    @Test("take time in proportion to their number") func linear() throws {
        // The list of chapters on each page of a course with parts grows with the course, and is short; what was done for
        // each pair of lessons took thirty times as long here.
        let (few, many) = (try time(of: 250), try time(of: 1500))
        #expect(many < few * 14, "six times as many: \(few), then \(many)")
    }
}
