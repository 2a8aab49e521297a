package import Foundation
package import Serialization
internal import Synchronization

/// A store of values by the digest of what they were made from, in a folder of this machine's own.
///
/// An entry is written to the side and moved into place, so that builds at the same time do not harm each other; one that is
/// corrupt, truncated or foreign counts as none. Above a bound on their size, those that were used longest ago are removed.
public final class Cache: Sendable {
    /// The kind of a value; each has a folder.
    package enum Kind: String, Sendable, CaseIterable {
        /// The compiler's version, by the toolchain.
        case version
        /// The digest of the engine's library, by the stamps of its files.
        case engine
        /// The syntax of a piece of code.
        case syntax
        /// The notes on names of the engine's library, by its version.
        case names
        /// A run of a lesson, by its key.
        case run = "runs"
        /// The key of a lesson's latest run, by the lesson's slug.
        case latest
        /// The place of the shared cache that a run was stored in, by its name there.
        case shared
        /// The public symbols of the modules that lessons use, by the library.
        case symbols
        /// The module of a lesson's live cells, by its program and the engine.
        case modules = "live"
    }

    /// The folder of the store, such as `.unroll`, which is made when the first value is stored.
    package let folder: URL
    /// The most that all entries hold, in bytes.
    private let bound: Int
    /// The size of all entries; `nil` before it is known.
    private let size = Mutex<Int?>(nil)

    /// A store in a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - bound: The most that all entries hold, in bytes.
    public init(folder: String, bound: Int = 256 << 20) {
        self.folder = URL(filePath: folder, directoryHint: .isDirectory)
        self.bound = bound
    }

    /// Returns the value that was stored for a key; `nil` if there is none.
    package func value<Value: Decodable>(_ kind: Kind, for key: Digest) -> Value? {
        guard let data = try? Data(contentsOf: file(kind, key)) else { return nil }
        let (seal, content) = (data.prefix(Cache.sealLength), data.dropFirst(Cache.sealLength))
        guard seal.elementsEqual(Cache.seal(of: content, key)) else { return nil }
        return try? PropertyListDecoder().decode([Value].self, from: Data(content)).first
    }

    /// Stores a value for a key.
    package func store(_ value: some Encodable, as kind: Kind, for key: Digest) throws {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        // A property list is no text or number by itself.
        let content = try encoder.encode([value])
        let file = file(kind, key)
        try Cache.make(folder)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try (Data(Cache.seal(of: content, key)) + content).write(to: file, options: .atomic)
        forget(after: content.count)
    }

    private func file(_ kind: Kind, _ key: Digest) -> URL {
        folder.appending(path: "\(kind.rawValue)/\(key.text)")
    }

    /// The digest of an entry's content and of its key, under whose name alone it counts.
    private static func seal(of content: Data, _ key: Digest) -> [UInt8] {
        Array(Digest(of: key.text + Digest(of: content).text).text.utf8)
    }

    private static let sealLength = 64

    /// Makes the folder. It has git leave it out.
    private static func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let ignore = folder.appending(path: ".gitignore")
        guard !FileManager.default.fileExists(atPath: ignore.path(percentEncoded: false)) else { return }
        // Another build may be doing the same; and whether git is told is no reason to store nothing.
        try? Data("*\n".utf8).write(to: ignore, options: .withoutOverwriting)
    }

    /// Removes the entries that were used longest ago, as far as all are larger than the bound.
    ///
    /// - Parameter written: The size of the entry that was stored last.
    private func forget(after written: Int) {
        size.withLock { size in
            if let known = size, known + written <= bound {
                size = known + written
                return
            }
            var entries = Cache.Kind.allCases.flatMap { kind in
                let folder = folder.appending(path: kind.rawValue).path(percentEncoded: false)
                let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
                return names.compactMap { name in
                    FileStamp.use(of: "\(folder)/\(name)").map { (path: "\(folder)/\(name)", use: $0) }
                }
            }
            var total = entries.reduce(0) { $0 + $1.use.size }
            entries.sort { $0.use.second > $1.use.second }
            // Some more than is needed, so that not every entry removes another.
            while total > bound / 4 * 3, size != nil || total > bound, let oldest = entries.popLast() {
                // Another build may have removed it, too.
                try? FileManager.default.removeItem(atPath: oldest.path)
                total -= oldest.use.size
            }
            size = total
        }
    }
}

extension Cache {
    /// The folder in which the compiler keeps modules of C that it has compiled: this needs no home folder. They hold
    /// absolute paths, and make the compiler fail in a project that was moved: there they have another folder.
    package var moduleCache: String {
        folder.appending(path: "modules/\(placeName)").path(percentEncoded: false)
    }

    /// A name of the place where the folder is, for what holds absolute paths: in a project that was moved it is another.
    var placeName: String {
        String(Digest(of: folder.absoluteURL.path(percentEncoded: false)).text.prefix(16))
    }

    /// The folder in which lessons are compiled and run: this needs no folder of temporary files.
    package var scratch: URL { folder.appending(path: "scratch", directoryHint: .isDirectory) }
}

/// A digest in the cache, as an object with its text; it is declared where Embedded Swift, which codes nothing, can do
/// without.
extension Digest: Codable {
    private enum CodingKeys: CodingKey { case text }

    /// Reads a digest back.
    package init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        self.init(text: try object.decode(String.self, forKey: .text))
    }

    /// Writes the digest's text.
    package func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(text, forKey: .text)
    }
}
