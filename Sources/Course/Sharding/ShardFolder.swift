package import Execution
internal import Foundation
package import Lessons
internal import Serialization

/// A folder to which a share of a course is computed: a cache that others read from, and a list of what it holds.
package struct ShardFolder: Sendable {
    /// The path.
    package let path: String
    /// The list.
    package let list: List

    /// The list of a share.
    package struct List: Sendable, Codable, Equatable {
        /// A lesson that was run.
        package struct Entry: Sendable, Codable, Equatable {
            /// The slug.
            package var lesson: String
            /// The key that it was run under.
            package var key: RunKey
            /// The digest of the run.
            package var run: String
            /// The seconds that it took, then or earlier; `nil` if that is not known.
            package var seconds: Double?
        }

        /// The version of Unroll.
        package var version: String
        /// The share, as it is typed; `nil` where lessons were named.
        package var shard: String?
        /// The lessons of the share that came to their ends.
        package var lessons: [Entry]
    }

    /// The name of the list's file.
    private static let listName = "shard.json"

    /// The path of the list in a folder.
    static func list(in folder: String) -> String { "\(folder)/\(listName)" }

    /// Returns the folders of shares in a folder, in the order of their names.
    static func all(in folder: String) -> [ShardFolder] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in try? ShardFolder(at: "\(folder)/\(name)") }
    }

    /// Reads a folder.
    ///
    /// - Throws: `Diagnostic` of kind `file`, if it is none that a share was computed to.
    package init(at path: String) throws(Diagnostic) {
        self.path = path
        let file = "\(path)/\(ShardFolder.listName)"
        let data = try? Data(contentsOf: URL(filePath: file))
        guard let data, let list = try? JSONDecoder().decode(List.self, from: data) else {
            throw Diagnostic(
                .error,
                .file,
                at: SourceLocation(file: data == nil ? path : file),
                data == nil
                    ? "there is no \(ShardFolder.listName) in this folder: no share came to its end here"
                    : "this is no list of a share",
                hint: "./unroll build --records-only --shard 1/2 --to DIR writes one"
            )
        }
        self.list = list
    }

    /// Writes runs to a folder, in the place of what a share left there before; the list comes last.
    ///
    /// - Parameters:
    ///   - runs: The runs that came to their ends, by the lessons that they are of.
    ///   - path: The folder.
    ///   - shard: The share.
    /// - Throws: `Diagnostic`, if it cannot be written.
    static func write(
        _ runs: [(lesson: Lesson, run: LessonRun)],
        to path: String,
        as shard: Shard?
    ) async throws(Diagnostic) {
        let store = SharedCache(at: path, patience: .seconds(3600), inspect: { _ in nil })
        var list = List(version: Version.current.description, shard: shard?.description, lessons: [])
        for (lesson, run) in runs {
            guard let key = run.key else { continue }
            let digest = try await store.keep(run, of: lesson, with: key)
            let seconds = (run.cost?.total).map { $0 / .seconds(1) }
            list.lessons.append(List.Entry(lesson: lesson.slug, key: key, run: digest.text, seconds: seconds))
        }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try (JSONEncoder.stable.encode(list) + Data("\n".utf8)).write(
                to: URL(filePath: "\(path)/\(listName)"),
                options: .atomic
            )
        } catch {
            let reason = "the list of the share cannot be written: \(error.localizedDescription)"
            throw Diagnostic(.error, .file, at: SourceLocation(file: path), reason)
        }
    }
}
