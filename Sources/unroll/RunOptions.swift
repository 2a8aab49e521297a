public import ArgumentParser
internal import Execution
internal import Lessons

/// How lessons are run.
struct RunOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many lessons run at a time (default: one a processor that may be used).",
            valueName: "n"
        )
    )
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "Whether lessons run walled in by bubblewrap: auto, require or off.",
            valueName: "policy"
        )
    )
    var sandbox: Sandbox.Policy = .automatic

    @Flag(help: "Say nothing but what is wrong.")
    var quiet = false

    @Flag(help: "Say of each lesson what it does, and tell all differences.")
    var verbose = false

    func validate() throws {
        guard (jobs ?? 1) >= 1 else { throw ValidationError("--jobs takes a number from 1") }
        guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose contradict each other") }
    }

    /// A runner that keeps records beside the lessons' folder.
    func runner(in folders: SiteOptions) async throws(Diagnostic) -> LessonRunner {
        try await LessonRunner.find(sandbox: sandbox, cache: Cache(folder: folders.cacheFolder))
    }

    /// A runner that keeps records beside the lessons' folder, or why there is none.
    func readyRunner(in folders: SiteOptions) async -> Result<LessonRunner, Diagnostic> {
        do throws(Diagnostic) {
            return .success(try await runner(in: folders))
        } catch {
            return .failure(error)
        }
    }

    /// Runs lessons side by side, and reports on them.
    ///
    /// - Returns: What came of each, in the order of the lessons; nothing if the task was cancelled.
    func run(
        _ lessons: [Lesson],
        of course: Course,
        by runner: LessonRunner,
        report: inout BuildReport,
        onProgress: @Sendable @escaping (LessonQueue.Progress) -> Void = { _ in }
    ) async -> [LessonRun] {
        let progress = LessonProgress(of: lessons, verbosity: quiet ? .quiet : verbose ? .verbose : .usual)
        let queue = LessonQueue(runner: runner, jobs: jobs ?? Processors.usable, data: course.folder)
        let runs: [LessonRun]
        do {
            // For the site, which asks again: the lessons leave it time to come by.
            async let _ = course.needsReference ? try? runner.symbolGraphs() : nil
            // Ends, and takes its lines away, with the scope.
            async let _ = progress.tick()
            runs = await queue.run(lessons) {
                progress.take($0)
                onProgress($0)
            }
        }
        // A lesson that was stopped has nothing to say.
        guard !Task.isCancelled else { return [] }
        for (lesson, run) in zip(lessons, runs) { report.add(run, of: lesson) }
        return runs
    }
}

extension Sandbox.Policy: ExpressibleByArgument {}
