import Execution

/// One runner for all tests: the toolchain in `PATH` and the library that this build made.
enum TestRunner {
    private static let task = Task { try await LessonRunner.find() }

    static func shared() async throws -> LessonRunner { try await task.value }
}
