package import Execution
package import Lessons

/// What came of computing a share of a course, as data.
package struct RecordsOutcome: Sendable, Hashable, Codable {
    /// The folder that holds it; `nil` unless all of its lessons came to their ends.
    package var folder: String?
    /// The slugs of the share's lessons, in order.
    package var lessons: [String] = []
    /// The number of all lessons.
    package var all = 0
    /// The slugs of the lessons that were run.
    package var ran: [String] = []
    /// What is wrong, in the order of the places.
    package var diagnostics: [Diagnostic] = []
}

extension Project {
    /// Runs some lessons, and writes what they showed to a folder, and nothing else.
    ///
    /// - Parameters:
    ///   - names: The lessons, as they are typed; none means those of the share, or all.
    ///   - shard: The share; `nil` for all of it.
    ///   - folder: The folder; `nil` for one in the project's cache.
    ///   - runner: Finds what runs the lessons.
    ///   - jobs: The number of lessons that run at a time.
    ///   - observe: Hears of what happens.
    /// - Returns: `nil` if the task was canceled.
    package func buildRecords(
        of names: [String] = [],
        shard: Shard? = nil,
        to folder: String? = nil,
        by runner: () async throws(Diagnostic) -> LessonRunner,
        jobs: Int,
        observe: @escaping ProjectEvent.Observer = { _ in }
    ) async -> RecordsOutcome? {
        var log = DiagnosticLog(observe)
        log.add(diagnostics)
        var outcome = RecordsOutcome(all: lessons.count)
        do throws(Diagnostic) {
            let chosen = try lessons(named: names, of: shard)
            outcome.lessons = chosen.map(\.slug)
            let runner = try await equipped(runner(), log: &log)
            guard try runner.hasSharedKeys() else {
                throw Diagnostic(
                    .error,
                    .setup,
                    at: SourceLocation(file: runner.libraryFolder),
                    "the engine's library has no seal, so that no other machine could take what lessons show with it",
                    hint: "call the tool by its launcher, which builds and seals it"
                )
            }
            let runs = await run(chosen, by: runner, jobs: jobs, log: &log, observe: observe)
            if Task.isCancelled { return nil }
            outcome.ran = zip(chosen, runs).filter { !$1.isCached }.map(\.0.slug)
            let ended = zip(chosen, runs).filter { $1.record != nil }.map { (lesson: $0, run: $1) }
            // Of a share that is not whole, what is there is of use all the same.
            let path =
                folder
                ?? folders.shard(
                    shard?.description.replacing("/", with: "-of-")
                        ?? (names.isEmpty ? "all" : names.joined(separator: "+"))
                )
            try await ShardFolder.write(ended, to: path, as: shard)
            if !log.hasErrors { outcome.folder = path }
        } catch {
            log.add([error])
        }
        outcome.diagnostics = log.sorted
        return outcome
    }

    /// Returns the lessons with code that are named, or that a share has.
    private func lessons(named names: [String], of shard: Shard?) throws(Diagnostic) -> [Lesson] {
        if let shard { return shard.lessons(of: lessons, by: try LessonCosts(of: folders)) }
        guard !names.isEmpty else { return lessons.filter(\.hasCode) }
        var slugs: Set<String> = []
        for name in names { slugs.insert(try lesson(named: name).slug) }
        return lessons.filter { slugs.contains($0.slug) && $0.hasCode }
    }
}
