import Execution
import Foundation
import Lessons
import Records
import Synchronization
import Testing
import Turns

@Suite("A queue of lessons", .inTurns) struct LessonQueueTests {
    private func lesson(
        _ slug: String,
        _ code: String,
        frontMatter: String = "",
        option: String = ""
    ) throws -> Lesson {
        let text = "---\ntitle: Test\n\(frontMatter)---\n\n```swift model name=a\(option)\n\(code)\n```\n"
        return try #require(Lesson.read(text, file: "lessons/\(slug).md").lesson)
    }

    @Test("Results come in the order of the lessons, progress as it happens") func order() async throws {
        let lessons = [
            try lesson("01-slow", "(0..<3_000_000).reduce(0, ^)"), try lesson("02-wrong", "lost"),
            try lesson("03-fast", "3"),
        ]
        let seen = Mutex<[LessonQueue.Progress]>([])
        let queue = LessonQueue(runner: try await TestRunner.shared(), jobs: 2)
        let runs = await queue.run(lessons) { progress in seen.withLock { $0.append(progress) } }
        #expect(runs.map { $0.record?.lesson } == ["01-slow", nil, "03-fast"])
        let progress = seen.withLock { $0 }
        #expect(progress.contains(.cell(lesson: "03-fast", name: "a")))
        let shown = CellRecord(name: "a", outputs: [.value("3")])
        #expect(progress.contains(.showed(lesson: "03-fast", cell: shown)))
        #expect(progress.contains(.ended(lesson: "02-wrong", run: runs[1])))
        #expect(progress.first == .began(lesson: "01-slow") || progress.first == .began(lesson: "02-wrong"))
    }

    @Test("Lessons that may take long come first, whoever says so") func longest() throws {
        let lessons = [
            try lesson("01-short", "1"), try lesson("02-cell", "1", option: " timeout=60s"),
            try lesson("03-lesson", "1", frontMatter: "timeout: 90s\n"),
            try lesson("04-both", "1", frontMatter: "timeout: 90s\n", option: " timeout=20s"),
        ]
        #expect(LessonQueue.order(of: lessons) == [2, 1, 3, 0])
    }

    @Test("A queue that is cancelled stops what runs, and begins nothing") func cancelled() async throws {
        let lessons = [
            try lesson("01-endless", "while true {}"), try lesson("02-next", "1"),
        ]
        let queue = LessonQueue(runner: try await TestRunner.shared(), jobs: 1)
        let (cells, continuation) = AsyncStream.makeStream(of: LessonQueue.Progress.self)
        let running = Task { await queue.run(lessons) { continuation.yield($0) } }
        for await case .cell(lesson: "01-endless", _) in cells { break }
        running.cancel()
        let runs = await running.value
        continuation.finish()
        #expect(runs.count == 1)
        #expect(runs.first?.record == nil)
        for await progress in cells { Issue.record("nothing is said any more, but \(progress)") }
    }
}
