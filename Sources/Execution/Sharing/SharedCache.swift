internal import Foundation
package import Lessons
public import Records
package import Serialization
internal import Synchronization

/// The runs of lessons that several machines share, in a folder or on a server.
///
/// A run is a blob under `cas/` and its digest, and an ``ActionResult`` under `ac/` and the digest of lesson and key names
/// it, as Bazel's remote cache has it. What comes from there may be anybody's: it is taken if it has the digest and the
/// key, is written as runs are, and shows nothing that a page would not take.
///
/// A store that is dead or slow costs a second in all, and a warning; then it is left alone.
public final class SharedCache: Sendable {
    /// What a record shows that no page may have; `nil` if there is nothing.
    public typealias Inspection = @Sendable (_ record: RunRecord) -> String?

    private let store: any SharedStore
    private let isReadOnly: Bool
    private let inspect: Inspection
    private let patience: Patience

    /// The most bytes of a run.
    private static let limit = 64 << 20

    /// A cache in a place.
    ///
    /// - Parameters:
    ///   - place: The path of a folder, or an address that begins with `http://` or `https://`.
    ///   - token: The bearer token for a server.
    ///   - isReadOnly: Whether nothing is written there.
    ///   - patience: The time that may be lost with it in all.
    ///   - inspect: Looks at what is to be shown.
    public init(
        at place: String,
        token: String? = nil,
        isReadOnly: Bool = false,
        patience: Duration = .seconds(1),
        inspect: @escaping Inspection
    ) {
        let isServer = place.hasPrefix("http://") || place.hasPrefix("https://")
        store = isServer ? SharedServer(place, token: token) : SharedFolder(place: place)
        self.isReadOnly = isReadOnly
        self.patience = Patience(patience)
        self.inspect = inspect
    }

    /// The path or address.
    package var place: String { store.place }

    // MARK: - Runs

    /// Returns the run of a lesson with a key, and a warning of one that is not taken or of a store that fails.
    func run(of lesson: Lesson, with key: RunKey) async -> (run: SharedRun?, warnings: [Diagnostic]) {
        let name = SharedRun.name(of: lesson.slug, key)
        do {
            guard let action = try await read("ac/\(name.text)") else { return (nil, []) }
            guard let result = ActionResult(bytes: action) else {
                throw SharedRun.Refusal("ac/\(name.text) is no result of an action")
            }
            let path = "cas/\(result.digest.text)"
            guard result.size <= SharedCache.limit, let bytes = try await read(path) else { return (nil, []) }
            guard Digest(of: bytes) == result.digest else {
                throw SharedRun.Refusal("\(path) has another digest")
            }
            let run = try SharedRun(reading: bytes, of: lesson, with: key)
            if let offense = inspect(run.record) { throw SharedRun.Refusal(offense) }
            return (run, [])
        } catch let refusal as SharedRun.Refusal {
            let message = "the run of \(lesson.slug) is not taken, for \(refusal.reason); the lesson is run"
            return (nil, [Diagnostic(.warning, .file, at: SourceLocation(file: place), message)])
        } catch {
            return (nil, warnings(of: error))
        }
    }

    /// Stores the run of a lesson.
    ///
    /// - Returns: Whether it is there now, and a warning where it is not.
    func store(_ run: SharedRun, of lesson: String, with key: RunKey) async -> (
        isThere: Bool, warnings: [Diagnostic]
    ) {
        guard !isReadOnly else { return (false, []) }
        let bytes = run.bytes(for: key)
        let result = ActionResult(digest: Digest(of: bytes), size: bytes.count)
        do {
            // In this order, for a result that names nothing is refused by servers that look.
            try await write(bytes, to: "cas/\(result.digest.text)")
            try await write(result.bytes, to: "ac/\(SharedRun.name(of: lesson, key).text)")
            return (true, [])
        } catch {
            return (false, warnings(of: error))
        }
    }

