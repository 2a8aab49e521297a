internal import Execution
internal import Lessons

/// The lessons of a folder, run at the same time, reported in their order.
struct Course {
    var lessons: [Lesson]
    var runner: LessonRunner
    /// The folder of the lessons, in which their data files lie.
    var folder: String

    /// Runs all lessons, `width` at a time, those that took longest last time first.
    ///
    /// - Parameter onRun: Called with each lesson's run in the order of the lessons, as soon as those before it are
    ///   through, so that what is printed does not depend on which was faster.
    func run(width: Int, onRun: (Lesson, LessonRun) -> Void) async {
        var waiting = lessons.indices.sorted { (cost($0), $1) > (cost($1), $0) }[...]
        var runs: [Int: LessonRun] = [:]
        var reported = 0
        await withTaskGroup(of: (Int, LessonRun).self) { group in
            func start() {
                guard let index = waiting.popFirst() else { return }
                let (lesson, runner, folder) = (lessons[index], runner, folder)
                group.addTask { (index, await runner.run(lesson, data: folder)) }
            }
            for _ in 0..<width { start() }
            for await (index, run) in group {
                start()
                runs[index] = run
                while let run = runs.removeValue(forKey: reported) {
                    onRun(lessons[reported], run)
                    reported += 1
                }
            }
        }
    }

    private func cost(_ index: Int) -> Duration {
        runner.cache?.cost(of: lessons[index].slug) ?? .seconds(3600)
    }
}
