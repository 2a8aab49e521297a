internal import Foundation
public import Lessons
internal import Records
internal import Serialization

/// The keys of the records in a site's folder, by which a clone can take the records for its own.
///
/// They stand in a file beside the records that the site's list does not name: nothing on a page depends on them.
public struct RecordKeys: Sendable {
    /// The key of a record, and the digest of the file that the record was in then.
    private struct Entry: Codable, Hashable {
        var key: String
        var record: String
    }

    /// A warning of a file that holds no keys.
    public let warnings: [Diagnostic]
    private let folder: URL
    private var entries: [String: Entry]

    private var file: URL { folder.appending(path: "keys.json") }

    /// Reads the keys of a site; a file that is missing or corrupt holds none.
    ///
    /// - Parameter site: The site's folder.
    public init(of site: String) {
        folder = URL(filePath: site).appending(path: "records")
        let file = folder.appending(path: "keys.json")
        let data = try? Data(contentsOf: file)
        let found = data.flatMap { try? JSONDecoder().decode([String: Entry].self, from: $0) }
        entries = found ?? [:]
        let warning = Diagnostic(
            .warning,
            .file,
            at: SourceLocation(file: file.path(percentEncoded: false)),
            "the keys of the records are broken, and no record is taken by them",
            hint: "a build without errors writes them anew"
        )
        warnings = data != nil && found == nil ? [warning] : []
    }

    /// Returns the record that was made for a key of a lesson, and a warning for one that cannot be it.
    func record(of lesson: Lesson, with key: RunKey) -> (record: RunRecord?, warnings: [Diagnostic]) {
        guard key.isShared, let entry = entries[lesson.slug], entry.key == key.digest.text else {
            return (nil, [])
        }
        let path = folder.appending(path: "\(lesson.slug).json").path(percentEncoded: false)
        do throws(Forgery) {
            return (try RecordKeys.read(path, sealed: entry.record, of: lesson), [])
        } catch {
            let message = "the record is not taken, for \(error.reason); the lesson is run"
            return (nil, [Diagnostic(.warning, .file, at: SourceLocation(file: path), message)])
        }
    }

    private struct Forgery: Error {
        var reason: String
    }

    private static func read(
        _ path: String,
        sealed digest: String,
        of lesson: Lesson
    ) throws(Forgery) -> RunRecord {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Forgery(reason: "it cannot be read")
        }
        guard Digest(of: bytes).text == digest else {
            throw Forgery(reason: "it was changed after its key was written")
        }
        guard let record = (try? JSON(parsing: bytes)).flatMap(RunRecord.init(json:)),
            record.json.lines.utf8.elementsEqual(bytes)
        else { throw Forgery(reason: "it is not written as records are") }
        if let mismatch = record.mismatch(with: lesson) { throw Forgery(reason: mismatch) }
        return record
    }

    /// Writes the keys of lessons whose records were written into the site, where one is new.
    ///
    /// - Parameter keys: The keys, by the lessons' slugs. One that no other machine shares is left out.
    public mutating func write(_ keys: [String: RunKey]) throws {
        let shared = keys.filter { $1.isShared }.mapValues(\.digest.text)
        guard shared.contains(where: { entries[$0]?.key != $1 }) else { return }
        let all = entries.mapValues(\.key).merging(shared) { $1 }
        let found = all.compactMap { slug, key -> (String, Entry)? in
            let bytes = FileManager.default.contents(
                atPath: folder.appending(path: "\(slug).json").path(percentEncoded: false)
            )
            let digest = bytes.map { Digest(of: $0).text }
            // A record that is none of these lessons' is as it was, or gone.
            guard let digest, shared[slug] != nil || entries[slug]?.record == digest else { return nil }
            return (slug, Entry(key: key, record: digest))
        }
        entries = Dictionary(uniqueKeysWithValues: found)
        try (JSONEncoder.stable.encode(entries) + Data("\n".utf8)).write(to: file, options: .atomic)
    }
}