    /// Stores a run that must be there afterwards.
    ///
    /// - Returns: The digest of what was stored.
    /// - Throws: `Diagnostic` of kind `file`.
    package func keep(_ run: LessonRun, of lesson: Lesson, with key: RunKey) async throws(Diagnostic)
        -> Digest
    {
        let shared = SharedRun(run.record ?? RunRecord(lesson: lesson.slug, cells: []), run.values)
        let (isThere, warnings) = await store(shared, of: lesson.slug, with: key)
        guard isThere else {
            let reason = warnings.first.map { "\($0.message)" } ?? "the share cannot be written"
            throw Diagnostic(.error, .file, at: SourceLocation(file: place), reason)
        }
        return Digest(of: shared.bytes(for: key))
    }

    // MARK: - Patience

    private func read(_ path: String) async throws -> [UInt8]? {
        let store = store
        return try await patience.spend(isUseful: { $0 != nil }) {
            try await store.read(path, limit: SharedCache.limit)
        }
    }

    private func write(_ bytes: [UInt8], to path: String) async throws {
        let store = store
        try await patience.spend(isUseful: { _ in false }) { try await store.write(bytes, to: path) }
    }

    /// The warning of a store that is left alone from now on; none after the first.
    private func warnings(of error: any Error) -> [Diagnostic] {
        guard let failure = error as? SharedStoreFailure, patience.end() else { return [] }
        let message = "the shared cache is left alone, for \(failure.reason)"
        let hint = "lessons run here; UNROLL_CACHE= leaves it out"
        return [Diagnostic(.warning, .file, at: SourceLocation(file: place), message, hint: hint)]
    }
}

/// The time that may be lost with a store: what brings nothing is lost, as far as it took longer than a good store takes.
private final class Patience: Sendable {
    private struct State {
        var rest: Duration
        var isEnded = false
    }

    private let state: Mutex<State>

    /// The time that a good store may take for an answer.
    private static let allowance: Duration = .milliseconds(50)

    /// A store was left alone before.
    struct Ended: Error {}

    init(_ limit: Duration) {
        state = Mutex(State(rest: limit))
    }

    /// Ends it; false if it had ended.
    func end() -> Bool {
        state.withLock { state in
            defer { state.isEnded = true }
            return !state.isEnded
        }
    }

    /// Waits for work, but not longer than there is time.
    ///
    /// - Parameter isUseful: Whether what came of it was worth the time.
    func spend<Value: Sendable>(
        isUseful: (Value) -> Bool,
        _ work: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        let (rest, isEnded) = state.withLock { ($0.rest, $0.isEnded) }
        guard !isEnded else { throw Ended() }
        let start = ContinuousClock.now
        let value = try await Patience.within(rest + Patience.allowance, work)
        let lost = start.duration(to: .now) - Patience.allowance
        if !isUseful(value), lost > .zero { try lose(lost) }
        return value
    }

    private func lose(_ time: Duration) throws {
        let isOver = state.withLock { state in
            state.rest -= time
            return state.rest <= .zero
        }
        if isOver { throw SharedStoreFailure("it is slow") }
    }

    /// Waits for work that may never end by itself: what comes later is thrown away.
    private static func within<Value: Sendable>(
        _ limit: Duration,
        _ work: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        let first = First<Value>()
        let working = Task { first.resume(with: await Result { try await work() }) }
        let waiting = Task {
            try await Task.sleep(for: limit)
            first.resume(with: .failure(SharedStoreFailure.late))
            working.cancel()
        }
        defer { waiting.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { first.await($0) }
        } onCancel: {
            working.cancel()
            first.resume(with: .failure(CancellationError()))
        }
    }
}

/// A continuation that the first of several results resumes.
private final class First<Value: Sendable>: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Value, any Error>?
        var result: Result<Value, any Error>?
        var isDone = false
    }

    private let state = Mutex(State())

    func await(_ continuation: CheckedContinuation<Value, any Error>) {
        let result = state.withLock { state in
            if state.result == nil { state.continuation = continuation }
            return state.result
        }
        if let result { continuation.resume(with: result) }
    }

    func resume(with result: Result<Value, any Error>) {
        let continuation = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            guard !state.isDone else { return nil }
            state.isDone = true
            state.result = result
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(with: result)
    }
}

extension Result where Failure == any Error {
    /// Does work, and keeps what came of it.
    fileprivate init(_ work: () async throws -> Success) async {
        do {
            self = .success(try await work())
        } catch {
            self = .failure(error)
        }
    }
}
