internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Testing
internal import Turns

/// Courses that are far larger than ours.
@Suite("Many lessons", .inTurns) struct ManyLessonsTests {
    /// The time that it takes to read and to render some lessons.
    private func time(of count: Int) throws -> Duration {
        let folder = FileManager.default.temporaryDirectory.appending(path: "unroll \(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for number in 10..<count + 10 {
            let text =
                "---\ntitle: Lesson \(number)\n---\n\n## First\n\nSome *words*.\n\n```swift\nlet n = 1\n```\n"
            try Data(text.utf8).write(to: folder.appending(path: "\(number)-lesson.md"))
        }
        return try (0..<3).map { _ in
            try ContinuousClock().measure {
                let lessons = LessonFolder.read(at: folder.path, named: "lessons").lessons
                let finished = lessons.map { FinishedLesson($0, RunRecord(lesson: $0.slug, cells: [])) }
                let site = Site.render(SiteSettings(), lessons: finished, highlight: { _ in [] })
                try #require(lessons.count == count && site.files.count > count)
            }
        }.min()!
    }

    @Test("take time in proportion to their number") func linear() throws {
        // What is done for each pair of lessons takes thirty-six times as long.
        let (few, many) = (try time(of: 200), try time(of: 1200))
        #expect(many < few * 14, "six times as many: \(few), then \(many)")
    }
}
