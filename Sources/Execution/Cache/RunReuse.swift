internal import Foundation
public import Lessons
internal import Records
internal import Serialization
internal import SwiftAnalysis

// The runs of lessons that hold from earlier, wherever they were made: here, in the committed site, on other machines.

extension LessonRunner {
    /// The records of earlier runs that a lesson's are taken from.
    public enum Reuse: Sendable, Hashable {
        /// Any of which the key holds.
        case all
        /// Those that other machines share alone.
        case shared
        /// None: a lesson is run although the record of an earlier run holds.
        case none
    }

    /// Returns what the record of a lesson depends on.
    ///
    /// - Parameters:
    ///   - lesson: The lesson.
    ///   - data: The folder in which the data files lie that the lesson declares.
    /// - Throws: `Diagnostic`, of a file that cannot be read.
    public func key(of lesson: Lesson, data: String? = nil) throws(Diagnostic) -> RunKey {
        do {
            return try RunKey.make(
                of: lesson,
                parsing: analysis.parse,
                engine: library.engineVersion(memo: cache),
                compiler: compiler,
                limits: limits,
                data: lesson.frontMatter.data.map { file in
                    Digest(of: try Data(contentsOf: URL(filePath: "\(data ?? ".")/\(file.path)")))
                },
                own: library.own.components
            )
        } catch {
            let message = "what the lesson depends on cannot be read: \(error.systemReason)"
            throw Diagnostic(.error, .file, at: SourceLocation(file: lesson.file), message)
        }
    }

    /// Returns what the cache would do with a lesson, and why.
    ///
    /// - Throws: `Diagnostic`, of a file that cannot be read.
    public func decision(on lesson: Lesson, data: String? = nil) throws(Diagnostic) -> RunDecision {
        let key = try key(of: lesson, data: data)
        if cache?.run(of: lesson.slug, with: key) != nil { return .hit }
        return cache?.latestKey(of: lesson.slug).map { .changed(key.changes(since: $0)) } ?? .never
    }

    /// Whether records that are made here have keys that other machines share.
    ///
    /// - Throws: `Diagnostic` of kind `setup`, if the engine's library cannot be read.
    package func hasSharedKeys() throws(Diagnostic) -> Bool {
        do {
            guard case .sources = try library.engineVersion(memo: cache) else { return false }
            return true
        } catch {
            let place = SourceLocation(file: library.folder)
            let message = "the engine's library cannot be read: \(error.systemReason)"
            throw Diagnostic(.error, .setup, at: place, message)
        }
    }

    /// Whether the engine was compiled for the browser on this machine.
    package var hasBrowserEngine: Bool { BrowserEngine.isThere(beside: library) }

    /// The folder of the engine's library.
    package var libraryFolder: String { library.folder }

    /// Whether the cache has a run of a lesson with a key.
    package func hasRun(of lesson: Lesson, with key: RunKey) -> Bool {
        cache?.run(of: lesson.slug, with: key) != nil
    }

    /// Returns whether the cache, or one of several others, has a run of a lesson with a key, and what is wrong with those.
    package func hasRun(of lesson: Lesson, with key: RunKey, orIn others: [SharedCache]) async -> (
        Bool, [Diagnostic]
    ) {
        if hasRun(of: lesson, with: key) { return (true, []) }
        var warnings: [Diagnostic] = []
        for other in others {
            let (run, faults) = await other.run(of: lesson, with: key)
            warnings += faults
            if run != nil { return (true, warnings) }
        }
        return (false, warnings)
    }

    /// Returns the time that the latest run of a lesson took here; `nil` if that is not known.
    package func latestCost(of lesson: String) -> LessonRun.Cost? {
        guard let cache, let key = cache.latestKey(of: lesson) else { return nil }
        return cache.run(of: lesson, with: key)?.cost
    }

