package import Execution
internal import Foundation
package import Lessons
internal import Pages
internal import Serialization

/// What must be computed before a course's site can be built, for engines that start processes on many machines.
///
/// Each task may be run anywhere, in any order, twice, and again after it failed.
package struct ComputationPlan: Sendable, Codable, Equatable {
    /// A process to run in the folder that the plan was made in.
    package struct Task: Sendable, Codable, Equatable {
        /// The name, by which the tasks of a plan are told apart.
        package var id: String
        /// The command, for a shell.
        package var command: String
        /// The keys of the lessons that it runs, by their slugs.
        package var keys: [String: String]
        /// The seconds that it takes.
        package var seconds: Double
        /// Whether that is guessed by the size of a lesson's code, for it never ran here.
        package var isGuess: Bool
        /// The most memory that a lesson's process gets, in bytes.
        package var memory: Int
        /// The seconds after which it is stopped at the latest, by the limits of its cells.
        package var limit: Int
        /// The files that it reads.
        package var inputs: [String]
        /// The file that it writes last.
        package var outputs: [String]
    }

    /// The tasks, the longest first.
    package var tasks: [Task]
    /// The task after all of them: it says what is missing, or builds the site.
    package var collecting: Task
    /// The command that plans what is missing then.
    package var again: String
    /// The slugs of the lessons whose runs are there.
    package var present: [String]

    /// The seconds that the tasks take one after the other.
    package var seconds: Double { tasks.reduce(0) { $0 + $1.seconds } }
}

extension Project {
    /// Returns what must be computed.
    ///
    /// - Parameters:
    ///   - count: The number of tasks; `nil` for one a lesson.
    ///   - everything: Whether lessons whose runs are there are computed, too.
    ///   - runner: What knows the keys.
    ///   - observe: Hears of what is wrong with shared caches.
    /// - Throws: `Diagnostic`, of what cannot be read.
    package func plan(
        into count: Int? = nil,
        everything: Bool = false,
        by runner: LessonRunner,
        observe: ProjectEvent.Observer = { _ in }
    ) async throws(Diagnostic) -> ComputationPlan {
        var costs = try LessonCosts(of: folders)
        let known = Set(costs.seconds.keys)
        let own = lessons.filter { !known.contains($0.slug) }
        costs.add(own, ranBy: runner)
        var keys: [String: RunKey] = [:]
        for lesson in lessons where lesson.hasCode {
            keys[lesson.slug] = try runner.key(of: lesson, data: folders.lessons)
        }
        var absent = lessons.filter(\.hasCode)
        if !everything {
            var shared = runner.shared
            for folder in ShardFolder.all(in: folders.shards) { shared.append(.shard(at: folder.path)) }
            var missing: [Lesson] = []
            for lesson in absent {
                guard let key = keys[lesson.slug] else { continue }
                let (isThere, warnings) = await runner.hasRun(of: lesson, with: key, orIn: shared)
                observe(.found(warnings))
                if !isThere { missing.append(lesson) }
            }
            absent = missing
        }
        let groups =
            count.map { Shard.divide(absent, into: $0, by: costs).filter { !$0.isEmpty } }
            ?? absent.map { [$0] }
        let tasks = groups.enumerated().map { index, group in
            task(
                count == nil ? group[0].slug : "task-\(index + 1)",
                running: group,
                under: keys,
                costing: costs,
                limits: runner.limits
            )
        }
        let missing = Set(absent.map(\.slug))
        return ComputationPlan(
            tasks: tasks.sorted { $0.seconds == $1.seconds ? $0.id < $1.id : $0.seconds > $1.seconds },
            collecting: collecting(tasks, limits: runner.limits),
            again: folders.pasteable("./unroll plan"),
            present: lessons.map(\.slug).filter { !missing.contains($0) }
        )
    }

    private func task(
        _ id: String,
        running lessons: [Lesson],
        under keys: [String: RunKey],
        costing costs: LessonCosts,
        limits: Limits
    ) -> ComputationPlan.Task {
        let folder = folders.shard(id)
        let names = lessons.map(\.slug)
        let words = ["--records-only", "--jobs", "1", "--to", folder] + names
        let files = lessons.flatMap { lesson in
            [folders.shown(file: lesson.file)]
                + lesson.frontMatter.data.map { "\(folders.lessons)/\($0.path)" }
        }
        let time = lessons.reduce(Duration.zero) { $0 + $1.mostTime(limits) }
        return ComputationPlan.Task(
            id: id,
            command: folders.pasteable("./unroll build") + words.map { " " + ShellWord.quoted($0) }.joined(),
            keys: Dictionary(uniqueKeysWithValues: names.map { ($0, keys[$0]?.digest.text ?? "") }),
            seconds: costs.estimates(of: lessons).reduce(0, +),
            isGuess: lessons.contains { costs.seconds[$0.slug] == nil },
            memory: limits.memory,
            limit: Int((time / .seconds(1)).rounded(.up)),
            inputs: Set(files).sorted(),
            outputs: [ShardFolder.list(in: folder)]
        )
    }

    private func collecting(
        _ tasks: [ComputationPlan.Task],
        limits: Limits
    ) -> ComputationPlan.Task {
        ComputationPlan.Task(
            id: "merge",
            command: folders.pasteable("./unroll merge"),
            keys: [:],
            seconds: 0,
            isGuess: true,
            memory: limits.memory,
            limit: 3600,
            inputs: tasks.flatMap(\.outputs),
            outputs: ["\(folders.shownSite)\(Manifest.path)"]
        )
    }
}

extension Lesson {
    /// The most time that it may take, with what compiles it.
    fileprivate func mostTime(_ limits: Limits) -> Duration {
        let own = cells.compactMap { $0.options.timeout ?? frontMatter.timeout }.reduce(.zero, +)
        return own + limits.time + .seconds(120)
    }
}
