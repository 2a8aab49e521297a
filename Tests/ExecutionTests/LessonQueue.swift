import Execution
import Foundation
import Lessons
import Records
import Synchronization
import Testing

@Suite("A queue of lessons") struct LessonQueueTests {
    private func lesson(_ slug: String, _ code: String) throws -> Lesson {
        let text = "---\ntitle: Test\n---\n\n```swift model name=a\n\(code)\n```\n"
        return try #require(Lesson.read(text, file: "lessons/\(slug).md").lesson)
    }

    @Test("Results come in the order of the lessons, progress as it happens") func order() async throws {
        let lessons = [
            try lesson("01-slow", "import Glibc\nusleep(400_000)\n1"), try lesson("02-wrong", "lost"),
            try lesson("03-fast", "3"),
        ]
        let seen = Mutex<[LessonQueue.Progress]>([])
        let queue = LessonQueue(runner: try await TestRunner.shared(), jobs: 2)
        let runs = await queue.run(lessons) { progress in seen.withLock { $0.append(progress) } }
        #expect(runs.map { $0.record?.lesson } == ["01-slow", nil, "03-fast"])
        let progress = seen.withLock { $0 }
        #expect(progress.contains(.cell(lesson: "03-fast", name: "a")))
        #expect(progress.contains(.ended(lesson: "02-wrong", run: runs[1])))
        #expect(progress.first == .began(lesson: "01-slow") || progress.first == .began(lesson: "02-wrong"))
    }

    @Test("The longest lesson begins first, and one that was never run before all") func longest()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        var runner = try await TestRunner.shared()
        runner.cache = RunCache(folder: folder.path())
        let fast = try lesson("01-fast", "1")
        let slow = try lesson("02-slow", "import Glibc\nusleep(9_000_000)")
        let new = try lesson("03-new", "3")
        _ = await LessonQueue(runner: runner, jobs: 1).run([fast, slow])
        let seen = Mutex<[String]>([])
        _ = await LessonQueue(runner: runner, jobs: 1).run([fast, slow, new]) { progress in
            if case .began(let lesson) = progress { seen.withLock { $0.append(lesson) } }
        }
        #expect(seen.withLock { $0 } == ["03-new", "02-slow", "01-fast"])
    }
}
