public import Lessons
public import Records

/// Lessons that are run side by side.
public struct LessonQueue: Sendable {
    /// The progress of a queue; lessons are named by their slugs.
    public enum Progress: Sendable, Equatable {
        /// A lesson is being compiled, or its record looked up.
        case began(lesson: String)
        /// A lesson's cell begins.
        case cell(lesson: String, name: String)
        /// A lesson's cell has come to its end, and showed this.
        case showed(lesson: String, cell: CellRecord)
        /// A lesson has come to its end, or stopped.
        case ended(lesson: String, run: LessonRun)
    }

    private let runner: LessonRunner
    private let jobs: Int
    private let data: String?

    /// Makes a queue.
    ///
    /// - Parameters:
    ///   - runner: The runner of the lessons.
    ///   - jobs: The number of lessons that run at a time, at least 1.
    ///   - data: The folder in which the data files lie that lessons declare.
    public init(runner: LessonRunner, jobs: Int, data: String? = nil) {
        self.runner = runner
        self.jobs = max(1, jobs)
        self.data = data
    }

    /// Runs lessons.
    ///
    /// - Parameters:
    ///   - lessons: The lessons.
    ///   - onProgress: Called as things happen, from any thread.
    /// - Returns: The run of each lesson, in the order of `lessons`, however long each of them took. When the task is
    ///   cancelled the lessons that run are stopped, and those that wait are left out.
    public func run(
        _ lessons: [Lesson],
        onProgress: @Sendable @escaping (Progress) -> Void = { _ in }
    ) async -> [LessonRun] {
        runner.analysis.prepare(lessons.flatMap(\.swift))
        defer { runner.analysis.storeNotes() }
        let order = LessonQueue.order(of: lessons)
        let runs = await order.concurrentlyMapped(jobs: jobs) {
            (index: $0, run: await run(lessons[$0], onProgress))
        }
        return runs.sorted { $0.index < $1.index }.map(\.run)
    }

    /// Returns the indices of lessons, first those whose cells may take most time, so that no long one is left to run alone
    /// at the end.
    package static func order(of lessons: [Lesson]) -> [Int] {
        let times = lessons.map { lesson in
            lesson.cells.compactMap { $0.options.timeout ?? lesson.frontMatter.timeout }.reduce(.zero, +)
        }
        return lessons.indices.sorted { a, b in times[a] == times[b] ? a < b : times[a] > times[b] }
    }

    private func run(
        _ lesson: Lesson,
        _ onProgress: @Sendable @escaping (Progress) -> Void
    ) async -> LessonRun {
        onProgress(.began(lesson: lesson.slug))
        let run = await runner.run(lesson, data: data) { progress in
            switch progress {
            case .began(let cell): onProgress(.cell(lesson: lesson.slug, name: cell))
            case .ended(let cell): onProgress(.showed(lesson: lesson.slug, cell: cell))
            }
        }
        if !Task.isCancelled { onProgress(.ended(lesson: lesson.slug, run: run)) }
        return run
    }
}
