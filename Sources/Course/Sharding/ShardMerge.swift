package import Execution
package import Lessons

/// Shares of a course that were computed elsewhere, held against the course as it is here.
package struct ShardMerge: Sendable {
    /// What stands in the way.
    package private(set) var diagnostics: [Diagnostic] = []
    /// The lessons that no share and no cache has.
    package private(set) var missing: [Lesson] = []
    private var shards: [ShardFolder] = []

    /// Reads shares, and proves that with what is cached here they have every lesson under the key that it has now.
    ///
    /// A lesson that two shares have must have come out the same in both.
    ///
    /// - Parameters:
    ///   - paths: The folders of the shares.
    ///   - project: The project.
    ///   - runner: What knows the keys.
    ///   - onlyShards: Whether what is cached here does not count.
    ///   - isOneDivision: Whether shares of several divisions are an error.
    package static func read(
        _ paths: [String],
        of project: Project,
        by runner: LessonRunner,
        onlyShards: Bool = false,
        isOneDivision: Bool = true
    ) -> ShardMerge {
        var merge = ShardMerge()
        for path in paths {
            do throws(Diagnostic) {
                merge.shards.append(try ShardFolder(at: path))
            } catch {
                merge.diagnostics.append(error)
            }
        }
        if isOneDivision { merge.compareDivisions() }
        for lesson in project.lessons where lesson.hasCode {
            do throws(Diagnostic) {
                let key = try runner.key(of: lesson, data: project.folders.lessons)
                merge.take(lesson, key, isCached: !onlyShards && runner.hasRun(of: lesson, with: key))
            } catch {
                merge.diagnostics.append(error)
            }
        }
        if !merge.missing.isEmpty { merge.diagnostics += merge.absences(in: project) }
        return merge
    }

    /// The caches of the shares, to be read.
    package var caches: [SharedCache] {
        shards.map { .shard(at: $0.path) }
    }

    /// Adds an error where shares are of several divisions.
    private mutating func compareDivisions() {
        let counts = Dictionary(
            shards.compactMap { folder in
                folder.list.shard.flatMap(Shard.init).map { ($0.count, folder) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        guard counts.count > 1, let first = counts.min(by: { $0.key < $1.key }),
            let other = counts.max(by: { $0.key < $1.key })
        else { return }
        diagnostics.append(
            Diagnostic(
                .error,
                .file,
                at: SourceLocation(file: other.value.path),
                "this is the share \(other.value.list.shard ?? ""), and \(first.value.path) is \(first.value.list.shard ?? ""): "
                    + "shares of one division are merged",
                hint: "leave out those of the other"
            )
        )
    }

    /// Holds what the shares have of a lesson against its key.
    private mutating func take(_ lesson: Lesson, _ key: RunKey, isCached: Bool) {
        let found = shards.flatMap { folder in
            folder.list.lessons.filter { $0.lesson == lesson.slug }.map { (folder: folder, entry: $0) }
        }
        let valid = found.filter { $0.entry.key == key }
        guard let first = valid.first else {
            if isCached { return }
            missing.append(lesson)
            for (folder, entry) in found { diagnostics.append(stale(entry, key, in: folder, of: lesson)) }
            return
        }
        for other in valid.dropFirst() where other.entry.run != first.entry.run {
            diagnostics.append(
                Diagnostic(
                    .error,
                    .file,
                    at: SourceLocation(file: other.folder.path),
                    "\(lesson.slug) showed something else here than in \(first.folder.path), under the same key",
                    hint: "./unroll check --twice \(lesson.slug) finds what is not steady in it"
                )
            )
        }
    }

    private func stale(
        _ entry: ShardFolder.List.Entry,
        _ key: RunKey,
        in folder: ShardFolder,
        of lesson: Lesson
    ) -> Diagnostic {
        let parts = key.changes(since: entry.key).map(\.component)
        let shown =
            parts.prefix(3).joined(separator: ", ") + (parts.count > 3 ? " and \(parts.count - 3) more" : "")
        return Diagnostic(
            .error,
            .file,
            at: SourceLocation(file: folder.path),
            "\(lesson.slug) was run with another \(shown) than it has here",
            hint: "compute the share at this commit, with this compiler"
        )
    }

    /// The errors of lessons that are missing, a line for each share that would have them.
    private func absences(in project: Project) -> [Diagnostic] {
        let count = shards.lazy.compactMap { $0.list.shard.flatMap(Shard.init)?.count }.first
        let costs = (try? LessonCosts(of: project.folders)) ?? LessonCosts()
        var byShare: [(command: String, lessons: [Lesson])] = []
        for lesson in missing {
            let shard = count.flatMap { Shard.holding(lesson, among: project.lessons, of: $0, by: costs) }
            let command = "./unroll build --records-only " + (shard.map { "--shard \($0)" } ?? lesson.slug)
            if let index = byShare.firstIndex(where: { $0.command == command }) {
                byShare[index].lessons.append(lesson)
            } else {
                byShare.append((command, [lesson]))
            }
        }
        return byShare.map { share in
            let names = share.lessons.map(\.slug).joined(separator: ", ")
            return Diagnostic(
                .error,
                .file,
                at: SourceLocation(file: share.lessons[0].file),
                "no share has a run of \(names)",
                hint: share.command
            )
        }
    }
}

extension Project {
    /// Builds the site of what shares hold; nothing runs.
    ///
    /// - Parameters:
    ///   - paths: The folders of the shares; none means those in the project's cache.
    ///   - runner: Finds what knows keys and Swift.
    ///   - jobs: The number of lessons that are read at a time.
    ///   - observe: Hears of what happens.
    /// - Returns: `nil` if the task was canceled.
    package func buildMerged(
        _ paths: [String],
        by runner: () async throws(Diagnostic) -> LessonRunner,
        jobs: Int,
        observe: @escaping ProjectEvent.Observer = { _ in }
    ) async -> BuildOutcome? {
        let (merging, errors) = await merging(paths, by: runner)
        if let merging {
            return await build(by: { () throws(Diagnostic) in merging }, jobs: jobs, observe: observe)
        }
        var log = DiagnosticLog(observe)
        log.add(errors)
        var outcome = BuildOutcome(lessons: lessons.map(\.file))
        outcome.diagnostics = log.sorted
        return Task.isCancelled ? nil : outcome
    }

    /// Compares what shares hold with the site.
    ///
    /// - Parameters:
    ///   - paths: The folders of the shares; none means those in the project's cache.
    ///   - runner: Finds what knows keys and Swift.
    ///   - jobs: The number of lessons that are read at a time.
    ///   - observe: Hears of what happens.
    /// - Returns: `nil` if the task was canceled.
    package func checkMerged(
        _ paths: [String],
        by runner: () async throws(Diagnostic) -> LessonRunner,
        jobs: Int,
        observe: @escaping ProjectEvent.Observer = { _ in }
    ) async -> CheckOutcome? {
        let (merging, errors) = await merging(paths, by: runner, onlyShards: true)
        if let merging {
            return await check(
                by: { () throws(Diagnostic) in merging },
                jobs: jobs,
                twice: false,
                reuse: .shared,
                observe: observe
            )
        }
        var log = DiagnosticLog(observe)
        log.add(errors)
        return CheckOutcome(check: nil, cells: [], liveStates: 0, unheld: [], diagnostics: log.sorted)
    }

    /// Returns what takes lessons from shares alone, or what stands in the way.
    private func merging(
        _ paths: [String],
        by runner: () async throws(Diagnostic) -> LessonRunner,
        onlyShards: Bool = false
    ) async -> (LessonRunner?, [Diagnostic]) {
        do throws(Diagnostic) {
            var log = DiagnosticLog { _ in }
            var runner = try await equipped(runner(), log: &log)
            let own = ShardFolder.all(in: folders.shards).map(\.path)
            let merge = ShardMerge.read(
                paths.isEmpty ? own : paths,
                of: self,
                by: runner,
                onlyShards: onlyShards,
                isOneDivision: !paths.isEmpty
            )
            guard merge.diagnostics.isEmpty else { return (nil, merge.diagnostics) }
            runner.shared = merge.caches + (onlyShards ? [] : runner.shared)
            runner.runsLessons = false
            return (runner, [])
        } catch {
            return (nil, [error])
        }
    }
}