    /// Returns the run of a lesson that is as it was, with its program as it would be written now.
    func cached(_ key: RunKey, of lesson: Lesson) async throws -> LessonRun? {
        guard let cached = cache?.run(of: lesson.slug, with: key) else { return nil }
        let part = try LessonPart.parse(
            lesson.steps(),
            of: lesson,
            by: analysis,
            importing: library.own.imports
        )
        guard var (run, notes) = cached.moved(to: part) else { return nil }
        run.key = key
        if cached.documentation != part.documentation {
            let typed = try await part.check(by: analysis, against: library)
            notes.names = await part.names(from: typed, with: try analysis.notes(on: library))
            run.notes = notes.byCell(part.steps)
            run.diagnostics += store(run, notes, key, of: part)
        }
        run.takeLive(part, notes)
        return run
    }

    /// Returns the run of a lesson that another machine has made, with its program and notes as they are here; `nil` if it
    /// has built cells, and their values are not known.
    func taken(_ shared: SharedRun, _ key: RunKey, of lesson: Lesson) async throws -> LessonRun? {
        let part = try LessonPart.parse(
            lesson.steps(),
            of: lesson,
            by: analysis,
            importing: library.own.imports
        )
        let typed = try await part.check(by: analysis, against: library)
        var notes = part.notes(from: typed)
        guard notes.live?.built.isEmpty ?? true || shared.values != ShippedValues() else { return nil }
        notes.names = await part.names(from: typed, with: try analysis.notes(on: library))
        var run = LessonRun(record: shared.record, program: part.offered(showing: notes.shown))
        run.values = shared.values
        run.notes = notes.byCell(part.steps)
        run.key = key
        run.diagnostics = store(run, notes, key, of: part)
        run.isCached = true
        run.takeLive(part, notes)
        return run
    }

    /// Returns the run of a lesson in the shared cache, and what is wrong with that.
    func shared(_ key: RunKey, of lesson: Lesson) async -> (SharedRun?, [Diagnostic]) {
        guard key.isShared else { return (nil, []) }
        var warnings: [Diagnostic] = []
        for cache in shared {
            let (run, faults) = await cache.run(of: lesson, with: key)
            warnings += faults
            guard let run else { continue }
            note(key, of: lesson, in: cache)
            return (run, warnings)
        }
        return (nil, warnings)
    }

    /// Stores a run in the shared caches, unless this machine knows that it is there.
    ///
    /// - Returns: Warnings where it could not be stored.
    func share(_ run: LessonRun, _ key: RunKey, of lesson: Lesson) async -> [Diagnostic] {
        guard key.isShared, let record = run.record else { return [] }
        var warnings: [Diagnostic] = []
        for cache in shared where !isNoted(key, of: lesson, in: cache) {
            let run = SharedRun(record, run.values)
            let (isThere, faults) = await cache.store(run, of: lesson.slug, with: key)
            warnings += faults
            if isThere { note(key, of: lesson, in: cache) }
        }
        return warnings
    }

    /// Whether this machine knows that a run is in a shared cache.
    private func isNoted(_ key: RunKey, of lesson: Lesson, in shared: SharedCache) -> Bool {
        let place: String? = cache?.value(.shared, for: SharedRun.name(of: lesson.slug, key))
        return place == shared.place
    }

    /// Notes that a run is in the shared cache.
    private func note(_ key: RunKey, of lesson: Lesson, in shared: SharedCache) {
        // Where that cannot be stored, it is shared once more.
        try? cache?.store(shared.place, as: .shared, for: SharedRun.name(of: lesson.slug, key))
    }

    /// Stores a run for as long as its key holds.
    ///
    /// - Returns: A warning if it could not be stored: the lesson will be run again.
    func store(_ run: LessonRun, _ notes: StepNotes, _ key: RunKey, of part: LessonPart)
        -> [Diagnostic]
    {
        guard let cache, let cached = CachedRun(run, notes, of: part) else { return [] }
        do {
            try cache.store(cached, key, of: part.lesson.slug)
            return []
        } catch {
            // The same words for all lessons, for it is said once.
            let message =
                "what lessons showed cannot be kept, and they will be run again: \(error.localizedDescription)"
            let place = SourceLocation(file: cache.folder.path(percentEncoded: false))
            return [Diagnostic(.warning, .file, at: place, message)]
        }
    }
}
