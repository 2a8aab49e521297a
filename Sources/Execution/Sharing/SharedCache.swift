internal import Foundation
package import Lessons
public import Records
package import Serialization

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
